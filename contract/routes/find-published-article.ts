import { articleId } from '../parameters.ts';
import { byId, publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';
import { getPublishedArticle } from './get-published-article.ts';

export const findPublishedArticle = {
  id: 'findPublishedArticle',
  method: 'GET',
  path: `${publishedArticlesPath}/${byId}/{articleId}`,
  permission: 'public',
  function: 'get-published-article',
  summary: 'Find a published article by its id',
  description:
    'Answers 301 with the address that the article, or the notice in its place, has now; what was asked for beside the id ' +
    'is asked for there. So a story is kept at one address, and purged from there.',
  pathParameters: { articleId },
  query: getPublishedArticle.query,
  reply: { status: 301, headers: ['Location', 'Cache-Control'] },
  errors: ['not_found', 'not_acceptable'],
} as const satisfies Route;
