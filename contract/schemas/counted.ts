import * as z from 'zod/mini';
import { slug } from './text.ts';

/** How many stories are public in a section. Counted after each publication, so that it may be some seconds old. */
export const publishedSectionsSchema = z.strictObject({
  items: z.array(z.strictObject({ slug, name: z.string(), count: z.int() })),
});

export const publishedTopicsSchema = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), name: z.string(), count: z.int() })),
});
