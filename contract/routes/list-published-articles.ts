import { articleId, cursor, fieldsOf, instantOf, language, limit, listedName, section, topic } from '../parameters.ts';
import { summaryFields } from '../published-fields.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const listPublishedArticles = {
  id: 'listPublishedArticles',
  method: 'GET',
  path: publishedArticlesPath,
  permission: 'public',
  function: 'list-published-articles',
  summary: 'List published articles',
  description:
    'Summaries of what is published, latest first. One or two of `section`, `topic`, `tag`, `place`, `person` and `author` ' +
    'choose the stories; `language`, `from` and `to` choose among them. What can’t be looked up is looked for in the next ' +
    'hundred stories, so that a page may be thin, or empty, and its `nextCursor` leads on all the same. `ids` names the ' +
    'stories themselves: those of them that are public. A section that was merged into another answers 301 with the ' +
    'listing of that one.',
  query: {
    section,
    topic,
    tag: listedName('a tag'),
    place: listedName('a place'),
    person: listedName('a person'),
    author: listedName('an author'),
    language,
    from: instantOf('Only stories that stand at this time in the listing, or later.'),
    to: instantOf('Only stories that stand before this time in the listing.'),
    ids: {
      type: 'list',
      description: 'Only these articles, up to a hundred. Nothing but `fields` can stand beside it.',
      pattern: articleId.pattern,
      maxItems: 100,
      form: 'must be UUIDs with commas between them',
      example: articleId.example,
    },
    fields: fieldsOf(summaryFields),
    limit,
    cursor,
  },
  reply: { status: 200, schema: 'PublishedPage', headers: ['ETag', 'Link', 'Cache-Control'] },
  redirects: true,
  errors: [],
} as const satisfies Route;
