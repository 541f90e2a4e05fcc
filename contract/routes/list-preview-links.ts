import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';

export const listPreviewLinks = {
  id: 'listPreviewLinks',
  method: 'GET',
  path: '/editorial/v1/articles/{articleId}/preview-links',
  permission: 'contributor',
  function: 'change-preview-links',
  summary: 'List the preview links of an article',
  description: 'Those that are open, newest first: who made each and until when it opens, never its address.',
  pathParameters: { articleId },
  reply: { status: 200, schema: 'PreviewLinkPage', headers: [] },
  errors: ['not_found', 'gone'],
} as const satisfies Route;
