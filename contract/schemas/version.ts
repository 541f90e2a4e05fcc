import * as z from 'zod/mini';
import { comparedBlock, comparedField } from './comparison.ts';
import { publicationKind } from './editorial-article.ts';
import { instant, slug } from './text.ts';

/** A version that was public from `at` to `until`, which is null while it still is. `id` is opaque. */
const versionSchema = z.strictObject({
  id: z.string(),
  at: instant,
  until: z.nullable(instant),
  kind: publicationKind,
  slug,
});
export type PublishedVersion = z.infer<typeof versionSchema>;

export const versionPageSchema = z.strictObject({
  items: z.array(versionSchema),
  nextCursor: z.nullable(z.string()),
});

/**
 * What readers of `to` read differently than readers of `from` did, by the ids of the versions: the fields but `body`, then
 * the blocks of the body. `from` is null for the first version, which is then wholly new.
 */
export const versionChangesSchema = z.strictObject({
  from: z.nullable(z.string()),
  to: z.string(),
  fields: z.array(comparedField),
  body: z.array(comparedBlock),
});
