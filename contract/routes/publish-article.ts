import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { publishRequestSchema } from '../schemas/editorial-article.ts';

export const publishArticle = {
  id: 'publishArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/publish',
  permission: 'editor',
  function: 'publish-article',
  summary: 'Publish an article',
  description:
    'Makes the working copy what the public sees, everywhere or nowhere. The first publication is `initial`; a later one is ' +
    'an `update` unless it says otherwise. A correction needs a note, which readers get.',
  pathParameters: { articleId },
  body: { mediaTypes: ['application/json'], schema: publishRequestSchema, name: 'PublishRequest', optional: true },
  ifMatch: true,
  idempotencyKey: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'not_allowed', 'incomplete', 'nothing_to_publish', 'embargoed', 'slug_taken'],
} as const satisfies Route;
