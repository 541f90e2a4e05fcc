import { articleInputSchema, articlePatchSchema } from './article.ts';
import {
  editorialArticleSchema,
  editorialPageSchema,
  importedWireCopySchema,
  publishRequestSchema,
} from './editorial-article.ts';
import { gatewayMessageSchema, healthSchema, problemSchema } from './problem.ts';
import { publishedArticleSchema, publishedPageSchema } from './published-article.ts';

/**
 * The schemas by the name that the OpenAPI document gives them. Routes name their replies rather than import them: a
 * function never checks its own reply, so zod stays out of the bundles that do not need it.
 */
export const schemas = {
  ArticleInput: articleInputSchema,
  ArticlePatch: articlePatchSchema,
  EditorialArticle: editorialArticleSchema,
  EditorialPage: editorialPageSchema,
  GatewayMessage: gatewayMessageSchema,
  Health: healthSchema,
  ImportedWireCopy: importedWireCopySchema,
  Problem: problemSchema,
  PublishedArticle: publishedArticleSchema,
  PublishedPage: publishedPageSchema,
  PublishRequest: publishRequestSchema,
} as const;

export type SchemaName = keyof typeof schemas;
