import { describe, expect, test } from '@jest/globals';
import Parser from 'rss-parser';
import type { Feed, FeedEntry } from '../../domain/feeds/feed.ts';
import { rssFeed } from '../../domain/feeds/rss.ts';
import { bareFeed, emptyFeed, sampleEntry, sampleFeed } from './feed-samples.ts';
import { all, only, parseStrictly, texts } from './strict-xml.ts';

const channelOf = (feed: Feed) => only(parseStrictly(rssFeed(feed)), 'channel');
const itemOf = (patch: Partial<FeedEntry>) => only(channelOf(sampleFeed({ entries: [sampleEntry(patch)] })), 'item');

describe('an RSS feed', () => {
  test('says what rss-parser asks of it', async () => {
    const reader = new Parser({ customFields: { item: [['dc:creator', 'creators', { keepArray: true }]] } });
    const read = await reader.parseString(rssFeed(sampleFeed()));
    expect(read).toMatchObject({
      title: 'Dateline Daily: latest',
      link: 'https://news.example/',
      feedUrl: 'https://api.example/content/v1/feeds/latest?a=1&b=2',
      language: 'en',
      generator: 'Dateline',
      lastBuildDate: 'Fri, 07 Jan 2022 08:30:00 GMT',
    });
    expect(read.items).toHaveLength(1);
    expect(read.items[0]).toMatchObject({
      guid: 'urn:uuid:017e2f42-9600-7747-8640-eaf09766caae',
      link: 'https://news.example/conflicts-war/kazakh-police?from=feed&n=1',
      title: 'Kazakh police kill ‘dozens’ in Almaty & Nur-Sultan',
      'content:encoded': '<p>Officers opened fire &amp; TASS reported <em>more</em>.</p>',
      contentSnippet: 'Explosions at AT&T’s <office>',
      creators: ['Ana Bek', 'Johnson & Sons'],
      isoDate: '2022-01-06T12:00:00.000Z',
    });
  });

  test('has its version, and its links to itself and to its hub', () => {
    const rss = parseStrictly(rssFeed(sampleFeed()));
    expect(rss).toMatchObject({ name: 'rss', attributes: { version: '2.0' } });
    expect(all(only(rss, 'channel'), 'atom:link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'self', type: 'application/rss+xml', href: 'https://api.example/content/v1/feeds/latest?a=1&b=2' },
      { rel: 'hub', href: 'https://hub.example/' },
    ]);
    expect(all(channelOf(bareFeed), 'atom:link').map(({ attributes }) => attributes.rel)).toEqual(['self']);
  });

  test('names a story by an id that is no address, its sections and topics, its rights and its language', () => {
    const item = only(channelOf(sampleFeed()), 'item');
    expect(only(item, 'guid').attributes).toEqual({ isPermaLink: 'false' });
    expect(all(item, 'category').map(({ attributes, text }) => [attributes.domain, text])).toEqual([
      ['http://cv.iptc.org/newscodes/mediatopic/', 'conflict, war & peace'],
      [undefined, 'Unrest'],
    ]);
    expect(only(item, 'dc:rights').text).toBe('© Agencia EFE, S.A.U.');
    expect(only(item, 'dc:language').text).toBe('en-GB');
  });

  test('shows the lead image, and never as an enclosure without a length', () => {
    const item = only(channelOf(sampleFeed()), 'item');
    const url = 'https://images.example/almaty.jpg?w=800&h=600';
    expect(only(item, 'media:content').attributes).toEqual({ url, medium: 'image' });
    expect(only(only(item, 'media:content'), 'media:title').text).toBe('The “main” square');
    expect(only(item, 'media:thumbnail').attributes).toEqual({ url });
    expect(all(item, 'enclosure')).toEqual([]);
  });

  test.each([
    ['2022-01-06T12:00:00.000Z', 'Thu, 06 Jan 2022 12:00:00 GMT'],
    ['2022-01-06T23:30:00-02:00', 'Fri, 07 Jan 2022 01:30:00 GMT'],
    ['2024-02-29T00:00:59.999Z', 'Thu, 29 Feb 2024 00:00:59 GMT'],
    ['0099-12-31T23:59:59Z', 'Thu, 31 Dec 0099 23:59:59 GMT'],
  ])('writes %s as %s', (publishedAt, written) => {
    expect(only(itemOf({ publishedAt }), 'pubDate').text).toBe(written);
  });

  // A description is HTML to readers, a title is not.
  test.each([
    ['AT&T', 'AT&amp;T'],
    ['<script>alert(1)</script>', '&lt;script>alert(1)&lt;/script>'],
    ['5 &lt; 6', '5 &amp;lt; 6'],
  ])('escapes the summary %s as HTML and leaves such a title as it is', (text, html) => {
    const item = itemOf({ title: text, summary: text });
    expect(only(item, 'title').text).toBe(text);
    expect(only(item, 'description').text).toBe(html);
  });

  test('leaves out what a story does not have', () => {
    const names = only(channelOf(bareFeed), 'item').children.map(({ name }) => name);
    expect(names).toEqual(['title', 'link', 'guid', 'pubDate', 'content:encoded', 'dc:language']);
  });

  test('may be empty, and has all that a channel must have', async () => {
    const channel = channelOf(emptyFeed);
    for (const name of ['title', 'link', 'description']) expect(only(channel, name).text).not.toBe('');
    expect(all(channel, 'lastBuildDate')).toEqual([]);
    expect((await new Parser().parseString(rssFeed(emptyFeed))).items).toEqual([]);
  });

  test('keeps the order of its entries and says nothing of killed stories', () => {
    const entries = ['urn:uuid:b', 'urn:uuid:a', 'urn:uuid:c'].map((id) => sampleEntry({ id }));
    const deleted = [{ id: 'urn:uuid:killed', at: '2022-01-08T00:00:00.000Z', notice: 'Retracted.' }];
    const written = rssFeed(sampleFeed({ entries, deleted }));
    const items = all(only(parseStrictly(written), 'channel'), 'item');
    expect(texts(items.map((item) => only(item, 'guid')))).toEqual(['urn:uuid:b', 'urn:uuid:a', 'urn:uuid:c']);
    expect(written).not.toMatch(/killed|Retracted/);
  });
});
