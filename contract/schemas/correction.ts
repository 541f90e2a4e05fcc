import * as z from 'zod/mini';
import { publishedSummarySchema } from './published-article.ts';
import { instant } from './text.ts';

const { id, slug, url, headline, section, language } = publishedSummarySchema.shape;

/** A correction: what the story said before, what it says now, and why. `moreChanges` counts those that did not fit. */
const correctionSchema = z.strictObject({
  id,
  slug,
  url,
  headline,
  section,
  language,
  at: instant,
  note: z.string(),
  changes: z.array(
    z.strictObject({
      part: z.enum(['headline', 'deck', 'body']),
      before: z.nullable(z.string()),
      after: z.nullable(z.string()),
    }),
  ),
  moreChanges: z.int(),
});

export const correctionPageSchema = z.strictObject({
  items: z.array(correctionSchema),
  nextCursor: z.nullable(z.string()),
});
