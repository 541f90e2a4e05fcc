import * as z from 'zod/mini';
import { publicationKind } from './editorial-article.ts';
import { instant, text } from './text.ts';

/** For the history: why something was done. */
const note = text({ max: 1000, multiline: true });

/** An instant to the second: what falls due is looked for each minute, and a fraction would promise more. */
const second = instant.check(z.overwrite((value) => value.replace(/\.\d+Z$/, '.000Z')));

export const noteRequestSchema = z.strictObject({ note: z.optional(note) });
export type NoteRequest = z.infer<typeof noteRequestSchema>;

export const returnRequestSchema = z.strictObject({ note });
export type ReturnRequest = z.infer<typeof returnRequestSchema>;

const publishing = { kind: z.optional(publicationKind), note: z.optional(note), bump: z.optional(z.boolean()) };

export const publishRequestSchema = z.strictObject(publishing);
export type PublishRequest = z.infer<typeof publishRequestSchema>;

/**
 * `publishAt` may be missing for a live story, of which only the end is scheduled then. An `unpublishAt` that was decided
 * before stays unless another one, or null, is sent.
 */
export const scheduleRequestSchema = z.strictObject({
  publishAt: z.optional(second),
  unpublishAt: z.optional(z.nullable(second)),
  ...publishing,
});
export type ScheduleRequest = z.infer<typeof scheduleRequestSchema>;

/** `notice` is what readers get in the story's place. Its headline goes with it unless it is kept. */
export const killRequestSchema = z.strictObject({
  notice: text({ max: 2000, multiline: true }),
  keepHeadline: z.optional(z.boolean()),
});
export type KillRequest = z.infer<typeof killRequestSchema>;

export const lockRequestSchema = z.strictObject({ minutes: z._default(z.int().check(z.gte(1), z.lte(60)), 10) });
export type LockRequest = z.infer<typeof lockRequestSchema>;

export const sectionInputSchema = z.strictObject({ name: text({ max: 100 }) });
export type SectionInput = z.infer<typeof sectionInputSchema>;
