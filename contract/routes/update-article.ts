import { articleId } from '../parameters.ts';
import { mergePatchMediaTypes, type Route } from '../route.ts';
import { articlePatchSchema } from '../schemas/article.ts';

export const updateArticle = {
  id: 'updateArticle',
  method: 'PATCH',
  path: '/editorial/v1/articles/{articleId}',
  permission: 'contributor',
  function: 'update-article',
  summary: 'Update an article',
  description:
    'A JSON Merge Patch (RFC 7396). A missing field stays, null unsets it, lists and `body` are replaced whole. Changing ' +
    'a published article takes its working copy to draft; what the public sees stays until the next publication. A patch ' +
    'that changes nothing leaves the version as it is.',
  pathParameters: { articleId },
  body: { mediaTypes: mergePatchMediaTypes, schema: articlePatchSchema, name: 'ArticlePatch' },
  ifMatch: true,
  reply: { status: 200, schema: 'EditorialArticle', headers: ['ETag'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
