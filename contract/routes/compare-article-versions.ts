import { slug, version } from '../parameters.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const compareArticleVersions = {
  id: 'compareArticleVersions',
  method: 'GET',
  path: `${publishedArticlesPath}/{slug}/versions/{version}/changes`,
  permission: 'public',
  function: 'read-versions',
  summary: 'Compare two versions of a published article',
  description:
    'What a version changed of the one before it, or of `from`: field by field, and in the body block by block and word by word.',
  pathParameters: { slug, version },
  query: { from: { ...version, description: 'The version to compare with. Without it, the one before.' } },
  reply: { status: 200, schema: 'VersionChanges', headers: ['ETag', 'Cache-Control'] },
  redirects: true,
  errors: ['not_found', 'gone', 'too_large'],
} as const satisfies Route;
