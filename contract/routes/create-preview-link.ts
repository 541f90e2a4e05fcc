import { articleId } from '../parameters.ts';
import type { Route } from '../route.ts';
import { previewLinkRequestSchema } from '../schemas/preview.ts';

export const createPreviewLink = {
  id: 'createPreviewLink',
  method: 'POST',
  path: '/editorial/v1/articles/{articleId}/preview-links',
  permission: 'contributor',
  function: 'change-preview-links',
  summary: 'Make a preview link',
  description:
    'A link that shows the working copy as it is whenever it is opened, in every format, to whoever holds it, until its ' +
    'minutes are over or it is revoked. Its `url` is told this once: a digest of it is all that is kept. That is why there ' +
    'is no `Idempotency-Key` here, whose kept answer would hold it; whoever lost the answer makes another link. It changes ' +
    'no version of the article.',
  pathParameters: { articleId },
  body: {
    mediaTypes: ['application/json'],
    schema: previewLinkRequestSchema,
    name: 'PreviewLinkRequest',
    optional: true,
  },
  reply: { status: 201, schema: 'NewPreviewLink', headers: ['Location'] },
  errors: ['not_found', 'gone', 'not_allowed'],
} as const satisfies Route;
