import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { feedStory, fullListingsOf, isFullListing } from '../../domain/article/feed-story.ts';
import { bytes, listingsOf, publicSummary } from '../../domain/article/public-document.ts';
import { correctionFeedEntry, storyFeedEntry, summaryFeedEntry } from '../../domain/feeds/entries.ts';
import { sitemapPages } from '../../domain/feeds/sitemap-pages.ts';
import { anyDocument } from '../support/any-document.ts';

describe('a story in a feed', () => {
  test('has its text, whatever it is, in a row that thirty of which are below a megabyte', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const story = feedStory(document);
        expect(bytes(JSON.stringify(story.body))).toBeLessThan(28_100);
        expect(story.isCut).toBe(story.body.length < document.body.length);
        expect(document.body.slice(0, story.body.length)).toEqual(story.body);
        for (const field of ['extras', 'notes', 'related', 'usageTerms']) expect(story).not.toHaveProperty(field);
      }),
      { numRuns: 50 },
    );
  });

  test('is called by its id for ever, and has what a reader of feeds shows', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const entry = storyFeedEntry(feedStory(document));
        const { id, url, headline, firstPublishedAt, publishedAt } = document;
        expect(entry).toMatchObject({ id: `urn:uuid:${id}`, url, title: headline });
        expect(entry).toMatchObject({ publishedAt: firstPublishedAt, updatedAt: publishedAt });
        const brief = summaryFeedEntry(publicSummary(document));
        expect(brief).toMatchObject({ id: entry.id, url, title: headline, publishedAt: firstPublishedAt });
        expect(`${entry.contentHtml}${brief.contentHtml}`).not.toMatch(/<script|<iframe|javascript:/i);
      }),
      { numRuns: 50 },
    );
  });

  test('stands whole in two listings, which no name that readers ask for can meet', () => {
    const section = { slug: 'world', name: 'World' };
    expect(fullListingsOf(section)).toEqual(['full#latest', 'full#section#world']);
    const names = { topics: [], tags: ['full#latest'], places: [], people: ['full#latest'], authors: [] };
    expect(listingsOf(names, section).filter(isFullListing)).toEqual(fullListingsOf(section));
  });
});

test('a correction is an entry of its own, with what was said, what is right, and why', () => {
  const at = '2022-01-06T12:07:28.000Z';
  const entry = correctionFeedEntry({
    id: '017e2f42-9600-7747-8640-eaf09766caae',
    slug: 's',
    url: 'https://news.example/s',
    headline: 'Bridge <open>',
    section: { slug: 'world', name: 'World' },
    language: 'en',
    at,
    note: 'We said it was open.',
    changes: [
      { part: 'body', before: 'Open & free', after: 'Shut' },
      { part: 'deck', before: null, after: 'New' },
    ],
    moreChanges: 0,
  });
  expect(entry).toMatchObject({ id: `urn:uuid:017e2f42-9600-7747-8640-eaf09766caae#${at}`, updatedAt: at });
  expect(entry.contentHtml).toBe(
    [
      '<p>We said it was open.</p>',
      '<p><del>Open &amp; free</del></p>',
      '<p><ins>Shut</ins></p>',
      '<p><ins>New</ins></p>',
      '<p><a href="https://news.example/s">Bridge &lt;open&gt;</a></p>',
    ].join('\n'),
  );
});

describe('the pages of a sitemap', () => {
  const day = (name: string, count: number, changedAt?: string) => ({ name, count, changedAt });

  test.each([
    ['a month each', [day('2022-01-06', 3), day('2022-01-07', 2), day('2022-02-01', 1)], ['2022-01', '2022-02']],
    ['a month with a thousand', [day('2022-01-06', 999), day('2022-01-07', 1)], ['2022-01']],
    [
      'the days of a month with more',
      [day('2021-12-31', 5), day('2022-01-06', 999), day('2022-01-07', 2)],
      ['2021-12', '2022-01-06', '2022-01-07'],
    ],
    [
      'the hours of a day with ten thousand',
      [day('2022-01-06', 10_001)],
      Array.from({ length: 24 }, (_, hour) => `2022-01-06T${String(hour).padStart(2, '0')}`),
    ],
    ['none without a story', [], []],
  ])('are %s', (_, days, names) => {
    expect(sitemapPages(days).map(({ name }) => name)).toEqual(names);
  });

  test('changed when the last of their stories did', () => {
    const days = [day('2022-01-06', 1, '2026-05-01T00:00:00Z'), day('2022-01-07', 1, '2026-04-01T00:00:00Z')];
    expect(sitemapPages(days)).toEqual([{ name: '2022-01', changedAt: '2026-05-01T00:00:00Z' }]);
    expect(sitemapPages([day('2022-01-06', 1)])).toEqual([{ name: '2022-01', changedAt: null }]);
  });
});
