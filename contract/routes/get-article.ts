import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const getArticle = {
  id: 'getArticle',
  method: 'GET',
  path: '/editorial/v1/articles/{articleId}',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'Get an article',
  description: 'The working copy as it now is. Its ETag is what a change has to name in `If-Match`.',
  pathParameters: { articleId },
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone'],
} as const satisfies Route;
