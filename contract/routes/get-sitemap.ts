import type { Route } from '../route.ts';

export const getSitemap = {
  id: 'getSitemap',
  method: 'GET',
  path: '/content/v1/sitemap.xml',
  permission: 'public',
  function: 'get-feed',
  summary: 'Get the sitemap',
  description:
    'The index of all pages of the sitemap, or one of them: the stories of a month, or of a day where a month has too many.',
  query: {
    page: {
      type: 'string',
      description: 'A month or a day of UTC, as the index names it.',
      pattern: /^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/,
      maxLength: 10,
      form: 'must be a month or a day, such as 2022-01 or 2022-01-06',
      example: '2022-01',
    },
  },
  reply: { status: 200, alsoAs: ['application/xml'], headers: ['ETag', 'Cache-Control'] },
  errors: [],
} as const satisfies Route;
