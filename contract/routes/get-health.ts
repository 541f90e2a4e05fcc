import type { Route } from '../route.ts';

export const getHealth = {
  id: 'getHealth',
  method: 'GET',
  path: '/health',
  permission: 'public',
  function: 'get-health',
  summary: 'Say that the API answers',
  description: 'Touches no table: it tells whether requests reach a function, and which build answers.',
  reply: { status: 200, schema: 'Health', headers: ['Cache-Control'] },
  standsAlone: true,
  errors: [],
} as const satisfies Route;
