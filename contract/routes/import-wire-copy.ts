import type { Route } from '../route.ts';

export const importWireCopy = {
  id: 'importWireCopy',
  method: 'POST',
  path: '/editorial/v1/articles/import',
  permission: 'contributor',
  function: 'import-wire-copy',
  summary: 'Import agency copy',
  description:
    "Reads an agency's text and makes a draft of it. Every line of the text is in a field of the article, in `related` or in " +
    '`dropped`, with the reason; what could not be read or placed is in `warnings`, for an editor to decide.',
  query: {
    year: {
      type: 'integer',
      description:
        'The year of a dateline that does not name one. Without it, the latest year in which its date is not in the future.',
      minimum: 1800,
      maximum: 2200,
      example: 2022,
    },
  },
  body: { mediaTypes: ['text/plain'], description: 'The copy as the agency sent it, in UTF-8.' },
  idempotencyKey: true,
  reply: { status: 201, schema: 'ImportedWireCopy', headers: ['ETag', 'Location'] },
  errors: [],
} as const satisfies Route;
