import { slug } from '../parameters.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const getPublishedArticle = {
  id: 'getPublishedArticle',
  method: 'GET',
  path: `${publishedArticlesPath}/{slug}`,
  permission: 'public',
  function: 'get-published-article',
  summary: 'Get a published article',
  description:
    'The article as published. A slug that it had before answers 301 with the one it has now. A story that was killed ' +
    'answers 410 with the notice in its place.',
  pathParameters: { slug },
  reply: {
    status: 200,
    schema: 'PublishedArticle',
    headers: ['ETag', 'Last-Modified', 'Cache-Control', 'Content-Language'],
  },
  redirects: true,
  errors: ['not_found', 'gone'],
} as const satisfies Route;
