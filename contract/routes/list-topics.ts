import { limit } from '../parameters.ts';
import type { Route } from '../route.ts';

export const listTopics = {
  id: 'listTopics',
  method: 'GET',
  path: '/editorial/v1/topics',
  permission: 'contributor',
  function: 'read-taxonomy',
  summary: 'Find topics',
  description:
    'Current IPTC Media Topics, for a picker: those that `q` finds, the best first; without `q`, the top-level topics or ' +
    'the children of `parent`, by label. There is no next page: `q` and `parent` narrow what is found.',
  query: {
    q: {
      type: 'string',
      description:
        'What an editor types: each word begins a word of the label, or of a label above it. Or the id of a topic.',
      maxLength: 100,
      example: 'civil unrest',
    },
    parent: {
      type: 'string',
      description: 'The id of a current topic: only what is below it.',
      pattern: /^medtop:\d{8}$/,
      maxLength: 15,
      form: 'must be an IPTC Media Topic such as medtop:20000065',
      example: 'medtop:16000000',
    },
    limit,
  },
  reply: { status: 200, schema: 'TopicPage', headers: [] },
  standsAlone: true,
  errors: [],
} as const satisfies Route;
