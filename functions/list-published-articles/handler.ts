// Trigger: GET /content/v1/articles, /corrections, /sections and /topics.
// Effect: none; one Query of rows that were rendered when their articles were published, or of counts.
// Follows: nothing.
import { listCorrections } from '../../contract/routes/list-corrections.ts';
import { listPublishedArticles } from '../../contract/routes/list-published-articles.ts';
import { listPublishedSections } from '../../contract/routes/list-published-sections.ts';
import { listPublishedTopics } from '../../contract/routes/list-published-topics.ts';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { listCounts } from '../../store/counts.ts';
import { findMovedSection, listRows, type RowPage } from '../../store/listings.ts';
import { findCards } from '../../store/published.ts';
import { cachedReply } from '../_shared/cached-reply.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { picked } from '../_shared/picked.ts';
import { publishedStore } from '../_shared/published.ts';
import type { Reply, Request } from '../_shared/request.ts';
import { redirectCaching } from '../_shared/standing-story.ts';
import { assertIdsAlone, assertRange, correctionQuestion, listingQuestion } from './listing-question.ts';

const caching = 'public, max-age=5, s-maxage=30, stale-while-revalidate=60, stale-if-error=60';
const countCaching = 'public, max-age=30, s-maxage=60, stale-while-revalidate=120, stale-if-error=60';

type Asked = Request<typeof listPublishedArticles>;

const articles = endpoint(listPublishedArticles, async (request) => {
  const { query } = request;
  assertIdsAlone(request);
  if (query.ids !== undefined) return await named(request, query.ids);
  assertRange(query);
  const store = publishedStore(request);
  const question = listingQuestion(query);
  const page = await listRows(store, question);
  // A section that is looked for among rows does not show by itself that it is another’s name now.
  const isLookedFor = query.section !== undefined && question.listing !== `section#${query.section}`;
  const mayBeMoved = isLookedFor && page.rows.length === 0 && query.cursor === undefined;
  const movedTo = page.movedTo ?? (mayBeMoved ? await findMovedSection(store, query.section ?? '') : undefined);
  return movedTo === undefined ? pageReply(request, listPublishedArticles.path, page) : movedReply(request, movedTo);
});

/** Those of the articles that are public, in the order of any listing. */
async function named(request: Asked, ids: readonly string[]): Promise<Reply> {
  const cards = await findCards(
    publishedStore(request),
    ids.map((id) => id.toLowerCase()),
  );
  const place = ({ sortAt, articleId }: (typeof cards)[number]) => `${sortAt}#${articleId}`;
  const rows = cards.toSorted((one, other) => (place(one) < place(other) ? 1 : -1)).map(({ row }) => row);
  return pageReply(request, listPublishedArticles.path, { rows, nextCursor: null });
}

const corrections = endpoint(listCorrections, async (request) => {
  assertRange(request.query);
  const page = await listRows(publishedStore(request), correctionQuestion(request.query));
  return pageReply(request, listCorrections.path, page);
});

type Paged = Pick<Request, 'header'> & { query: Pick<Asked['query'], 'limit'> & Partial<Asked['query']> };

function pageReply(request: Paged, path: string, { rows, nextCursor }: RowPage): Reply {
  const { fields } = request.query;
  const items = fields ? rows.map((row) => JSON.stringify(picked(JSON.parse(row) as PublishedSummary, fields))) : rows;
  return cachedReply(request, {
    body: `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`,
    contentType: 'application/json',
    headers: {
      'cache-control': caching,
      ...nextLink(path, { ...request.query, fields: fields?.join(','), ids: undefined, cursor: nextCursor }),
    },
  });
}

/** The section was merged into another: from its first page, since a cursor is a place in one listing. */
function movedReply({ search }: Asked, section: string): Reply {
  const asked = new URLSearchParams(search);
  asked.set('section', section);
  asked.delete('cursor');
  const location = `${listPublishedArticles.path}?${asked}`;
  return { status: 301, headers: { location, 'cache-control': redirectCaching }, body: '' };
}

const sections = endpoint(listPublishedSections, async (request) => {
  const counts = await listCounts(publishedStore(request), 'section');
  return counted(
    request,
    counts.map(({ name, label = name, count }) => ({ slug: name, name: label, count })),
  );
});

const topics = endpoint(listPublishedTopics, async (request) => {
  const counts = await listCounts(publishedStore(request), 'topic');
  return counted(
    request,
    counts.map(({ name, label = name, count }) => ({ id: name, name: label, count })),
  );
});

function counted(request: Pick<Request, 'header'>, items: readonly object[]): Reply {
  const headers = { 'cache-control': countCaching };
  return cachedReply(request, { body: JSON.stringify({ items }), contentType: 'application/json', headers });
}

export const handler = oneOf(articles, corrections, sections, topics);
