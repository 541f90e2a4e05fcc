import { invalidField } from '../../contract/errors.ts';
import { getNewsSitemap } from '../../contract/routes/get-news-sitemap.ts';
import { getSitemap } from '../../contract/routes/get-sitemap.ts';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { sitemapPages } from '../../domain/feeds/sitemap-pages.ts';
import { listCounts } from '../../store/counts.ts';
import { listRange } from '../../store/listings.ts';
import { cachedReply } from '../_shared/cached-reply.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { setting } from '../_shared/environment.ts';
import { publishedStore } from '../_shared/published.ts';
import type { Reply, Request } from '../_shared/request.ts';

const newsCaching = 'public, max-age=60, s-maxage=60, stale-while-revalidate=120, stale-if-error=120';
const caching = 'public, max-age=300, s-maxage=300, stale-while-revalidate=600, stale-if-error=300';

/** Of Google’s news sitemaps, in milliseconds and stories (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap). */
const newsTime = 48 * 3_600_000;
const mostNews = 1000;

/** Loaded when one is first asked for. */
const writers = async () => await import('../../domain/feeds/sitemap.ts');

export const newsSitemapEndpoint = endpoint(getNewsSitemap, async (request) => {
  const { now } = request;
  // A story stands where it was first published, or later.
  const from = new Date(now.getTime() - newsTime).toISOString();
  const rows = await listRange(publishedStore(request), { from, to: undefined, most: mostNews });
  const stories = rows.map(summaryIn).map(({ headline, ...story }) => ({ ...story, title: headline }));
  const { newsSitemap } = await writers();
  return xmlReply(request, newsSitemap(stories, { publicationName: setting('publicationName'), now }), newsCaching);
});

export const sitemapEndpoint = endpoint(getSitemap, async (request) => {
  const { page } = request.query;
  const store = publishedStore(request);
  const { mostInSitemap, sitemapIndex, sitemapPage } = await writers();
  if (page === undefined) {
    const days = await listCounts(store, 'day');
    const at = (name: string) => `${request.origin}${getSitemap.path}?page=${name}`;
    const sitemaps = sitemapPages(days).map(({ name, changedAt }) => ({ url: at(name), changedAt }));
    return xmlReply(request, sitemapIndex(sitemaps), caching);
  }
  const rows = await listRange(store, { ...rangeOf(page), most: mostInSitemap });
  const pages = rows.map(summaryIn).map(({ url, publishedAt }) => ({ url, changedAt: publishedAt }));
  return xmlReply(request, sitemapPage(pages), caching);
});

const summaryIn = (row: string): PublishedSummary => JSON.parse(row) as PublishedSummary;

/** From the beginning of a month or a day to the beginning of the next. Throws `invalid_request` for the 31st of June. */
function rangeOf(page: string): { from: string; to: string } {
  const isMonth = page.length === 'YYYY-MM'.length;
  const from = new Date(`${isMonth ? `${page}-01` : page}T00:00:00Z`);
  if (Number.isNaN(from.getTime()) || !from.toISOString().startsWith(page))
    throw invalidField('?page', 'must be a month or a day that there is');
  const to = new Date(from);
  if (isMonth) to.setUTCMonth(to.getUTCMonth() + 1);
  else to.setUTCDate(to.getUTCDate() + 1);
  return { from: from.toISOString(), to: to.toISOString() };
}

function xmlReply(request: Pick<Request, 'header'>, body: string, cacheControl: string): Reply {
  return cachedReply(request, { body, contentType: 'application/xml', headers: { 'cache-control': cacheControl } });
}
