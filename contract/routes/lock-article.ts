import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { lockRequestSchema } from '../schemas/action-requests.ts';

export const lockArticle = {
  id: 'lockArticle',
  method: 'PUT',
  path: '/editorial/v1/articles/{articleId}/lock',
  permission: 'contributor',
  function: 'lock-article',
  summary: 'Say that you are editing an article',
  description:
    'Others see it as `lock`, until the minutes are over or you unlock it; sent again, it is prolonged. It keeps nobody from saving, and changes no version: `If-Match` alone decides whose edit counts.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: lockRequestSchema, name: 'LockRequest', optional: true },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed', 'locked'],
} as const satisfies Route;
