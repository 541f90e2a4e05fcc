import { formatMediaTypes } from '../formats.ts';
import { format } from '../parameters.ts';
import { previewPath } from '../preview-path.ts';
import type { Route } from '../route.ts';

export const getPreview = {
  id: 'getPreview',
  method: 'GET',
  path: previewPath('{token}'),
  permission: 'public',
  function: 'get-preview',
  secretPath: true,
  summary: 'Preview an article',
  description:
    'The working copy as it now is, in the form that `format` names: what readers would get if it was published this ' +
    'moment, embargoed or not, with `preview` to mark it. What it still lacks for publication is left empty; without a ' +
    'section it stands in `unfiled`. Never cached and never indexed. 410 once the article was killed or purged; every link ' +
    'that opens nothing is answered with the same 404, whatever the reason.',
  pathParameters: {
    token: {
      type: 'string',
      description: 'The end of a preview link’s address.',
      // No request line that API Gateway takes has room for more, so whatever is no token is answered like a link that is over.
      maxLength: 10_240,
      example: 'YW4gZXhhbXBsZSBvZiBhIHRva2VuOiBubyBzZWNyZXQ',
    },
  },
  query: { format },
  reply: {
    status: 200,
    schema: 'PreviewArticle',
    alsoAs: formatMediaTypes,
    headers: ['Cache-Control', 'Content-Language'],
  },
  errors: ['not_found', 'not_acceptable', 'gone', 'too_large'],
} as const satisfies Route;
