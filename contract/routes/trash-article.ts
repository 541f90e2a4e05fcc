import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const trashArticle = {
  id: 'trashArticle',
  method: 'DELETE',
  path: '/editorial/v1/articles/{articleId}',
  permission: 'editor',
  function: 'trash-article',
  summary: 'Trash an article',
  description: 'Puts an article away that is not live. After thirty days it is purged.',
  pathParameters: { articleId },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
