import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { noteRequestSchema } from '../schemas/action-requests.ts';

export const submitArticle = {
  id: 'submitArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/submit',
  permission: 'contributor',
  function: 'review-article',
  summary: 'Submit an article',
  description: 'Hands a draft to the desk. While it is in review, editors alone change it.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: noteRequestSchema, name: 'NoteRequest', optional: true },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
