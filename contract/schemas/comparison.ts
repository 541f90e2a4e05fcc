import * as z from 'zod/mini';
import { json } from './article.ts';
import { bodySchema } from './body.ts';

/** A stretch of text. `same` and `removed` joined are the old text, `same` and `added` the new one, to the character. */
const words = z
  .array(z.strictObject({ type: z.enum(['same', 'added', 'removed']), text: z.string() }))
  .register(z.globalRegistry, { id: 'ComparedWords' });

/** A field that differs, with both its values whole. `words` is empty unless the field is prose. */
export const comparedField = z.strictObject({ field: z.string(), before: json, after: json, words });

/** A block and its position in the body of its revision, from 0. */
const placedBlock = z
  .strictObject({ index: z.int().check(z.gte(0)), block: bodySchema.def.element })
  .register(z.globalRegistry, { id: 'PlacedBlock' });

/** `before` is null for an added block, `after` for a removed one. A change of style or marks alone has only `same` words. */
export const comparedBlock = z.strictObject({
  change: z.enum(['added', 'removed', 'changed', 'moved']),
  before: z.nullable(placedBlock),
  after: z.nullable(placedBlock),
  words,
});

/**
 * What differs between two revisions of an article, by their numbers: the fields but `body` in the article's order, then
 * the blocks of the body in the order of reading. What is equal is not named, so both lists are empty for equal content.
 */
export const comparisonSchema = z.strictObject({
  from: z.int(),
  to: z.int(),
  fields: z.array(comparedField),
  body: z.array(comparedBlock),
});

export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparedField = z.infer<typeof comparedField>;
export type ComparedBlock = z.infer<typeof comparedBlock>;
export type ComparedWords = z.infer<typeof words>;
