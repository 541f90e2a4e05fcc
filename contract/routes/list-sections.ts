import type { Route } from '../route.ts';

export const listSections = {
  id: 'listSections',
  method: 'GET',
  path: '/editorial/v1/sections',
  permission: 'contributor',
  function: 'read-taxonomy',
  summary: 'List the sections',
  description: 'All of them, by slug. One that was merged into another says so in `mergedInto`.',
  reply: { status: 200, schema: 'SectionPage', headers: [] },
  errors: [],
} as const satisfies Route;
