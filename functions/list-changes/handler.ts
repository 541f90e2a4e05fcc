// Trigger: GET /content/v1/changes.
// Effect: none; one Query of the change log, or of what is public, and one more for each month in which nothing happened.
// Follows: nothing.
import { listChanges } from '../../contract/routes/list-changes.ts';
import * as changes from '../../store/changes.ts';
import { cachedReply } from '../_shared/cached-reply.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { publishedStore } from '../_shared/published.ts';

/** Short, since whoever follows it wants to know soon; lines that are there never change. */
const caching = 'public, max-age=2, s-maxage=5, stale-if-error=60';

export const handler = endpoint(listChanges, async (request) => {
  const { cursor, snapshot = false, limit } = request.query;
  const { lines, nextCursor, hasMore } = await changes.listChanges(publishedStore(request), {
    ...{ cursor, snapshot, limit, now: request.now },
  });
  return cachedReply(request, {
    body: JSON.stringify({ items: lines, nextCursor, hasMore }),
    contentType: 'application/json',
    headers: {
      'cache-control': caching,
      ...nextLink(listChanges.path, { limit, cursor: hasMore ? nextCursor : null }),
    },
  });
});
