import * as z from 'zod/mini';
import { actorSchema } from './editorial-article.ts';
import { instant, slug } from './text.ts';

/** A section of the newsroom. One that was merged into another stays as a name for that one. */
export const sectionSchema = z.strictObject({
  slug,
  name: z.string(),
  version: z.int(),
  mergedInto: z.nullable(slug),
  /** When it was added, named or merged, and by whom; null for what came with the seeds. */
  updatedAt: z.nullable(instant),
  updatedBy: z.nullable(actorSchema),
});
export type EditorialSection = z.infer<typeof sectionSchema>;

export const sectionPageSchema = z.strictObject({ items: z.array(sectionSchema) });
