import * as z from 'zod/mini';
import { publicationKinds } from './editorial-article.ts';
import { articleId, instant, slug } from './text.ts';

/** Why a story has a line: it is public (`current`, in a snapshot), was published, or was taken down. */
export const changeKinds = ['current', ...publicationKinds, 'unpublish', 'kill'] as const;

/**
 * A change of what the public sees. It never holds text: whoever follows the log gets the story at its slug. `slug` is null
 * where the newsroom deleted the story's words since.
 */
const changeSchema = z.strictObject({
  /** A ULID that rises with the order of the log; of a line of a snapshot, null. */
  id: z.nullable(z.string()),
  articleId,
  slug: z.nullable(slug),
  kind: z.enum(changeKinds),
  at: instant,
});

/** `nextCursor` is there on the last page too: it is where the next look at the log begins. */
export const changePageSchema = z.strictObject({
  items: z.array(changeSchema),
  nextCursor: z.string(),
  hasMore: z.boolean(),
});
