import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { killRequestSchema } from '../schemas/action-requests.ts';

export const killArticle = {
  id: 'killArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/kill',
  permission: 'admin',
  function: 'kill-article',
  summary: 'Kill an article',
  description:
    'Takes a story that was public away for good. Readers get the notice (410), and its headline only if that is kept; it leaves every listing at once and can never be published again. Its copy and history stay, for admins.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: killRequestSchema, name: 'KillRequest' },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
