import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { publishRequestSchema } from '../schemas/action-requests.ts';

export const publishArticle = {
  id: 'publishArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/publish',
  permission: 'editor',
  function: 'publish-article',
  summary: 'Publish an article',
  description:
    'Makes the working copy what the public sees, everywhere or nowhere. The first publication is `initial`; a later one is ' +
    'an `update` unless it says otherwise. A correction needs a note, which readers get, and stands in the listing of ' +
    'corrections. An update keeps the place of the story in the listings unless it is told to `bump` it to the top.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: publishRequestSchema, name: 'PublishRequest', optional: true },
  ifMatch: true,
  idempotencyKey: true,
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
