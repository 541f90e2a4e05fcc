import fc from 'fast-check';
import type { Feed, FeedEntry } from '../../domain/feeds/feed.ts';

/** What has meaning to XML, to HTML or to a careless reader, and what is not written from left to right in one byte. */
const awkward = fc.constantFrom(
  ...[
    ...[']]>', '<![CDATA[', '<!--', '-->', '<?xml version="1.1"?>', '<!DOCTYPE a>', '&', '&amp;', '&#0;', '&nbsp;'],
    ...['<b>', '</title>', '</item>', '"', "'", '\\', '%s', '$&', '{{x}}', '__proto__', '5 < 6 > 4'],
    ...['‘dozens’', '—', 'Қазақ', 'العشرات', '我们今天', '👩‍🚒', 'e\u0301', '\u2028', '\u200f', '\u00a0', '\u{10fffd}'],
  ],
);
export const piece = fc.oneof(awkward, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }));

/** Begins and ends with what can be seen, as the newsroom's own texts do: readers trim. */
const textOf = (part: fc.Arbitrary<string>) => fc.array(part, { maxLength: 6 }).map((parts) => `“${parts.join('')}”`);
export const anyText = textOf(piece);
export const anyHtml = textOf(
  fc.oneof(piece, fc.constantFrom('\n', '\t', '<p>', '</p>', '<a href="https://a.example/?b&amp;c">')),
);

const anyInstant = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyUrl = fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['https'] });

const anyEntry: fc.Arbitrary<FeedEntry> = fc.record({
  id: fc.uuid().map((id) => `urn:uuid:${id}`),
  url: anyUrl,
  title: anyText,
  summary: fc.option(anyText),
  contentHtml: anyHtml,
  byline: fc.array(anyText, { maxLength: 4 }),
  categories: fc.array(fc.record({ term: anyText, label: anyText }), { maxLength: 3 }),
  image: fc.option(fc.record({ url: anyUrl, alt: anyText })),
  language: fc.constantFrom('en', 'es-419', 'kk', 'zh-Hant'),
  publishedAt: anyInstant,
  updatedAt: anyInstant,
  rights: fc.oneof(anyText, fc.constant(null)),
});

export const anyFeed: fc.Arbitrary<Feed> = fc.record({
  id: fc.nat().map((number) => `tag:news.example,2026:feeds/${number}`),
  title: anyText,
  homeUrl: anyUrl,
  selfUrl: anyUrl,
  language: fc.constantFrom('en', 'kk'),
  publicationName: anyText,
  hubUrl: fc.option(anyUrl, { nil: undefined }),
  updatedAt: fc.option(anyInstant),
  entries: fc.uniqueArray(anyEntry, { maxLength: 6, selector: ({ id }) => id }),
  deleted: fc.array(
    fc.record({
      id: fc.uuid().map((id) => `urn:uuid:${id}`),
      at: anyInstant,
      notice: fc.option(anyText, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
});
