import type { Route } from '../route.ts';

export const getNewsSitemap = {
  id: 'getNewsSitemap',
  method: 'GET',
  path: '/content/v1/news-sitemap.xml',
  permission: 'public',
  function: 'get-feed',
  summary: 'Get the news sitemap',
  description:
    'For Google News: stories first published in the last 48 hours, at most 1,000. An update does not bring one back.',
  reply: { status: 200, alsoAs: ['application/xml'], headers: ['ETag', 'Cache-Control'] },
  errors: [],
} as const satisfies Route;
