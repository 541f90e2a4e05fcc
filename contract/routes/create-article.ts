import type { Route } from '../route.ts';
import { articleInputSchema } from '../schemas/article.ts';

export const createArticle = {
  id: 'createArticle',
  method: 'POST',
  path: '/editorial/v1/articles',
  permission: 'contributor',
  function: 'create-article',
  summary: 'Create an article',
  description:
    'Makes a draft, revision 1. Only the headline is required. The body is written as Portable Text blocks, as ' +
    '`{"markdown": "…"}` or as `{"text": "…"}`, and is always stored and answered as blocks.',
  body: { mediaTypes: ['application/json'], schema: articleInputSchema, name: 'ArticleInput' },
  idempotencyKey: true,
  reply: { status: 201, schema: 'EditorialArticle', headers: ['ETag', 'Location'] },
  errors: [],
} as const satisfies Route;
