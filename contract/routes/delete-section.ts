import { section } from '../parameters.ts';
import type { Route } from '../route.ts';

export const deleteSection = {
  id: 'deleteSection',
  method: 'DELETE',
  path: '/editorial/v1/sections/{section}',
  permission: 'admin',
  function: 'change-sections',
  summary: 'Delete or merge a section',
  description:
    'Deletes a section that no story is in. With `mergeInto` its stories go to another one, and its slug stays as another name for that one: listings lead on, drafts are published there.',
  pathParameters: { section },
  query: { mergeInto: { ...section, description: 'The slug of the section that its stories go to.' } },
  ifMatch: true,
  reply: { status: 200, schema: 'Section', headers: ['ETag'] },
  errors: ['not_found', 'not_allowed', 'section_in_use'],
} as const satisfies Route;
