import * as z from 'zod/mini';
import { slug } from './text.ts';

/** A section of the newsroom. One that was merged into another stays as a name for that one. */
export const sectionSchema = z.strictObject({
  slug,
  name: z.string(),
  version: z.int(),
  mergedInto: z.nullable(slug),
});
export type EditorialSection = z.infer<typeof sectionSchema>;

export const sectionPageSchema = z.strictObject({ items: z.array(sectionSchema) });
