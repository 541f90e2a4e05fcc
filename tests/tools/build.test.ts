import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleInto, functionNames } from '../../tools/build.ts';

let folder: string;
let sizes: Record<string, number>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-build-'));
  sizes = await bundleInto(folder);
});
afterAll(async () => await rm(folder, { recursive: true }));

const bundleOf = (name: string) => readFile(join(folder, name, 'index.mjs'), 'utf8');

test('every function has a bundle', async () => {
  expect(Object.keys(sizes).toSorted()).toEqual((await functionNames()).toSorted());
});

const contentFunctions = [
  'get-published-article',
  'list-published-articles',
  'read-versions',
  'list-changes',
  'get-feed',
  'get-health',
];

describe.each(contentFunctions)('the bundle of %s', (name) => {
  test('is at most 60 kB', () => {
    expect(sizes[name]).toBeLessThanOrEqual(60_000);
  });

  test('holds neither zod nor the SDK’s clients', async () => {
    const bundle = await bundleOf(name);
    expect(bundle).not.toMatch(/_zod|TransactWriteItems|DynamoDBClient/);
  });
});

test('the other functions do hold them, so that the words above are the right ones', async () => {
  const bundle = await bundleOf('publish-article');
  for (const word of ['_zod', 'TransactWriteItems', 'DynamoDBClient']) expect(bundle).toContain(word);
});

test('what an article’s other forms take is no part of what is loaded at the start', async () => {
  const word = 'representationType';
  expect(await bundleOf('get-published-article')).not.toContain(word);
  expect(await readFile(join(folder, 'get-published-article', 'render.mjs'), 'utf8')).toContain(word);
});

test('the seeds are packed with their loader, byte for byte', async () => {
  const packed = await readFile(join(folder, 'load-seeds', 'seeds', 'kazakhstan-almaty-unrest.txt'));
  const original = await readFile(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url));
  expect(packed.equals(original)).toBe(true);
});
