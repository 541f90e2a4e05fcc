import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const unlockArticle = {
  id: 'unlockArticle',
  method: 'DELETE',
  path: '/editorial/v1/articles/{articleId}/lock',
  permission: 'contributor',
  function: 'lock-article',
  summary: 'Say that you are done editing an article',
  description: 'Takes your lock away. An editor may take anybody’s.',
  pathParameters: { articleId },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'locked'],
} as const satisfies Route;
