import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RouteId } from '../../contract/routes/index.ts';
import { cursorAt } from '../../store/cursor.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { operationsOf, useFrontend } from './frontend.ts';
import { timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { act, call, published } = newsroom;
const { list, pages } = useFrontend(newsroom);

const slug = 'corrected-twice';
const pair = 'tag=one&topic=medtop:20000065';

beforeAll(async () => {
  for (let count = 0; count < 3; count += 1)
    await published({ tags: ['one', 'two'], topics: ['medtop:20000065'], people: ['Somebody'] });
  let story = await published({ headline: 'Corrected twice', tags: ['one'] });
  for (const deck of ['A', 'B']) {
    story = await act('updateArticle', story, { body: { deck } });
    story = await act('publishArticle', story, { body: { kind: 'correction', note: 'It was wrong.' } });
  }
  timePasses({ minutes: 1 });
});

const cursorOf = async (route: RouteId, query: string, path = {}): Promise<string> => {
  const { json } = await call(route, { query: `${query}&limit=1`, path });
  expect(json.nextCursor).toEqual(expect.any(String));
  return json.nextCursor;
};
const inBase64 = (text: string) => Buffer.from(text).toString('base64url');
const madeUp = `${new Date().toISOString()}#017e2f42-9600-7747-8640-eaf09766caae`;

describe('a cursor', () => {
  test.each([
    ['', 'limit=2'],
    ['a section', 'section=world&limit=1'],
    ['a pair', 'tag=one&person=Somebody&limit=1'],
    ['a tag, in other capitals', 'tag=ONE&limit=3'],
  ])('leads to the end of a listing %s', async (_, query) => {
    const walked = (await pages(query)).flat().map(({ id }) => id);
    const { json } = await list(query.replace(/limit=\d/, 'limit=100'));
    expect(walked).toEqual(json.items.map(({ id }: { id: string }) => id));
    expect(json.nextCursor).toBeNull();
  });

  test('is good for its listing however the name is spelled, and for any limit', async () => {
    const cursor = await cursorOf('listPublishedArticles', 'tag=one');
    const [folded, longer] = await Promise.all(
      ['tag=ＯＮＥ&limit=1', 'tag=one&limit=2'].map((query) => list(`${query}&cursor=${cursor}`)),
    );
    expect(folded?.json.items).toHaveLength(1);
    expect(longer?.json.items[0]).toEqual(folded?.json.items[0]);
  });

  const foreign: [string, RouteId, string, Record<string, string>][] = [
    ['of all stories', 'listPublishedArticles', '', {}],
    ['of another section', 'listPublishedArticles', 'section=world', {}],
    ['of one of the two', 'listPublishedArticles', 'tag=one', {}],
    ['of the two and a language', 'listPublishedArticles', `${pair}&language=en`, {}],
    ['of the two and a time', 'listPublishedArticles', `${pair}&from=2020-01-01T00:00:00Z`, {}],
    ['of two others', 'listPublishedArticles', 'tag=two&topic=medtop:20000065', {}],
    ['of corrections', 'listCorrections', '', {}],
    ['of the change log', 'listChanges', '', {}],
    ['of a snapshot', 'listChanges', 'snapshot=true', {}],
    ['of versions', 'listArticleVersions', '', { slug }],
    ['of the desk', 'listArticles', '', {}],
    ['of the desk’s published stories', 'listArticles', 'stage=published', {}],
  ];

  async function assertRefused(query: string, cursor: string): Promise<void> {
    const operations = await operationsOf(proxy, async () => {
      const { status, json } = await list(`${query}&cursor=${cursor}`);
      expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer: '?cursor' }] } });
    });
    expect(operations).toEqual([]);
  }

  test.each(foreign)('%s is refused by a listing of two dimensions', async (_, route, query, path) => {
    await assertRefused(pair, await cursorOf(route, query, path));
  });

  test('of a tag that is spelled like two dimensions is refused by these', async () => {
    const listing = 'tag#one\nwithin=topic#medtop:20000065';
    await assertRefused(pair, cursorAt(listing, madeUp));
    expect((await list(`tag=${encodeURIComponent(listing.slice(4))}&cursor=${cursorAt(listing, madeUp)}`)).status).toBe(
      200,
    );
  });

  const broken: [string, (cursor: string) => string][] = [
    ['cut at its end', (cursor) => cursor.slice(0, -1)],
    ['cut at its beginning', (cursor) => cursor.slice(1)],
    ['cut to its check', (cursor) => cursor.slice(0, 20)],
    ['changed in one letter', (cursor) => `${cursor.slice(0, 40)}${cursor[40] === 'A' ? 'B' : 'A'}${cursor.slice(41)}`],
    ['continued', (cursor) => `${cursor}AAAA`],
    ['padded', (cursor) => `${cursor}%3D`],
    ['empty', () => ''],
    ['a position that was made up', () => inBase64(madeUp)],
    [
      'a position with the check of another',
      (cursor) => inBase64(Buffer.from(cursor, 'base64url').toString().slice(0, 16) + madeUp),
    ],
    ['a time to come', () => inBase64('9999-12-31T23:59:59.999Z#x')],
    ['longer than any', () => 'A'.repeat(501)],
    ['ten thousand letters', () => 'A'.repeat(10_000)],
    ['no base64', () => '%22%2F%2E%2E'],
  ];

  test.each(broken)('that is %s is refused', async (_, breaking) => {
    for (const query of ['', 'section=world', pair])
      await assertRefused(query, breaking(await cursorOf('listPublishedArticles', query)));
  });
});
