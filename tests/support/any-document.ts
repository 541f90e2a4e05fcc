import fc from 'fast-check';
import { publicationKinds } from '../../contract/schemas/editorial-article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { wordCount } from '../../domain/body/plain-text.ts';
import { currentTopicIds, topicName } from '../../domain/topics/topics.ts';
import { anyBody, anyWebUrl } from './any-body.ts';
import { anyLine, anyLines } from './any-text.ts';

const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const folded = (text: string) => text.toLocaleLowerCase('en');
const names = (most: number, longest = 40) =>
  fc.uniqueArray(anyLine(longest), { maxLength: most, comparator: (one, other) => folded(one) === folded(other) });

const anyInstant = fc
  .date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2099-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const anySlug = fc
  .array(fc.constantFrom('story', 'of', 'almaty', '2022', 'x'), { minLength: 1, maxLength: 5 })
  .map((words) => words.join('-'));

const anyTopic = fc.constantFrom(...currentTopicIds().slice(0, 200)).map((id) => ({ id, name: topicName(id) }));

const anyDateline = fc.record({
  places: fc.constantFrom<string[][]>(['Nur-Sultan', 'Moscow'], ['Oslo'], ['<b>', 'a & b']),
  date: fc.constantFrom('2022-01-06', null),
  agency: fc.constantFrom('EFE', 'AP', null),
  text: fc.oneof(fc.constant('Nur-Sultan/Moscow Jan 6 (EFE).-'), anyLine()),
});

const anyImage = fc.record({
  url: anyWebUrl,
  alt: anyLine(),
  caption: orNull(anyLine()),
  credit: orNull(anyLine()),
  width: orNull(fc.integer({ min: 1, max: 30_000 })),
  height: orNull(fc.integer({ min: 1, max: 30_000 })),
});

const anyNote = fc.record({ kind: fc.constantFrom(...publicationKinds), text: anyLines(), at: anyInstant });

/** What stands above the story. */
const heading = {
  id: fc.uuid(),
  slug: anySlug,
  url: anyWebUrl,
  headline: anyLine(),
  deck: orNull(anyLine()),
  slugline: orNull(anyLine(60)),
  section: fc.record({ slug: anySlug, name: anyLine(30) }),
  dateline: orNull(anyDateline),
  authors: fc.array(fc.record({ name: anyLine(40), role: orNull(anyLine(30)) }), { maxLength: 4 }),
  agency: orNull(fc.oneof(fc.constant('EFE'), anyLine(30))),
  image: orNull(anyImage),
  language: fc.constantFrom('en', 'es-MX', 'ar', 'he', 'az-Arab', 'zh-Hant', 'de-CH', 'en-u-ca-buddhist'),
  advisory: orNull(anyLines()),
  notes: fc.array(anyNote, { maxLength: 3 }),
};

/** What it is filed under. */
const filing = {
  topics: fc.uniqueArray(anyTopic, { maxLength: 3, selector: ({ id }) => id }),
  tags: names(3),
  places: names(3),
  people: names(3),
  organisations: names(3),
  related: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  translationOf: orNull(fc.uuid()),
  urgency: orNull(fc.integer({ min: 1, max: 9 })),
  breaking: fc.boolean(),
};

/** What stands below it, and what nobody sees. */
const rest = {
  signOff: orNull(fc.oneof(fc.constant('EFE'), anyLine())),
  creditLine: orNull(anyLine()),
  usageTerms: orNull(fc.oneof(anyLines(), anyWebUrl)),
  copyrightNotice: orNull(anyLine()),
  canonicalUrl: orNull(anyWebUrl),
  seo: orNull(fc.record({ title: orNull(anyLine()), description: orNull(anyLine()) })),
  extras: orNull(fc.record({ secret: fc.constant('of the site alone') })),
  revision: fc.integer({ min: 1, max: 99 }),
  version: fc.integer({ min: 1, max: 99 }),
};

/** Any document that may be public, with text that is hostile to every form it is given. */
export const anyDocument: fc.Arbitrary<PublishedArticle> = fc
  .record({ ...heading, ...filing, ...rest, body: anyBody, published: fc.tuple(anyInstant, anyInstant) })
  .map(({ published, ...document }) => {
    const [firstPublishedAt = '', publishedAt = ''] = [...published].sort();
    return { ...document, firstPublishedAt, publishedAt, wordCount: wordCount(document.body, document.language) };
  });
