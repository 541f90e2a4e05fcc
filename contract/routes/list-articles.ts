import { cursor, limit, section } from '../parameters.ts';
import type { Route } from '../route.ts';
import { publicStates, stages } from '../stages.ts';

export const listArticles = {
  id: 'listArticles',
  method: 'GET',
  path: '/editorial/v1/articles',
  permission: 'contributor',
  function: 'read-articles',
  summary: 'List articles',
  description:
    'Working copies, the one changed last first. `stage` and `publication` are looked up; what else is asked for is looked ' +
    'for in the next few hundred articles, so that a page may be thin, or empty, and its `nextCursor` leads on all the same.',
  query: {
    stage: { type: 'enum', description: 'Only articles at this stage.', values: stages },
    publication: { type: 'enum', description: 'Only articles of which the public sees this.', values: publicStates },
    section: { ...section, description: 'Only articles of this section, under any name that it has had.' },
    author: { type: 'string', description: 'Only articles by this author.', maxLength: 200 },
    tag: { type: 'string', description: 'Only articles with this tag.', maxLength: 80 },
    changedSince: { type: 'instant', description: 'Only articles changed then or later.' },
    dueBefore: { type: 'instant', description: 'Only articles that something is scheduled for before then.' },
    mine: { type: 'boolean', description: 'Only articles that you made or changed last.' },
    limit,
    cursor,
  },
  reply: { status: 200, schema: 'EditorialPage', headers: ['Link'] },
  errors: [],
} as const satisfies Route;
