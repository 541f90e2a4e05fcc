import { cursor, limit } from '../parameters.ts';
import type { Route } from '../route.ts';

export const listChanges = {
  id: 'listChanges',
  method: 'GET',
  path: '/content/v1/changes',
  permission: 'public',
  function: 'list-changes',
  summary: 'Follow what changes',
  description:
    'Every publication, update, correction, withdrawal and kill, once, the oldest first, fifteen seconds after it happened. ' +
    'Without a cursor, from the beginning; with `snapshot=true` from what is public now: first a line for each story, then ' +
    'the changes since. Follow `nextCursor` for ever: while `hasMore` is true, at once.',
  query: {
    snapshot: { type: 'boolean', description: 'Whether to begin with everything that is public now.' },
    limit: { ...limit, default: 100 },
    cursor,
  },
  reply: { status: 200, schema: 'ChangePage', headers: ['ETag', 'Link', 'Cache-Control'] },
  errors: [],
} as const satisfies Route;
