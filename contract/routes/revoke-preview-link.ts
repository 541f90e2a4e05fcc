import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const revokePreviewLink = {
  id: 'revokePreviewLink',
  method: 'DELETE',
  path: '/editorial/v1/articles/{articleId}/preview-links/{linkId}',
  permission: 'contributor',
  function: 'change-preview-links',
  summary: 'Revoke a preview link',
  description:
    'From now on it opens nothing. Whoever may read the article may revoke any link of it; 404 once it is gone.',
  pathParameters: {
    articleId,
    linkId: {
      type: 'string',
      description: 'The id of a preview link.',
      pattern: /^[0-9a-f]{24}$/,
      maxLength: 24,
      form: 'must be the id of a preview link, as the list of them has it',
      example: '8e4ca2cc57f7efb701c24e9c',
    },
  },
  reply: { status: 200, schema: 'PreviewLink', headers: [] },
  errors: ['not_found', 'gone'],
} as const satisfies Route;
