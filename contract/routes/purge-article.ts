import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const purgeArticle = {
  id: 'purgeArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/purge',
  permission: 'admin',
  function: 'purge-article',
  summary: 'Purge an article',
  description:
    'Deletes the text of a trashed or killed article for good, revisions included. The history keeps that it was done, when and by whom; a killed story goes on answering with its notice.',
  pathParameters: { articleId },
  ifMatch: true,
  reply: { status: 200, schema: 'PurgedArticle', headers: [] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
