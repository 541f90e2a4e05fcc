import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { scheduleRequestSchema } from '../schemas/action-requests.ts';

export const scheduleArticle = {
  id: 'scheduleArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/schedule',
  permission: 'editor',
  function: 'schedule-article',
  summary: 'Schedule an article',
  description:
    'Decides when this revision is published, when what is live ends, or both. Times are to the second, with any offset, and kept within the minute. All that publishing checks is checked now; editing takes the article off the schedule. Of a live story the end alone can be scheduled, without `publishAt`; an end that was decided before stays unless another one, or null, is sent.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: scheduleRequestSchema, name: 'ScheduleRequest' },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: [
    'not_found',
    'gone',
    'not_allowed',
    'four_eyes',
    'incomplete',
    'nothing_to_publish',
    'embargoed',
    'slug_taken',
  ],
} as const satisfies Route;
