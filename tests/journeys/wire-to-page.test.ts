import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { publishedArticleSchema } from '../../contract/schemas/published-article.ts';
import { type System, startSystem, stopSystem } from '../support/system.ts';

let folder: string;
let system: System;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-journey-'));
  system = await startSystem(folder);
}, 30_000);
afterAll(async () => {
  await stopSystem(system);
  await rm(folder, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: replies of many routes, looked into by the tests that know them
type Answer = { status: number; headers: Headers; json: any };

async function send(
  method: string,
  path: string,
  options: { token?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token, body, headers = {} } = options;
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(`${system.url}${path}`, {
    method,
    headers: { ...authorization, ...headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text ? JSON.parse(text) : undefined };
}

test('agency copy goes from the wire to a published page, over HTTP, and is there after a restart', async () => {
  const { contributor, editor } = system.tokens;
  const copy = await readFile(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
  const imported = await send('POST', '/editorial/v1/articles/import?year=2022', {
    token: contributor,
    body: copy.replace('Kazakh police', 'Again: Kazakh police'),
    headers: { 'content-type': 'text/plain; charset=utf-8', 'idempotency-key': '"wire-1"' },
  });
  expect(imported.status).toBe(201);
  expect(imported.json.dropped.map((line: { reason: string }) => line.reason)).toEqual([
    'empty related box',
    'page furniture',
  ]);
  expect(imported.json.warnings).toEqual([]);
  const { id, slug } = imported.json.article;
  const publish = (token: string) =>
    send('POST', `/editorial/v1/articles/${id}/publish`, { token, headers: { 'if-match': '"1"' } });
  expect((await publish(contributor)).status).toBe(403);
  expect((await publish(editor)).status).toBe(200);
  const path = `/content/v1/articles/${slug}`;
  const page = await send('GET', path);
  expect(publishedArticleSchema.parse(page.json).body).toHaveLength(15);
  expect(page.json.dateline.text).toBe('Nur-Sultan/Moscow Jan 6 (EFE).-');

  await stopSystem(system);
  system = await startSystem(folder);
  expect((await send('GET', path)).json).toEqual(page.json);
  const list = await send('GET', '/content/v1/articles?section=conflicts-and-war');
  expect(list.json.items.map((item: { id: string }) => item.id)).toEqual([id, '017e2f42-9600-7747-8640-eaf09766caae']);
});

test('a listing is read page by page, by cursor and by Link, each story once', async () => {
  const { editor: token } = system.tokens;
  const headers = { 'content-type': 'application/json' };
  for (let count = 0; count < 7; count += 1) {
    const body = JSON.stringify({ headline: `Paged ${count}`, section: 'sports', body: { text: 'Text.' } });
    const { json } = await send('POST', '/editorial/v1/articles', { token, body, headers });
    await send('POST', `/editorial/v1/articles/${json.id}/publish`, { token, headers: { 'if-match': '"1"' } });
  }
  for (const [start, authorized] of [
    ['/content/v1/articles?section=sports&limit=3', undefined],
    ['/editorial/v1/articles?stage=published&limit=3', token],
  ] as const) {
    const seen: string[] = [];
    let next: string | undefined = start;
    while (next) {
      const page: Answer = await send('GET', next, authorized ? { token: authorized } : {});
      expect(page.json.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.json.items.map((item: { headline: string }) => item.headline));
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      expect(page.json.nextCursor === null).toBe(next === undefined);
    }
    expect(seen.filter((headline) => headline.startsWith('Paged'))).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((count) => `Paged ${count}`),
    );
  }
});

describe('without a valid token the editorial API answers 401 as API Gateway does:', () => {
  const forged = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x","cognito:groups":["admin"]}')}.`.replaceAll('=', '');
  test.each([
    ['no token', undefined],
    ['a word', 'letmein'],
    ['a token that nobody signed', forged],
  ])('%s', async (_, token) => {
    const answer = await send('GET', '/editorial/v1/articles', token ? { token } : {});
    expect(answer).toMatchObject({ status: 401, json: { message: 'Unauthorized' } });
  });

  test('a token that was changed', async () => {
    const [header, payload, signature] = system.tokens.contributor.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const raised = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['admin'] })).toString('base64url');
    expect((await send('GET', '/editorial/v1/articles', { token: `${header}.${raised}.${signature}` })).status).toBe(
      401,
    );
  });
});
