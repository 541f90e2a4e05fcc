import { articleId, cursor, limit } from '../parameters.ts';
import type { Route } from '../route.ts';

export const listRevisions = {
  id: 'listRevisions',
  method: 'GET',
  path: '/editorial/v1/articles/{articleId}/revisions',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'List the revisions of an article',
  description: 'Who saved what and when, the last first, without the text.',
  pathParameters: { articleId },
  query: { limit, cursor },
  reply: { status: 200, schema: 'RevisionPage', headers: ['Link'] },
  errors: ['not_found', 'gone'],
} as const satisfies Route;
