import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { noteRequestSchema } from '../schemas/action-requests.ts';

export const approveArticle = {
  id: 'approveArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/approve',
  permission: 'editor',
  function: 'review-article',
  summary: 'Approve an article',
  description:
    'Says that this revision may be published. Whatever is changed after that takes it back to draft. Where the newsroom wants four eyes, nobody approves what they edited themselves.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: noteRequestSchema, name: 'NoteRequest', optional: true },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed', 'four_eyes'],
} as const satisfies Route;
