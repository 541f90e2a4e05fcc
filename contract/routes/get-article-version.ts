import { formatMediaTypes } from '../formats.ts';
import { fieldsOf, format, slug, version } from '../parameters.ts';
import { articleFields } from '../published-fields.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const getArticleVersion = {
  id: 'getArticleVersion',
  method: 'GET',
  path: `${publishedArticlesPath}/{slug}/versions/{version}`,
  permission: 'public',
  function: 'read-versions',
  summary: 'Get a version of a published article',
  description: 'The article as it was public in this version, without links to stories that were killed since.',
  pathParameters: { slug, version },
  query: { format, fields: fieldsOf(articleFields) },
  reply: {
    status: 200,
    schema: 'PublishedArticle',
    alsoAs: formatMediaTypes,
    headers: ['ETag', 'Last-Modified', 'Cache-Control', 'Content-Language'],
  },
  redirects: true,
  errors: ['not_found', 'not_acceptable', 'gone', 'too_large'],
} as const satisfies Route;
