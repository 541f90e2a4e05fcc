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

/** Loaded when one is first asked for. */
const writers = async () => await import('../../domain/feeds/sitemap.ts');

export const newsSitemapEndpoint = endpoint(getNewsSitemap, async (request) => {
  const { now } = request;
  const { mostNews, newsForMs, newsSitemap } = await writers();
  // A story stands where it was first published, or later: among those of two days there are older ones that were bumped.
  const from = new Date(now.getTime() - newsForMs).toISOString();
  const isNews = (row: string) => summaryIn(row).firstPublishedAt >= from;
  const rows = await listRange(publishedStore(request), { from, to: undefined, most: mostNews, matches: isNews });
  const stories = rows.map(summaryIn).map(({ headline, ...story }) => ({ ...story, title: headline }));
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

/** From its beginning to the beginning of the next. Throws `invalid_request` for the 31st of June. */
function rangeOf(page: string): { from: string; to: string } {
  const from = new Date(`${page}${'-01T00:00:00.000Z'.slice(page.length - 'YYYY-MM'.length)}`);
  // JavaScript takes the 31st of June for a day of July.
  if (Number.isNaN(from.getTime()) || !from.toISOString().startsWith(page))
    throw invalidField('?page', 'must be a month, a day or an hour that there is');
  const to = new Date(from);
  if (page.includes('T')) to.setUTCHours(to.getUTCHours() + 1);
  else if (page.length === 'YYYY-MM'.length) to.setUTCMonth(to.getUTCMonth() + 1);
  else to.setUTCDate(to.getUTCDate() + 1);
  return { from: from.toISOString(), to: to.toISOString() };
}

function xmlReply(request: Pick<Request, 'header'>, body: string, cacheControl: string): Reply {
  return cachedReply(request, { body, contentType: 'application/xml', headers: { 'cache-control': cacheControl } });
}
