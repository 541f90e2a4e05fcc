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
import { comparisonSchema } from './comparison.ts';
import {
  editorialArticleSchema,
  editorialPageSchema,
  importedWireCopySchema,
  purgedArticleSchema,
} from './editorial-article.ts';
import { historyPageSchema, revisionPageSchema, revisionSchema } from './history.ts';
import { gatewayMessageSchema, healthSchema, problemSchema } from './problem.ts';
import { publishedArticleSchema, publishedPageSchema } from './published-article.ts';
import { sectionPageSchema, sectionSchema } from './section.ts';
import { topicPageSchema } from './topic.ts';

/**
 * The schemas by the name that the OpenAPI document gives them. Routes name their replies rather than import them: a
 * function never checks its own reply, so zod stays out of the bundles that do not need it.
 */
export const schemas = {
  ArticleInput: articleInputSchema,
  ArticlePatch: articlePatchSchema,
  Comparison: comparisonSchema,
  EditorialArticle: editorialArticleSchema,
  EditorialPage: editorialPageSchema,
  GatewayMessage: gatewayMessageSchema,
  Health: healthSchema,
  HistoryPage: historyPageSchema,
  ImportedWireCopy: importedWireCopySchema,
  KillRequest: killRequestSchema,
  LockRequest: lockRequestSchema,
  NoteRequest: noteRequestSchema,
  Problem: problemSchema,
  PublishedArticle: publishedArticleSchema,
  PublishedPage: publishedPageSchema,
  PublishRequest: publishRequestSchema,
  PurgedArticle: purgedArticleSchema,
  ReturnRequest: returnRequestSchema,
  Revision: revisionSchema,
  RevisionPage: revisionPageSchema,
  ScheduleRequest: scheduleRequestSchema,
  Section: sectionSchema,
  SectionInput: sectionInputSchema,
  SectionPage: sectionPageSchema,
  TopicPage: topicPageSchema,
} as const;

export type SchemaName = keyof typeof schemas;
