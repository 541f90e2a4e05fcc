import {
  killRequestSchema,
  lockRequestSchema,
  noteRequestSchema,
  publishRequestSchema,
  returnRequestSchema,
  scheduleRequestSchema,
  sectionInputSchema,
} from './action-requests.ts';
import { articleInputSchema, articlePatchSchema } from './article.ts';
import { changePageSchema } from './change.ts';
import { comparisonSchema } from './comparison.ts';
import { correctionPageSchema } from './correction.ts';
import { publishedSectionsSchema, publishedTopicsSchema } from './counted.ts';
import {
  editorialArticleSchema,
  editorialPageSchema,
  importedWireCopySchema,
  purgedArticleSchema,
} from './editorial-article.ts';
import { historyPageSchema, revisionPageSchema, revisionSchema } from './history.ts';
import {
  newPreviewLinkSchema,
  previewArticleSchema,
  previewLinkPageSchema,
  previewLinkRequestSchema,
  previewLinkSchema,
} from './preview.ts';
import { gatewayMessageSchema, healthSchema, problemSchema } from './problem.ts';
import { publishedArticleSchema, publishedPageSchema, relatedPageSchema } from './published-article.ts';
import { sectionPageSchema, sectionSchema } from './section.ts';
import { topicPageSchema } from './topic.ts';
import { versionChangesSchema, versionPageSchema } from './version.ts';

/**
 * The schemas by the name that the OpenAPI document gives them. Routes name their replies rather than import them: a
 * function never checks its own reply, so zod stays out of the bundles that do not need it.
 */
export const schemas = {
  ArticleInput: articleInputSchema,
  ArticlePatch: articlePatchSchema,
  ChangePage: changePageSchema,
  Comparison: comparisonSchema,
  CorrectionPage: correctionPageSchema,
  EditorialArticle: editorialArticleSchema,
  EditorialPage: editorialPageSchema,
  GatewayMessage: gatewayMessageSchema,
  Health: healthSchema,
  HistoryPage: historyPageSchema,
  ImportedWireCopy: importedWireCopySchema,
  KillRequest: killRequestSchema,
  LockRequest: lockRequestSchema,
  NewPreviewLink: newPreviewLinkSchema,
  NoteRequest: noteRequestSchema,
  PreviewArticle: previewArticleSchema,
  PreviewLink: previewLinkSchema,
  PreviewLinkPage: previewLinkPageSchema,
  PreviewLinkRequest: previewLinkRequestSchema,
  Problem: problemSchema,
  PublishedArticle: publishedArticleSchema,
  PublishedPage: publishedPageSchema,
  PublishedSections: publishedSectionsSchema,
  PublishedTopics: publishedTopicsSchema,
  PublishRequest: publishRequestSchema,
  PurgedArticle: purgedArticleSchema,
  RelatedPage: relatedPageSchema,
  ReturnRequest: returnRequestSchema,
  Revision: revisionSchema,
  RevisionPage: revisionPageSchema,
  ScheduleRequest: scheduleRequestSchema,
  Section: sectionSchema,
  SectionInput: sectionInputSchema,
  SectionPage: sectionPageSchema,
  TopicPage: topicPageSchema,
  VersionChanges: versionChangesSchema,
  VersionPage: versionPageSchema,
} as const;

export type SchemaName = keyof typeof schemas;
