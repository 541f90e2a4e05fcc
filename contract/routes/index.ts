import type { ReactionId } from '../events.ts';
import type { Route } from '../route.ts';
import { createArticle } from './create-article.ts';
import { getArticle } from './get-article.ts';
import { getHealth } from './get-health.ts';
import { getPublishedArticle } from './get-published-article.ts';
import { importWireCopy } from './import-wire-copy.ts';
import { listArticles } from './list-articles.ts';
import { listPublishedArticles } from './list-published-articles.ts';
import { publishArticle } from './publish-article.ts';
import { unpublishArticle } from './unpublish-article.ts';
import { updateArticle } from './update-article.ts';

/**
 * The API. The stack, the OpenAPI document, the local gateway and the client each loop over this table; a function
 * imports its own routes only, so that no other route's schemas reach its bundle.
 */
export const routes = {
  createArticle,
  importWireCopy,
  listArticles,
  getArticle,
  updateArticle,
  publishArticle,
  unpublishArticle,
  listPublishedArticles,
  getPublishedArticle,
  getHealth,
} as const satisfies Record<string, Route>;

export type RouteId = keyof typeof routes;

/** Functions that no route names: CloudFormation, people who operate the stage, and the content table's stream call them. */
export type BackgroundFunctionId = 'load-seeds' | 'rerender-articles' | ReactionId;

export type FunctionId = (typeof routes)[RouteId]['function'] | BackgroundFunctionId;
