import * as z from 'zod/mini';
import { topicId } from './article.ts';

const namedTopic = { id: topicId, name: z.string() };

/** A topic as a picker shows it: where it stands in the vocabulary, and whether there are narrower ones below it. */
const topicSchema = z
  .strictObject({
    ...namedTopic,
    /** The outermost first; empty for a top-level topic. */
    parents: z.array(z.strictObject(namedTopic)),
    hasChildren: z.boolean(),
  })
  .register(z.globalRegistry, { id: 'Topic' });

export const topicPageSchema = z.strictObject({ items: z.array(topicSchema) });
export type TopicPage = z.infer<typeof topicPageSchema>;
