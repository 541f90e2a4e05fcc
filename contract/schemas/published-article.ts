import * as z from 'zod/mini';
import { imageSchema, json, seoSchema, workingFields } from './article.ts';
import { datelineSchema } from './dateline.ts';
import { publicationKind } from './editorial-article.ts';
import { articleId, instant, slug, text, webUrl } from './text.ts';

const sectionSchema = z.strictObject({ slug, name: z.string() });

/** What readers were told about a version: a correction says what was wrong. */
const note = z.strictObject({ kind: publicationKind, text: text({ max: 1000, multiline: true }), at: instant });

/** A line of a public listing: enough for a teaser, about 700 bytes; a long `deck` is cut to keep it small. */
export const publishedSummarySchema = z.strictObject({
  id: articleId,
  slug,
  url: webUrl,
  headline: workingFields.headline,
  deck: workingFields.deck,
  /** The names of its authors, as many as fit; of a story that names none, its agency. */
  byline: z.array(z.string()),
  section: sectionSchema,
  image: z.nullable(z.strictObject({ url: webUrl, alt: z.string() })),
  language: workingFields.language,
  urgency: workingFields.urgency,
  breaking: workingFields.breaking,
  firstPublishedAt: instant,
  publishedAt: instant,
});
export type PublishedSummary = z.infer<typeof publishedSummarySchema>;

/** What the public sees of an article. Strict, and built field by field, so that nothing internal can slip in. */
export const publishedArticleSchema = z.strictObject({
  id: articleId,
  slug,
  url: webUrl,
  headline: workingFields.headline,
  deck: workingFields.deck,
  slugline: workingFields.slugline,
  section: sectionSchema,
  topics: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  tags: workingFields.tags,
  places: workingFields.places,
  people: workingFields.people,
  organisations: workingFields.organisations,
  dateline: z.nullable(datelineSchema),
  authors: workingFields.authors,
  agency: workingFields.agency,
  signOff: workingFields.signOff,
  creditLine: workingFields.creditLine,
  usageTerms: workingFields.usageTerms,
  copyrightNotice: workingFields.copyrightNotice,
  image: z.nullable(imageSchema),
  language: workingFields.language,
  translationOf: workingFields.translationOf,
  body: workingFields.body,
  advisory: workingFields.advisory,
  notes: z.array(note),
  related: workingFields.related,
  urgency: workingFields.urgency,
  breaking: workingFields.breaking,
  canonicalUrl: workingFields.canonicalUrl,
  seo: z.nullable(seoSchema),
  extras: z.nullable(json),
  firstPublishedAt: instant,
  publishedAt: instant,
  revision: z.int(),
  /** Rises with each publication of the article, of the same revision too. */
  version: z.int(),
  wordCount: z.int(),
  /** Asked for by `include=related`. */
  relatedArticles: z.optional(z.array(publishedSummarySchema)),
});
export type PublishedArticle = z.infer<typeof publishedArticleSchema>;
export type PublicNote = z.infer<typeof note>;

export const publishedPageSchema = z.strictObject({
  items: z.array(publishedSummarySchema),
  nextCursor: z.nullable(z.string()),
});

/** Without a cursor: there are no more than a few. */
export const relatedPageSchema = z.strictObject({ items: z.array(publishedSummarySchema) });
