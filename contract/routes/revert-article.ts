import { articleId, revision } from '../parameters.ts';
import type { Route } from '../route.ts';

export const revertArticle = {
  id: 'revertArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/revisions/{revision}/revert',
  permission: 'editor',
  function: 'update-article',
  summary: 'Revert an article',
  description:
    'Makes what the article said in this revision its next one. Nothing is lost: the revisions in between stay.',
  pathParameters: { articleId, revision },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
