import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Parser from 'rss-parser';
import { atomFeed } from '../../domain/feeds/atom.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { jsonFeed } from '../../domain/feeds/json-feed.ts';
import { rssFeed } from '../../domain/feeds/rss.ts';
import { anyFeed, piece } from '../feeds/any-feed.ts';
import { sampleEntry, sampleFeed } from './feed-samples.ts';
import { all, only, parseStrictly, texts } from './strict-xml.ts';

type Own = { id?: string; creators?: string[]; authors?: { name: string[] }[]; 'content:encoded'?: string };

const reader = new Parser<object, Own>({
  customFields: {
    item: [
      ['dc:creator', 'creators', { keepArray: true }],
      ['author', 'authors', { keepArray: true }],
    ],
  },
});

/** What every reader has to find. */
const told = ({ entries }: Feed) =>
  entries.map(({ id, url, title, contentHtml, byline }) => ({ id, url, title, contentHtml, byline }));

test('whatever a feed says, rss-parser reads it unchanged from RSS', async () => {
  await fc.assert(
    fc.asyncProperty(anyFeed, async (feed) => {
      const { items } = await reader.parseString(rssFeed(feed));
      const found = items.map((item) => ({
        id: item.guid,
        url: item.link,
        title: item.title,
        contentHtml: item['content:encoded'],
        byline: item.creators ?? [],
      }));
      expect(found).toEqual(told(feed));
    }),
  );
});

test('whatever a feed says, rss-parser reads it unchanged from Atom', async () => {
  await fc.assert(
    fc.asyncProperty(anyFeed, async (feed) => {
      const { items } = await reader.parseString(atomFeed(feed));
      const found = items.map((item) => ({
        id: item.id,
        url: item.link,
        title: item.title,
        contentHtml: item.content,
        byline: (item.authors ?? []).flatMap(({ name }) => name),
      }));
      expect(found).toEqual(told(feed));
    }),
  );
});

test('whatever a feed says, its JSON says the same', () => {
  fc.assert(
    fc.property(anyFeed, (feed) => {
      const { items } = JSON.parse(jsonFeed(feed));
      const found = items.map((item: Record<string, unknown> & { authors?: { name: string }[] }) => ({
        id: item.id,
        url: item.url,
        title: item.title,
        contentHtml: item.content_html,
        byline: (item.authors ?? []).map(({ name }) => name),
      }));
      expect(found).toEqual(told(feed));
    }),
  );
});

test('whatever a feed says, a strict parser finds the same in both kinds of XML', () => {
  fc.assert(
    fc.property(anyFeed, (feed) => {
      const items = all(only(parseStrictly(rssFeed(feed)), 'channel'), 'item');
      const root = parseStrictly(atomFeed(feed));
      const entries = all(root, 'atom:entry');
      const labels = feed.entries.map(({ categories }) => categories.map(({ label }) => label));
      expect(items.map((item) => texts(all(item, 'category')))).toEqual(labels);
      expect(entries.map((entry) => all(entry, 'atom:category').map(({ attributes }) => attributes.label))).toEqual(
        labels,
      );
      const summaries = feed.entries.map(({ summary }) => (summary === null ? [] : [summary]));
      expect(entries.map((entry) => texts(all(entry, 'atom:summary')))).toEqual(summaries);
      const notices = feed.deleted.map(({ notice }) => (notice === undefined ? [] : [notice]));
      expect(all(root, 'at:deleted-entry').map((entry) => texts(all(entry, 'at:comment')))).toEqual(notices);
    }),
  );
});

/** What XML 1.0 has no way to write. Halves of surrogate pairs stand alone, since a piece stands between any two. */
const unwritable = fc.constantFrom(
  ...['\u0000', '\u0008', '\u000B', '\u000C', '\u001F', '\uFFFE', '\uFFFF', '\uD83D', '\uDE00', '\uDBFF', '\uDFFF'],
);

test('what XML cannot say is left out, and the rest is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, unwritable), { minLength: 1, maxLength: 6 }), (pairs) => {
      const dirty = pairs.flat().join('');
      const clean = pairs.map(([kept]) => kept).join('');
      const entry = sampleEntry({ title: dirty, summary: dirty, contentHtml: dirty, byline: [dirty] });
      const categories = [{ term: dirty, label: dirty }];
      const feed = sampleFeed({ title: dirty, entries: [{ ...entry, categories }] });
      const item = only(only(parseStrictly(rssFeed(feed)), 'channel'), 'item');
      const names = ['title', 'content:encoded', 'dc:creator', 'category'];
      expect(names.map((name) => only(item, name).text)).toEqual(names.map(() => clean));
      const atom = only(parseStrictly(atomFeed(feed)), 'atom:entry');
      expect(only(atom, 'atom:content').text).toBe(clean);
      expect(only(atom, 'atom:category').attributes).toEqual({ term: clean, label: clean });
      expect(JSON.parse(jsonFeed(feed)).items[0].title).toBe(clean);
    }),
  );
});

test.each([
  ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
  ['a\r\u0000\nb', 'a\nb'],
  ['\t a \n', '\t a \n'],
])('line ends are the same to all readers: %j', (written, read) => {
  const feed = sampleFeed({ entries: [sampleEntry({ contentHtml: written })] });
  const item = only(only(parseStrictly(rssFeed(feed)), 'channel'), 'item');
  expect(only(item, 'content:encoded').text).toBe(read);
  expect(JSON.parse(jsonFeed(feed)).items[0].content_html).toBe(read);
});
