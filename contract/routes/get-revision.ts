import { articleId, revision } from '../parameters.ts';
import type { Route } from '../route.ts';

export const getRevision = {
  id: 'getRevision',
  method: 'GET',
  path: '/editorial/v1/articles/{articleId}/revisions/{revision}',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'Get a revision of an article',
  description: 'All that the article said, as it was saved. Revisions never change.',
  pathParameters: { articleId, revision },
  reply: { status: 200, schema: 'Revision', headers: [] },
  errors: ['not_found', 'gone'],
} as const satisfies Route;
