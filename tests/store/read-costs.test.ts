import { readFile } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { formats } from '../../contract/formats.ts';
import type { Route } from '../../contract/route.ts';
import { type RouteId, routes } from '../../contract/routes/index.ts';
import { countArticle } from '../../store/count-article.ts';
import type { Readable } from '../../tools/cost/readable.ts';
import { inOrder, type ReadId, readIds, readOf, reads, requestsOf } from '../../tools/cost/reads.ts';
import { type Call, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const desk = useDesk(engine, () => proxy.endpoint);

const names = {
  section: 'world',
  topic: 'medtop:16000000',
  tag: 'fuel prices',
  place: 'Almaty',
  person: 'Kassym-Jomart Tokayev',
  author: 'A. Reporter',
};
const filed = {
  section: names.section,
  topics: [names.topic],
  tags: [names.tag, 'protests'],
  places: [names.place, 'Nur-Sultan'],
  people: [names.person],
  authors: [{ name: names.author }],
};
/** As long as a row can be. */
const teaser = {
  deck: 'A deck that goes on and on, with a clause for every desk that had something to add to it. '.repeat(10).trim(),
  image: {
    url: `https://images.example/${'p'.repeat(180)}.jpg`,
    alt: 'A square with people in it. '.repeat(30).trim(),
  },
};
/** More than any page looks at. */
const stories = 104;

let readable: Readable;
let published: readonly string[];
beforeAll(async () => {
  const text = await readFile(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
  const ids: string[] = [];
  for (let count = 0; count < stories; count += 1)
    ids.push((await desk.published({ ...filed, ...teaser, headline: `Story number ${count}`, body: { text } })).id);
  for (const id of ids.slice(0, 3)) await countArticle(desk.database(), id);
  published = ids;
  readable = await madeReadable(ids, text);
}, 300_000);

/** A story that has everything that can be asked for: picks, an earlier slug, a correction, a preview. */
async function madeReadable(ids: string[], text: string): Promise<Readable> {
  const related = ids.slice(0, 3);
  const body = { ...filed, headline: 'The seed story', related, body: { text } };
  const { id } = await desk.published(body);
  const path = { articleId: id };
  const edit = { slug: 'the-seed-story-again', body: { text: text.replaceAll('Almaty', 'Astana') } };
  const at = new Date().toISOString();
  await done('updateArticle', { path, headers: { 'if-match': '"2"' }, body: edit });
  const correction = { kind: 'correction', note: 'The city is Astana.' };
  await done('publishArticle', { path, headers: { 'if-match': '"3"' }, body: correction });
  const link = await done('createPreviewLink', { path, body: {} });
  const { items } = await done('listArticleVersions', { path: { slug: edit.slug } });
  const { nextCursor } = await done('listChanges', { query: 'limit=1' });
  return {
    ...names,
    ...{ slug: edit.slug, earlierSlug: 'the-seed-story', articleId: id, at, version: items[0].id },
    ids: ids.slice(0, 20),
    changesCursor: nextCursor,
    page: at.slice(0, 7),
    token: String(link.url.split('/').at(-1)),
  };
}

async function done(route: RouteId, call: Call) {
  const { status, json } = await desk.call(route, call);
  if (status >= 300) throw new Error(`${route} answered ${status}: ${JSON.stringify(json)}`);
  return json;
}

beforeEach(() => {
  proxy.seen.length = 0;
});

const operations = () => proxy.seen.map(({ operation }) => operation);
const units = () => proxy.seen.reduce((sum, { readUnits }) => sum + readUnits, 0);

async function ask(id: ReadId, call: Call = {}) {
  const read = readOf(id);
  const asked = read.ask(readable);
  return await desk.call(read.route, { ...asked, ...call });
}

describe('what a read takes', () => {
  test('is stated for every route that the public may ask', () => {
    const open = Object.values(routes as Record<string, Route>).filter(({ permission }) => permission === 'public');
    const stated = new Set<string>(readIds.map((id) => reads[id].route));
    expect([...stated].toSorted()).toEqual(open.map(({ id }) => id).toSorted());
  });

  test.each(readIds.map((id) => [id, reads[id].what] as const))('%s: %s', async (id) => {
    const read = readOf(id);
    const { status } = await ask(id);
    expect(status).toBeLessThan(400);
    expect(inOrder(operations(), read.requests)).toEqual(requestsOf(read));
    expect(units()).toBeLessThanOrEqual(read.units);
  });

  test.each(Object.keys(formats))('of a story is the same as %s', async (format) => {
    await ask('story', { query: `format=${format}` });
    expect(proxy.seen).toMatchObject([{ operation: 'GetItem', readUnits: 0.5 }]);
  });

  test('is one query of at most 12.5 units for a page of a hundred', async () => {
    for (const id of ['latest', 'ofSection', 'ofTopic', 'ofTag', 'ofPlace', 'ofPerson', 'ofAuthor'] as const) {
      proxy.seen.length = 0;
      const { json } = await ask(id, { query: `${readOf(id).ask(readable).query ?? ''}&limit=100` });
      expect(json.items).toHaveLength(100);
      expect(operations()).toEqual(['Query']);
      expect(units()).toBeLessThanOrEqual(12.5);
    }
  });

  test('of two dimensions is no more with a language, a time and a larger page', async () => {
    const more = '&language=en&from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z&limit=100';
    await ask('ofTagAndPlace', { query: `${readOf('ofTagAndPlace').ask(readable).query}${more}` });
    expect(operations()).toEqual(['Query', 'BatchGetItem']);
    expect(units()).toBeLessThanOrEqual(reads.ofTagAndPlace.units);
  });

  test('of a hundred ids is one request of 50 units', async () => {
    const { json } = await desk.call('listPublishedArticles', { query: `ids=${published.slice(0, 100)}&fields=id` });
    expect(json.items).toHaveLength(100);
    expect(proxy.seen).toMatchObject([{ operation: 'BatchGetItem', readUnits: 50 }]);
  });

  test('of news and of a page of the sitemap is 12.5 units for a hundred stories', async () => {
    for (const id of ['newsSitemap', 'sitemapPage'] as const) {
      proxy.seen.length = 0;
      await ask(id);
      expect(units()).toBeLessThanOrEqual(12.5);
    }
  });

  test('is the same for a reader who has it already', async () => {
    const { headers } = await ask('latest');
    proxy.seen.length = 0;
    const { status } = await ask('latest', { headers: { 'if-none-match': headers.etag ?? '' } });
    expect(status).toBe(304);
    expect(operations()).toEqual(['Query']);
  });
});

describe('what a read takes where there is little', () => {
  test('is one request for each listing that a story without picks stands in, and none but its own for one that stands in none', async () => {
    await desk.published({ headline: 'With two tags', tags: ['one', 'two'] });
    await desk.published({ headline: 'With nothing' });
    proxy.seen.length = 0;
    await desk.call('listRelatedArticles', { path: { slug: 'with-two-tags' } });
    expect(operations()).toEqual(['GetItem', 'Query', 'Query']);
    proxy.seen.length = 0;
    await desk.call('listRelatedArticles', { path: { slug: 'with-nothing' } });
    expect(operations()).toEqual(['GetItem']);
  });

  test('is one more for a section without a story, which may be another’s name now', async () => {
    await desk.call('listPublishedArticles', { query: 'section=conflicts-and-war&tag=nobody' });
    expect(operations()).toEqual(['Query', 'GetItem']);
    proxy.seen.length = 0;
    await desk.call('getFeed', { path: { feed: 'sections/conflicts-and-war.rss' } });
    expect(operations()).toEqual(['Query', 'GetItem']);
    expect(units()).toBeLessThanOrEqual(1);
  });

  test('is a query for each month of the log from its beginning on, at most twelve', async () => {
    await desk.call('listChanges');
    expect(new Set(operations())).toEqual(new Set(['Query']));
    expect(proxy.seen.length).toBeLessThanOrEqual(12);
  });

  test('is half a unit where nothing is published, and nothing for what cannot be', async () => {
    await desk.call('getPublishedArticle', { path: { slug: 'nobody-wrote-this' } });
    await desk.call('findPublishedArticle', { path: { articleId: '017e2f3a-5c00-7a1b-8c2d-3e4f5a6b7c8d' } });
    expect(proxy.seen).toMatchObject([
      { operation: 'GetItem', readUnits: 0.5 },
      { operation: 'GetItem', readUnits: 0.5 },
    ]);
    proxy.seen.length = 0;
    await desk.call('getPublishedArticle', { path: { slug: 'Not_A_Slug' } });
    await desk.call('getArticleVersion', { path: { slug: '..', version: 'x' } });
    await desk.call('getFeed', { path: { feed: 'latest.docx' } });
    await desk.call('listPublishedArticles', { query: 'tag=a&place=b&person=c' });
    await desk.call('getSitemap', { query: 'page=2022-06-31' });
    await desk.call('getPreview', { path: { token: 'no-token' } });
    expect(operations()).toEqual([]);
  });
});
