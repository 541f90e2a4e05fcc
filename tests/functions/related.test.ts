import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { publishedArticleSchema, relatedPageSchema } from '../../contract/schemas/published-article.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { operationsOf } from './frontend.ts';
import { nobody, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { act, call, draft, published } = newsroom;

const related = (slug: string, query = '') => call('listRelatedArticles', { path: { slug }, query });
async function relatedTo(slug: string, query = ''): Promise<string[]> {
  const { status, json } = await related(slug, query);
  expect({ status, json }).toMatchObject({ status: 200 });
  return relatedPageSchema.parse(json).items.map(({ headline }) => headline);
}
const kill = (article: EditorialArticle) =>
  act('killArticle', article, { role: 'admin', body: { notice: 'It was untrue.' } });

describe('editors’ picks', () => {
  const picks: EditorialArticle[] = [];
  beforeAll(async () => {
    for (const headline of ['Pick one', 'Pick two', 'Pick three']) picks.push(await published({ headline }));
  });
  const ids = (...order: number[]) => order.map((index) => picks[index]?.id);

  test('come first, in the editors’ order, before what shares everything', async () => {
    const subjects = { tags: ['picked'], people: ['A'], places: ['B'], topics: ['medtop:20000065'] };
    await published({ headline: 'Twin of the picking one', ...subjects });
    await published({ headline: 'Picking', ...subjects, related: ids(2, 0, 1) });
    expect(await relatedTo('picking')).toEqual(['Pick three', 'Pick one', 'Pick two', 'Twin of the picking one']);
    expect(await relatedTo('picking', 'limit=2')).toEqual(['Pick three', 'Pick one']);
    expect((await call('getPublishedArticle', { path: { slug: 'picking' } })).json.related).toEqual(ids(2, 0, 1));
  });

  test('that also are alike come once', async () => {
    const pick = await published({ headline: 'Alike and picked', tags: ['both ways'] });
    await published({ headline: 'Alike alone', tags: ['both ways'] });
    await published({ headline: 'Both ways', tags: ['both ways'], related: [pick.id] });
    expect(await relatedTo('both-ways')).toEqual(['Alike and picked', 'Alike alone']);
  });

  test('are never a story that was killed or withdrawn, a draft, the story itself, or none', async () => {
    const tags = ['taken down'];
    const killed = await published({ headline: 'Killed', tags });
    const withdrawn = await published({ headline: 'Withdrawn', tags });
    const unpublished = await draft({ headline: 'Draft', tags });
    const story = await draft({ headline: 'Picks badly', tags });
    const edited = await act('updateArticle', story, {
      body: { related: [story.id, killed.id, unpublished.id, nobody, withdrawn.id, ...ids(1)] },
    });
    await act('publishArticle', edited);
    expect(await relatedTo('picks-badly')).toEqual(['Killed', 'Withdrawn', 'Pick two']);
    await kill(killed);
    await act('unpublishArticle', withdrawn);
    expect(await relatedTo('picks-badly')).toEqual(['Pick two']);
  });

  test('are told as they are now', async () => {
    const pick = await published({ headline: 'Before' });
    await published({ headline: 'Picks what changes', related: [pick.id] });
    const edited = await act('updateArticle', pick, { body: { headline: 'After', slug: 'after' } });
    await act('publishArticle', edited);
    const { json } = await related('picks-what-changes');
    expect(json.items).toMatchObject([{ id: pick.id, headline: 'After', slug: 'after' }]);
  });
});

describe('stories alike', () => {
  test('come by what they share, newest first among equals', async () => {
    const subject = { people: ['Rana'], places: ['Rabat'], tags: ['reefs'], topics: ['medtop:20000069'] };
    const { people, tags, topics } = subject;
    await published({ headline: 'Shares all', ...subject });
    await published({ headline: 'Shares two, old', people, topics });
    await published({ headline: 'Shares two, young', places: ['RABAT'], tags });
    await published({ headline: 'Shares one', tags: ['Reefs'] });
    await published({ headline: 'Shares the section' });
    await published({ headline: 'About reefs', ...subject });
    const expected = ['Shares all', 'Shares two, young', 'Shares two, old', 'Shares one'];
    expect(await relatedTo('about-reefs')).toEqual(expected);
    expect(await relatedTo('about-reefs', 'limit=3')).toEqual(expected.slice(0, 3));
  });

  test('are none where there are none, which is no error: the seed’s empty box', async () => {
    const copy = await readFile(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
    const imported = await call('importWireCopy', { body: copy, query: 'year=2022' });
    expect(imported.status).toBe(201);
    const { slug } = await act('publishArticle', imported.json.article);
    const { status, json, headers } = await related(slug ?? '');
    expect({ status, json }).toEqual({ status: 200, json: { items: [] } });
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^W\/"/),
      'cache-control': expect.stringMatching(/^public, max-age=30, s-maxage=120/),
    });
    const again = await call('listRelatedArticles', {
      path: { slug: slug ?? '' },
      headers: { 'if-none-match': headers.etag ?? '' },
    });
    expect(again).toMatchObject({ status: 304, body: '' });
    const whole = await call('getPublishedArticle', { path: { slug: slug ?? '' }, query: 'include=related' });
    expect(whole.json.relatedArticles).toEqual([]);
  });
});

describe('what is related', () => {
  const many = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what} ${index}`);
  const everything = {
    people: many('Person', 6),
    places: many('Place', 6),
    tags: many('Tag', 12),
    topics: Array.from({ length: 10 }, (_, index) => `medtop:200000${65 + index}`),
  };

  test.each([
    ['of nothing', {}, ['GetItem']],
    ['of one subject', { tags: ['Tag 0'] }, ['GetItem', 'Query']],
    ['with picks and no subject', { related: [nobody] }, ['BatchGetItem', 'GetItem']],
    [
      'with as much as there can be',
      { ...everything, related: Array.from({ length: 20 }, (_, index) => `${nobody.slice(0, -2)}${10 + index}`) },
      ['BatchGetItem', 'GetItem', ...many('', 6).map(() => 'Query')],
    ],
  ])('takes at most eight requests: a story %s', async (name, fields, expected) => {
    const { slug } = await published({ headline: `Counted ${name}`, ...fields });
    for (const limit of [1, 20]) {
      const operations = await operationsOf(proxy, () => related(slug ?? '', `limit=${limit}`));
      expect(operations.sort()).toEqual(expected);
    }
    const path = { slug: slug ?? '' };
    const included = await operationsOf(proxy, () => call('getPublishedArticle', { path, query: 'include=related' }));
    expect(included.sort()).toEqual(expected);
  });

  test('needs no look around where the picks are enough', async () => {
    const { id } = await published({ headline: 'Enough' });
    await published({ headline: 'Has enough', ...everything, related: [id] });
    expect(await operationsOf(proxy, () => related('has-enough', 'limit=1'))).toEqual(['GetItem', 'BatchGetItem']);
  });

  test('comes with its article where that is asked for', async () => {
    const { json } = await related('has-enough');
    const whole = await call('getPublishedArticle', { path: { slug: 'has-enough' }, query: 'include=related' });
    expect(publishedArticleSchema.parse(whole.json).relatedArticles).toEqual(json.items);
    const plain = await call('getPublishedArticle', { path: { slug: 'has-enough' } });
    expect(JSON.parse(plain.body)).toEqual({ ...whole.json, relatedArticles: undefined });
    expect(whole.headers.etag).not.toBe(plain.headers.etag);
    const some = await call('getPublishedArticle', {
      path: { slug: 'has-enough' },
      query: 'fields=slug&include=related',
    });
    expect(some.json).toEqual({ slug: 'has-enough', relatedArticles: json.items });
  });

  test('has the fields that were asked for, and as many stories', async () => {
    const { json } = await related('has-enough', 'fields=slug,headline&limit=2');
    expect(json.items).toHaveLength(2);
    expect(json.items[0]).toEqual({ headline: 'Enough', slug: 'enough' });
  });

  test('is found under an earlier slug, and asked for there with what was asked for here', async () => {
    const story = await published({ headline: 'Named badly' });
    await act('publishArticle', await act('updateArticle', story, { body: { slug: 'named-well' } }));
    const moved = await related('named-badly', 'limit=3&fields=slug%2Cid');
    expect(moved).toMatchObject({
      status: 301,
      headers: { location: '/content/v1/articles/named-well/related?limit=3&fields=slug%2Cid' },
    });
    const whole = await call('getPublishedArticle', { path: { slug: 'named-badly' }, query: 'include=related' });
    expect(whole.headers.location).toBe('/content/v1/articles/named-well?include=related');
  });

  test('is gone with its story', async () => {
    const killed = await published({ headline: 'Killed itself' });
    const withdrawn = await published({ headline: 'Withdrawn itself' });
    await kill(killed);
    await act('unpublishArticle', withdrawn);
    expect(await related('killed-itself')).toMatchObject({ status: 410, json: { notice: 'It was untrue.' } });
    expect((await related('withdrawn-itself')).status).toBe(404);
    expect((await related('never-was')).status).toBe(404);
  });

  test.each([
    ['limit=0', '?limit'],
    ['limit=21', '?limit'],
    ['fields=body', '?fields'],
    ['cursor=AAAA', '?cursor'],
    ['format=html', '?format'],
  ])('refuses %s', async (query, pointer) => {
    const { status, json } = await related('has-enough', query);
    expect({ status, errors: json.errors }).toMatchObject({ status: 400, errors: [{ pointer }] });
  });
});
