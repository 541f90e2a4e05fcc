import { cursor, instantOf, language, limit, section } from '../parameters.ts';
import type { Route } from '../route.ts';

export const listCorrections = {
  id: 'listCorrections',
  method: 'GET',
  path: '/content/v1/corrections',
  permission: 'public',
  function: 'list-published-articles',
  summary: 'List corrections',
  description:
    'What was corrected in stories that are public, the latest first: what they said, what they say, and why. With ' +
    '`section` or `language` it is looked for in the next hundred corrections, so that a page may be thin.',
  query: {
    section,
    language,
    from: instantOf('Only corrections made then or later.'),
    to: instantOf('Only corrections made before then.'),
    limit,
    cursor,
  },
  reply: { status: 200, schema: 'CorrectionPage', headers: ['ETag', 'Link', 'Cache-Control'] },
  errors: [],
} as const satisfies Route;
