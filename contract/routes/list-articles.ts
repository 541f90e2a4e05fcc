import { cursor, limit } from '../parameters.ts';
import type { Route } from '../route.ts';
import { stages } from '../stages.ts';

export const listArticles = {
  id: 'listArticles',
  method: 'GET',
  path: '/editorial/v1/articles',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'List articles',
  description: 'Working copies, the one changed last first.',
  query: {
    stage: { type: 'enum', description: 'Only articles at this stage.', values: stages },
    limit,
    cursor,
  },
  reply: { status: 200, schema: 'EditorialPage', headers: ['Link'] },
  errors: [],
} as const satisfies Route;
