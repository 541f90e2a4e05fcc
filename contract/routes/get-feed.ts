import { feedMediaTypes } from '../formats.ts';
import type { Route } from '../route.ts';

export const getFeed = {
  id: 'getFeed',
  method: 'GET',
  path: '/content/v1/feeds/{feed+}',
  permission: 'public',
  function: 'get-feed',
  summary: 'Get a feed',
  description:
    'The latest stories as RSS, Atom or JSON Feed: `latest.rss`, `sections/{slug}.atom`, `topics/{id}.json`, `tags/{tag}.rss`, ' +
    '`corrections.atom`. Those of all stories and of a section have the stories whole and name those that were killed; ' +
    'the others have their beginnings.',
  pathParameters: {
    feed: {
      type: 'string',
      description: 'The name of the feed, with `.rss`, `.atom` or `.json`.',
      maxLength: 2048,
      example: 'latest.rss',
    },
  },
  reply: {
    status: 200,
    alsoAs: Object.values(feedMediaTypes),
    headers: ['ETag', 'Cache-Control'],
  },
  redirects: true,
  errors: ['not_found', 'not_acceptable'],
} as const satisfies Route;
