import * as z from 'zod/mini';
import { type HistoryAction, historyActions } from '../article-actions.ts';
import { workingFields } from './article.ts';
import { actorSchema, publicationKind } from './editorial-article.ts';
import { instant } from './text.ts';

const action = z.enum(historyActions as unknown as [HistoryAction]);

/** A line of an article's history: what was done and by whom, never the article's own text. */
export const historyLineSchema = z.strictObject({
  /** A ULID, greater than those of the lines before. */
  id: z.string(),
  action,
  at: instant,
  by: actorSchema,
  /** The client that it was done through: a machine's name, or the id of the client that people sign in with. */
  client: z.nullable(z.string()),
  /** The version that the action made. */
  version: z.int(),
  fromRevision: z.nullable(z.int()),
  toRevision: z.int(),
  note: z.nullable(z.string()),
  kind: z.nullable(publicationKind),
  publishAt: z.nullable(instant),
  unpublishAt: z.nullable(instant),
  /** Whoever scheduled what the clock has done. */
  scheduledBy: z.nullable(actorSchema),
  /** How much later than scheduled it was done, in milliseconds. */
  lateByMs: z.nullable(z.int()),
  /** Published by an admin without the second pair of eyes that the newsroom asks for. */
  emergency: z.boolean(),
});
export type HistoryLine = z.infer<typeof historyLineSchema>;

export const historyPageSchema = z.strictObject({
  items: z.array(historyLineSchema),
  nextCursor: z.nullable(z.string()),
});

const revision = { revision: z.int(), at: instant, by: actorSchema, action: z.nullable(action) };

export const revisionPageSchema = z.strictObject({
  items: z.array(z.strictObject(revision)),
  nextCursor: z.nullable(z.string()),
});

/** A revision, whole and as it was saved. */
export const revisionSchema = z.strictObject({ ...revision, article: z.strictObject(workingFields) });
export type Revision = z.infer<typeof revisionSchema>;
