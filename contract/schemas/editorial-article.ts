import * as z from 'zod/mini';
import { stages } from '../stages.ts';
import { workingFields } from './article.ts';
import { articleId, instant, slug, text } from './text.ts';

export const publicationStates = ['live', 'withdrawn'] as const;

/** Why a version was published. Only the first publication of a story is `initial`. */
export const publicationKinds = ['initial', 'update', 'correction', 'clarification', 'refile'] as const;
export const publicationKind = z.enum(publicationKinds);
export type PublicationKind = z.infer<typeof publicationKind>;

/** Who did something: Cognito's subject and username, or a machine client's id. */
export const actorSchema = z
  .strictObject({ sub: z.string(), username: z.string() })
  .register(z.globalRegistry, { id: 'Actor' });

const publicationSchema = z
  .strictObject({
    state: z.enum(publicationStates),
    slug,
    revision: z.int(),
    kind: publicationKind,
    firstPublishedAt: instant,
    publishedAt: instant,
  })
  .register(z.globalRegistry, { id: 'Publication' });

/** Where an article stands, beside what it says. */
const standing = {
  stage: z.enum(stages),
  version: z.int(),
  revision: z.int(),
  createdAt: instant,
  createdBy: actorSchema,
  updatedAt: instant,
  updatedBy: actorSchema,
  publication: z.nullable(publicationSchema),
  hasUnpublishedChanges: z.boolean(),
};

export const editorialArticleSchema = z.strictObject({ id: articleId, ...workingFields, ...standing });
export type EditorialArticle = z.infer<typeof editorialArticleSchema>;

/** A line of the desk's lists. */
export const editorialSummarySchema = z.strictObject({
  id: articleId,
  headline: workingFields.headline,
  slugline: workingFields.slugline,
  section: workingFields.section,
  language: workingFields.language,
  urgency: workingFields.urgency,
  breaking: workingFields.breaking,
  embargoUntil: workingFields.embargoUntil,
  ...standing,
});
export type EditorialSummary = z.infer<typeof editorialSummarySchema>;

export const editorialPageSchema = z.strictObject({
  items: z.array(editorialSummarySchema),
  nextCursor: z.nullable(z.string()),
});

export const publishRequestSchema = z.strictObject({
  kind: z.optional(publicationKind),
  note: z.optional(text({ max: 1000, multiline: true })),
});
export type PublishRequest = z.infer<typeof publishRequestSchema>;

const droppedLine = z.strictObject({ line: z.int(), text: z.string(), reason: z.string() });
const warning = z.strictObject({ line: z.nullable(z.int()), text: z.string() });

/**
 * What became of a wire copy: the draft, the headlines that it names as related (an editor picks the articles), each line
 * that is not part of it, and what an editor should look at.
 */
export const importedWireCopySchema = z.strictObject({
  article: editorialArticleSchema,
  related: z.array(z.string()),
  dropped: z.array(droppedLine),
  warnings: z.array(warning),
});
