import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const restoreArticle = {
  id: 'restoreArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/restore',
  permission: 'editor',
  function: 'trash-article',
  summary: 'Take an article out of the trash',
  description: 'It is a draft again.',
  pathParameters: { articleId },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
