import type { Route } from '../route.ts';

export const listPublishedSections = {
  id: 'listPublishedSections',
  method: 'GET',
  path: '/content/v1/sections',
  permission: 'public',
  function: 'list-published-articles',
  summary: 'List the sections that have stories',
  description: 'By slug, each with how many stories are public in it.',
  reply: { status: 200, schema: 'PublishedSections', headers: ['ETag', 'Cache-Control'] },
  errors: [],
} as const satisfies Route;
