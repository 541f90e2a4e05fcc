import * as z from 'zod/mini';
import { type ArticleAction, articleActions, type DueAction, dueActions } from '../article-actions.ts';
import { type ErrorCode, errors } from '../errors.ts';
import { publicStates, stages } from '../stages.ts';
import { workingFields } from './article.ts';
import { articleId, instant, slug } from './text.ts';

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
    state: z.enum(publicStates.filter((state) => state !== 'none')),
    slug,
    revision: z.int(),
    kind: publicationKind,
    firstPublishedAt: instant,
    publishedAt: instant,
    /** What readers are told of a killed story, and whether they still see its headline. */
    kill: z.nullable(z.strictObject({ at: instant, notice: z.string(), headline: z.nullable(z.string()) })),
  })
  .register(z.globalRegistry, { id: 'Publication' });

/** What happens by itself, and who decided it. `publishAt` binds `revision`; `unpublishAt` whatever is live by then. */
const scheduleSchema = z
  .strictObject({
    publishAt: z.nullable(instant),
    unpublishAt: z.nullable(instant),
    kind: z.nullable(publicationKind),
    note: z.nullable(z.string()),
    bump: z.boolean(),
    revision: z.int(),
    at: instant,
    by: actorSchema,
  })
  .register(z.globalRegistry, { id: 'Schedule' });

const approvalSchema = z.strictObject({ revision: z.int(), at: instant, by: actorSchema });

/** Why a scheduled action was not carried out. */
const troubleSchema = z
  .strictObject({
    action: z.enum(dueActions as unknown as [DueAction]),
    at: instant,
    code: z.enum(Object.keys(errors) as [ErrorCode]),
    detail: z.string(),
  })
  .register(z.globalRegistry, { id: 'Trouble' });

/** Who says that they are editing, until when. Nobody is held up by it: `If-Match` alone decides. */
export const lockSchema = z
  .strictObject({ by: actorSchema, at: instant, expiresAt: instant })
  .register(z.globalRegistry, { id: 'Lock' });
export type Lock = z.infer<typeof lockSchema>;

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
  approval: z.nullable(approvalSchema),
  schedule: z.nullable(scheduleSchema),
  trouble: z.nullable(troubleSchema),
  /** When a trashed article is purged. */
  purgeAt: z.nullable(instant),
};

export const editorialArticleSchema = z.strictObject({
  id: articleId,
  ...workingFields,
  ...standing,
  lock: z.nullable(lockSchema),
  /** What whoever asked may do next. */
  allowedActions: z.array(z.enum(articleActions as unknown as [ArticleAction])),
});
export type EditorialArticle = z.infer<typeof editorialArticleSchema>;

/** A line of the desk's lists. */
export const editorialSummarySchema = z.strictObject({
  id: articleId,
  headline: workingFields.headline,
  slugline: workingFields.slugline,
  section: workingFields.section,
  tags: workingFields.tags,
  authors: workingFields.authors,
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

/** What is left of an article once its text is deleted. */
export const purgedArticleSchema = z.strictObject({ id: articleId, purgedAt: instant, purgedBy: actorSchema });
export type PurgedArticle = z.infer<typeof purgedArticleSchema>;

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
