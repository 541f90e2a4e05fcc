import { section } from '../parameters.ts';
import type { Route } from '../route.ts';
import { sectionInputSchema } from '../schemas/action-requests.ts';

export const putSection = {
  id: 'putSection',
  method: 'PUT',
  path: '/editorial/v1/sections/{section}',
  permission: 'admin',
  function: 'change-sections',
  summary: 'Add or rename a section',
  description:
    'With `If-None-Match: *` a new section, with `If-Match` a new name for one. What is served of its stories is rendered anew within some minutes, without new revisions.',
  pathParameters: { section },
  body: { mediaTypes: ['application/json'], schema: sectionInputSchema, name: 'SectionInput' },
  ifMatch: 'or none',
  reply: { status: 200, schema: 'Section', headers: ['ETag'] },
  errors: ['not_found', 'not_allowed'],
} as const satisfies Route;
