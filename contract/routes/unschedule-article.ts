import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const unscheduleArticle = {
  id: 'unscheduleArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/unschedule',
  permission: 'editor',
  function: 'schedule-article',
  summary: 'Take an article off the schedule',
  description: 'Nothing happens by itself any more: neither a publication nor the end of a live story.',
  pathParameters: { articleId },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
