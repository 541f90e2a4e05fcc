import { formatMediaTypes } from '../formats.ts';
import { fieldsOf, format, instantOf, slug } from '../parameters.ts';
import { articleFields } from '../published-fields.ts';
import { publishedArticlesPath } from '../published-paths.ts';
import type { Route } from '../route.ts';

export const getPublishedArticle = {
  id: 'getPublishedArticle',
  method: 'GET',
  path: `${publishedArticlesPath}/{slug}`,
  permission: 'public',
  function: 'get-published-article',
  summary: 'Get a published article',
  description:
    'The article as published, in the form that `format` names. A slug that it had before answers 301 with the one it has ' +
    'now. A story that was killed answers 410 with the notice in its place, as ninjs with a document that cancels it.',
  pathParameters: { slug },
  query: {
    format,
    fields: fieldsOf(articleFields),
    include: {
      type: 'enum',
      description: '`related`: with summaries of related stories, as `relatedArticles`.',
      values: ['related'],
    },
    at: instantOf('The version that was public then, where the newsroom shows earlier versions.'),
  },
  reply: {
    status: 200,
    schema: 'PublishedArticle',
    alsoAs: formatMediaTypes,
    headers: ['ETag', 'Last-Modified', 'Cache-Control', 'Content-Language'],
  },
  redirects: true,
  errors: ['not_found', 'not_acceptable', 'gone', 'too_large'],
} as const satisfies Route;
