import type { Route } from '../route.ts';

export const getSitemap = {
  id: 'getSitemap',
  method: 'GET',
  path: '/content/v1/sitemap.xml',
  permission: 'public',
  function: 'get-feed',
  summary: 'Get the sitemap',
  description:
    'The index of all pages of the sitemap, or one of them: the stories of a month, of a day where a month has too many, or of ' +
    'an hour where a day has.',
  query: {
    page: {
      type: 'string',
      description: 'A month, a day or an hour of UTC, as the index names it.',
      pattern: /^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]))?)?$/,
      maxLength: 13,
      form: 'must be a month, a day or an hour, such as 2022-01, 2022-01-06 or 2022-01-06T05',
      example: '2022-01',
    },
  },
  reply: { status: 200, alsoAs: ['application/xml'], headers: ['ETag', 'Cache-Control'] },
  errors: ['too_large'],
} as const satisfies Route;
