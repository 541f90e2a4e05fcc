import { fieldsOf, limit, slug } from '../parameters.ts';
import { summaryFields } from '../published-fields.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const listRelatedArticles = {
  id: 'listRelatedArticles',
  method: 'GET',
  path: `${publishedArticlesPath}/{slug}/related`,
  permission: 'public',
  function: 'get-published-article',
  summary: 'List the stories related to an article',
  description:
    'Those that its editors picked, in their order, then those that share most topics, places, people and tags with it, ' +
    'the latest first. Stories that were taken down are none of them.',
  pathParameters: { slug },
  query: { limit: { ...limit, maximum: 20, default: 6 }, fields: fieldsOf(summaryFields) },
  reply: { status: 200, schema: 'RelatedPage', headers: ['ETag', 'Cache-Control'] },
  redirects: true,
  errors: ['not_found', 'gone'],
} as const satisfies Route;
