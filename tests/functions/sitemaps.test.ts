import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { parseSitemap, parseSitemapIndex } from 'sitemap';
import { handler as count } from '../../functions/count-published/handler.ts';
import { useEngine } from '../support/engine.ts';
import { useReaction } from '../support/follow.ts';
import { timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine({ streamed: true });
const { act, call, published } = useNewsroom(engine);
const { settle } = useReaction(engine, 'count-published', (event) =>
  count(event, { getRemainingTimeInMillis: () => 20_000 }),
);

const news = async () => await parseSitemap(Readable.from([(await call('getNewsSitemap')).body]));
const pageOf = async (name: string) => {
  const { status, body, json } = await call('getSitemap', { query: `page=${name}` });
  return status === 200 ? await parseSitemap(Readable.from([body])) : json;
};
const index = async () => {
  await settle();
  const { body } = await call('getSitemap', {});
  return await parseSitemapIndex(Readable.from([body]));
};
const urlOf = async ({ id }: { id: string }) =>
  (await call('listPublishedArticles', { query: `ids=${id}` })).json.items[0].url as string;

describe('the news sitemap', () => {
  test('has what was first published in the last two days; an update or a bump brings nothing back', async () => {
    const old = await published({ headline: 'Three days old' });
    timePasses({ days: 2, minutes: 30 });
    const fresh = await published({ headline: 'An hour old', language: 'zh-Hant' });
    const edited = await act('updateArticle', old, { body: { deck: 'New' } });
    await act('publishArticle', edited, { body: { bump: true } });
    const items = await news();
    expect(items.map(({ url }) => url)).toEqual([await urlOf(fresh)]);
    expect(items[0]?.news).toMatchObject({
      publication: { name: 'The Example', language: 'zh-tw' },
      publication_date: fresh.publication?.firstPublishedAt,
      title: 'An hour old',
    });
  });

  test('has nothing that was withdrawn or killed, and is a sitemap when it is empty', async () => {
    timePasses({ days: 3 });
    const [one, two] = [await published(), await published()];
    expect(await news()).toHaveLength(2);
    await act('unpublishArticle', one);
    await act('killArticle', two, { role: 'admin', body: { notice: 'No.' } });
    expect(await news()).toEqual([]);
    expect((await call('getNewsSitemap')).headers['content-type']).toBe('application/xml');
  });
});

describe('the sitemap', () => {
  test('is an index of months, whose pages have each story once and when it changed', async () => {
    timePasses({ days: 40 });
    const story = await published();
    const month = new Date(Date.now()).toISOString().slice(0, 7);
    const edited = await act('updateArticle', story, { body: { deck: 'Changed' } });
    timePasses({ seconds: 5 });
    const changed = await act('publishArticle', edited);
    const entry = (await index()).find(({ url }) => url.endsWith(`page=${month}`));
    expect(entry?.url).toMatch(/^https?:\/\/\S+\/content\/v1\/sitemap\.xml\?page=\d{4}-\d\d$/);
    expect(Date.parse(entry?.lastmod ?? '')).toBeGreaterThanOrEqual(Date.parse(changed.publication?.publishedAt ?? ''));
    const pages = (await pageOf(month)) as { url: string; lastmod: string }[];
    expect(pages).toMatchObject([{ url: await urlOf(story), lastmod: changed.publication?.publishedAt }]);
    for (const length of [10, 13])
      expect(await pageOf(new Date(Date.now()).toISOString().slice(0, length))).toHaveLength(1);
    await act('unpublishArticle', changed);
    expect(await pageOf(month)).toEqual([]);
    expect((await index()).filter(({ url }) => url.endsWith(`page=${month}`))).toEqual([]);
  });

  test('has every story of all its pages once', async () => {
    timePasses({ days: 32 });
    for (let stories = 0; stories < 3; stories += 1) await published();
    const urls = [];
    for (const { url } of await index()) {
      const page = (await pageOf(url.split('page=')[1] ?? '')) as { url: string }[];
      urls.push(...page.map((one) => one.url));
    }
    const { items } = (await call('listPublishedArticles', { query: 'limit=100' })).json;
    expect(urls.sort()).toEqual(items.map(({ url }: { url: string }) => url).sort());
  });

  test.each(['2022-02-30', '2022-13', '2022', '2022-01-32', '2022-01-06T24', '2022-01T05', 'latest', '-1', '2022-1'])(
    'has no page %s',
    async (page) => {
      expect(await pageOf(page)).toMatchObject({ status: 400, errors: [{ pointer: '?page' }] });
    },
  );

  test('has an empty page for a month without stories, and answers 304', async () => {
    expect(await pageOf('1999-12')).toEqual([]);
    const { headers } = await call('getSitemap', { query: 'page=1999-12' });
    const again = await call('getSitemap', { query: 'page=1999-12', headers: { 'if-none-match': headers.etag ?? '' } });
    expect(again.status).toBe(304);
  });
});
