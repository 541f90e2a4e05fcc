import { cursor, limit, section } from '../parameters.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const listPublishedArticles = {
  id: 'listPublishedArticles',
  method: 'GET',
  path: publishedArticlesPath,
  permission: 'public',
  function: 'list-published-articles',
  summary: 'List published articles',
  description:
    'Summaries of what is published, latest first. A section that was merged into another answers 301 with the listing of that one.',
  query: { section, limit, cursor },
  reply: { status: 200, schema: 'PublishedPage', headers: ['ETag', 'Link', 'Cache-Control'] },
  redirects: true,
  errors: [],
} as const satisfies Route;
