// Trigger: GET /content/v1/articles.
// Effect: none; one Query of rows that were rendered when their articles were published.
// Follows: nothing.
import { hash } from 'node:crypto';
import { listPublishedArticles } from '../../contract/routes/list-published-articles.ts';
import { listPublished } from '../../store/published.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { isNotModified, publishedStore } from '../_shared/published.ts';
import type { Reply } from '../_shared/request.ts';

const caching = 'public, max-age=5, s-maxage=30, stale-while-revalidate=60, stale-if-error=60';
const redirectCaching = 'public, max-age=60, s-maxage=60';

export const handler = endpoint(listPublishedArticles, async (request) => {
  const { section, limit, cursor } = request.query;
  const listing = section === undefined ? 'latest' : `section#${section}`;
  const { rows, nextCursor, movedTo } = await listPublished(publishedStore(request), { listing, limit, cursor });
  if (movedTo !== undefined) return movedReply(movedTo, limit);
  const body = `{"items":[${rows.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
  const etag = `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
  const headers = {
    etag,
    'cache-control': caching,
    vary: 'Accept-Encoding',
    ...nextLink(listPublishedArticles.path, { section, limit, cursor: nextCursor }),
  };
  if (isNotModified(request.header('if-none-match'), etag)) return { status: 304, headers, body: '' };
  return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body };
});

/** The section was merged into another: from its first page, since a cursor is a place in one listing. */
function movedReply(section: string, limit: number): Reply {
  const location = `${listPublishedArticles.path}?${new URLSearchParams({ section, limit: String(limit) })}`;
  return { status: 301, headers: { location, 'cache-control': redirectCaching }, body: '' };
}
