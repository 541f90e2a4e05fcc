import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { parseSitemap, parseSitemapIndex } from 'sitemap';
import { mostInSitemap, newsSitemap, sitemapIndex, sitemapPage } from '../../domain/feeds/sitemap.ts';
import { all, only, parseStrictly, texts } from './strict-xml.ts';

const now = new Date('2022-01-08T12:00:00.000Z');
const story = {
  url: 'https://news.example/unrest?a=1&b=2',
  title: 'Kazakh police kill ‘dozens’ & more <update>',
  language: 'en-GB',
  firstPublishedAt: '2022-01-08T11:00:00.000Z',
  publishedAt: '2022-01-08T11:30:00.000Z',
};
type Story = typeof story;
const news = (stories: Partial<Story>[]) =>
  newsSitemap(
    stories.map((patch) => ({ ...story, ...patch })),
    { publicationName: 'Dateline & Daily', now },
  );
const read = (xml: string) => parseSitemap(Readable.from([xml]));
const addresses = (xml: string) =>
  texts(all(parseStrictly(xml), 'sitemap:url').map((page) => only(page, 'sitemap:loc')));
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();
const hour = 3_600_000;

describe('the news sitemap', () => {
  test('says what Google asks for, to a reader that we did not write', async () => {
    const [page] = await read(news([{}]));
    expect(page).toMatchObject({
      url: 'https://news.example/unrest?a=1&b=2',
      news: {
        publication: { name: 'Dateline & Daily', language: 'en' },
        publication_date: '2022-01-08T11:00:00.000Z',
        title: 'Kazakh police kill ‘dozens’ & more <update>',
      },
    });
  });

  test('has the names of both standards', () => {
    const page = only(parseStrictly(news([{}])), 'sitemap:url');
    const publication = only(only(page, 'news:news'), 'news:publication');
    expect(only(publication, 'news:name').text).toBe('Dateline & Daily');
  });

  test.each([
    ['now', 0, true],
    ['an hour ago', hour, true],
    ['48 hours ago to the millisecond', 48 * hour, true],
    ['a millisecond earlier', 48 * hour + 1, false],
    ['a year ago', 8760 * hour, false],
    ['in a millisecond', -1, false],
  ])('of a story first published %s', (_, milliseconds, listed) => {
    expect(addresses(news([{ firstPublishedAt: ago(milliseconds) }]))).toHaveLength(listed ? 1 : 0);
  });

  test('does not take a story in again, nor move it, when it is updated or bumped', () => {
    const stories = [
      { url: 'https://news.example/old', firstPublishedAt: ago(49 * hour), publishedAt: ago(0) },
      { url: 'https://news.example/bumped', firstPublishedAt: ago(40 * hour), publishedAt: ago(1) },
      { url: 'https://news.example/new', firstPublishedAt: ago(2 * hour), publishedAt: ago(2 * hour) },
    ];
    expect(addresses(news(stories))).toEqual(['https://news.example/new', 'https://news.example/bumped']);
    expect(news(stories)).not.toContain(ago(1));
  });

  test('has the thousand newest, however they came and were written', () => {
    const stories = Array.from({ length: 1100 }, (_, index) => ({
      url: `https://news.example/${index}`,
      firstPublishedAt: ago(index * 60_000),
    }));
    const newest = { url: 'https://news.example/newest', firstPublishedAt: '2022-01-08T23:59:59.9995+12:00' };
    const listed = addresses(news([...stories.toReversed(), newest]));
    expect(listed).toHaveLength(1000);
    expect(listed.slice(0, 3)).toEqual(['0', 'newest', '1'].map((name) => `https://news.example/${name}`));
    expect(listed.at(-1)).toBe('https://news.example/998');
  });

  test.each([
    ['en', 'en'],
    ['pt-BR', 'pt'],
    ['kok-Deva-IN', 'kok'],
    ['sr-Latn', 'sr'],
    ['zh', 'zh-cn'],
    ['zh-CN', 'zh-cn'],
    ['zh-SG', 'zh-cn'],
    ['zh-Hans-HK', 'zh-cn'],
    ['zh-Hant', 'zh-tw'],
    ['zh-TW', 'zh-tw'],
    ['zh-HK', 'zh-tw'],
    ['zh-MO', 'zh-tw'],
  ])('calls %s %s', async (language, code) => {
    const [page] = await read(news([{ language }]));
    expect(page?.news?.publication.language).toBe(code);
  });

  test('may be empty', async () => {
    expect(parseStrictly(news([]))).toEqual({ name: 'sitemap:urlset', attributes: {}, text: '', children: [] });
    expect(await read(news([]))).toEqual([]);
  });
});

describe('a sitemap', () => {
  const pages = [
    { url: 'https://news.example/a?b=1&c=%27', changedAt: '2022-01-06T12:00:00.000Z' },
    { url: 'https://news.example/Қазақ', changedAt: '2022-01-07T12:00:00.000Z' },
  ];

  test('lists pages and when they changed, to a reader that we did not write', async () => {
    const listed = (await read(sitemapPage(pages))).map(({ url, lastmod }) => ({ url, changedAt: lastmod }));
    expect(listed).toEqual(pages);
  });

  test('is listed in an index, with or without the time of its last change', async () => {
    const sitemaps = [
      { url: 'https://api.example/sitemap.xml?page=2022-01&n=1', changedAt: '2022-01-07T12:00:00.000Z' },
      { url: 'https://api.example/sitemap.xml?page=2021-12', changedAt: null },
    ];
    const listed = await parseSitemapIndex(Readable.from([sitemapIndex(sitemaps)]));
    expect(listed).toEqual([{ url: sitemaps[0]?.url, lastmod: '2022-01-07T12:00:00.000Z' }, { url: sitemaps[1]?.url }]);
  });

  test('and its index may be empty', async () => {
    expect(await read(sitemapPage([]))).toEqual([]);
    expect(parseStrictly(sitemapIndex([]))).toMatchObject({ name: 'sitemap:sitemapindex', children: [] });
  });

  test.each([
    ['a sitemap', sitemapPage],
    ['an index', sitemapIndex],
  ])('is refused beyond fifty thousand addresses: %s', (_, write) => {
    const listed = Array.from({ length: mostInSitemap + 1 }, (_, index) => ({
      url: `https://news.example/${index}`,
      changedAt: '2022-01-06T12:00:00.000Z',
    }));
    expect(() => write(listed)).toThrow(RangeError);
    expect(write(listed.slice(1)).match(/<loc>/g)).toHaveLength(50_000);
  });
});
