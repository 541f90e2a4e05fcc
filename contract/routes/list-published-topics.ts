import type { Route } from '../route.ts';

export const listPublishedTopics = {
  id: 'listPublishedTopics',
  method: 'GET',
  path: '/content/v1/topics',
  permission: 'public',
  function: 'list-published-articles',
  summary: 'List the topics that have stories',
  description: 'IPTC Media Topics, by id, each with how many public stories have it.',
  reply: { status: 200, schema: 'PublishedTopics', headers: ['ETag', 'Cache-Control'] },
  errors: [],
} as const satisfies Route;
