import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { returnRequestSchema } from '../schemas/action-requests.ts';

export const returnArticle = {
  id: 'returnArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/return',
  permission: 'editor',
  function: 'review-article',
  summary: 'Return an article',
  description:
    'Gives an article in review, or an approved one, back to whoever writes it, with a note on what is missing.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: returnRequestSchema, name: 'ReturnRequest' },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
