import { articleId, revision } from '../parameters.ts';
import type { Route } from '../route.ts';

export const compareRevisions = {
  id: 'compareRevisions',
  method: 'GET',
  path: '/editorial/v1/articles/{articleId}/revisions/{revision}/changes',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'Compare two revisions of an article',
  description:
    'What `revision` changed of `from`: field by field, and in the body block by block and word by word. `Accept: text/plain` gets it as a text to read.',
  pathParameters: { articleId, revision },
  query: { from: { ...revision, description: 'The revision to compare with. Without it, the one before.' } },
  reply: { status: 200, schema: 'Comparison', alsoAs: ['text/plain'], headers: [] },
  errors: ['not_found', 'gone', 'too_large'],
} as const satisfies Route;
