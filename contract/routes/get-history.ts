import { articleId, cursor, limit } from '../parameters.ts';
import type { Route } from '../route.ts';

export const getHistory = {
  id: 'getHistory',
  method: 'GET',
  path: '/editorial/v1/articles/{articleId}/history',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'Get the history of an article',
  description:
    'Every action, the last first: who, what, when, from which revision to which, with which note and through which client. Of a purged article it is all that is left.',
  pathParameters: { articleId },
  query: { limit, cursor },
  reply: { status: 200, schema: 'HistoryPage', headers: ['Link'] },
  errors: ['not_found'],
} as const satisfies Route;
