import { cursor, limit, slug } from '../parameters.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const listArticleVersions = {
  id: 'listArticleVersions',
  method: 'GET',
  path: `${publishedArticlesPath}/{slug}/versions`,
  permission: 'public',
  function: 'read-versions',
  summary: 'List the versions of a published article',
  description:
    'Each version that was public, the latest first, and until when. A page ends at a megabyte of the texts that it leaves ' +
    'out, so that it may be short. A newsroom that shows no earlier versions answers 404.',
  pathParameters: { slug },
  query: { limit, cursor },
  reply: { status: 200, schema: 'VersionPage', headers: ['ETag', 'Link', 'Cache-Control'] },
  redirects: true,
  errors: ['not_found', 'gone'],
} as const satisfies Route;
