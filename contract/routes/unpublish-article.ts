import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const unpublishArticle = {
  id: 'unpublishArticle',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/unpublish',
  permission: 'editor',
  function: 'unpublish-article',
  summary: 'Unpublish an article',
  description:
    'Takes the article away from the public and leaves the working copy as a draft. Its address answers 404 until it is ' +
    'published again, and stays reserved for it. Where the newsroom shows earlier versions, they come back with it: what must ' +
    'not be read any more is killed.',
  pathParameters: { articleId },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
