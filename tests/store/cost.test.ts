import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const desk = useDesk(engine, () => proxy.endpoint);

beforeEach(() => {
  proxy.seen.length = 0;
});

const longDeck = 'A deck that goes on and on, with a clause for every desk that had something to add to it. '.repeat(
  10,
);

describe('what a read costs', () => {
  test('a published article is one GetItem of 0.5 units', async () => {
    const copy = await readFile(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
    await desk.published({ headline: 'The seed story', body: { text: copy } });
    proxy.seen.length = 0;
    await desk.call('getPublishedArticle', { path: { slug: 'the-seed-story' } });
    expect(proxy.seen).toMatchObject([{ operation: 'GetItem', readUnits: 0.5, status: 200 }]);
  });

  test('a page of twenty is one Query of at most 2.5 units, however long the decks are', async () => {
    const image = {
      url: `https://images.example/${'p'.repeat(180)}.jpg`,
      alt: 'A square with people in it. '.repeat(30),
    };
    for (let count = 0; count < 22; count += 1)
      await desk.published({
        headline: `Story number ${count} ${'with a long headline '.repeat(5)}`,
        deck: longDeck.slice(0, 900),
        image,
      });
    proxy.seen.length = 0;
    const { json } = await desk.call('listPublishedArticles', { query: 'section=world' });
    expect(json.items).toHaveLength(20);
    expect(json.items[0].deck).toMatch(/…$/);
    expect(proxy.seen).toHaveLength(1);
    expect(proxy.seen[0]?.operation).toBe('Query');
    expect(proxy.seen[0]?.readUnits).toBeLessThanOrEqual(2.5);
  });

  test('a slug that cannot be one is not asked for at all', async () => {
    await desk.call('getPublishedArticle', { path: { slug: 'Not_A_Slug' } });
    expect(proxy.seen).toEqual([]);
  });
});

describe('what a publication costs', () => {
  test('with 5 tags, 3 topics and 2 places it is one transaction', async () => {
    const { id } = await desk.draft({
      tags: ['a', 'b', 'c', 'd', 'e'],
      topics: ['medtop:16000000', 'medtop:20000065', 'medtop:20000069'],
      places: ['Almaty', 'Moscow'],
    });
    proxy.seen.length = 0;
    await desk.call('publishArticle', { path: { articleId: id }, headers: { 'if-match': '"1"' } });
    expect(proxy.seen.map((seen) => seen.operation)).toEqual(['Query', 'GetItem', 'TransactWriteItems']);
  });
});
