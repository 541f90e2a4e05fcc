// Trigger: GET /content/v1/feeds/{feed+}, /content/v1/news-sitemap.xml and /content/v1/sitemap.xml.
// Effect: none; one Query of rows that were rendered when their stories were published, or of counts.
// Follows: nothing.
import { AppError } from '../../contract/errors.ts';
import { type FeedFormat, feedMediaTypes } from '../../contract/formats.ts';
import { getFeed } from '../../contract/routes/get-feed.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { findMovedSection } from '../../store/listings.ts';
import { cachedReply } from '../_shared/cached-reply.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { optionalSetting, setting } from '../_shared/environment.ts';
import { publishedStore } from '../_shared/published.ts';
import type { Reply } from '../_shared/request.ts';
import { redirectCaching } from '../_shared/standing-story.ts';
import { type FeedName, feedContent, feedNamed } from './feed-content.ts';
import { newsSitemapEndpoint, sitemapEndpoint } from './sitemaps.ts';

const caching = 'public, max-age=60, s-maxage=60, stale-while-revalidate=120, stale-if-error=120';

/** Each loaded when it is first asked for. */
const writers: Readonly<Record<FeedFormat, () => Promise<(feed: Feed) => string>>> = {
  rss: async () => (await import('../../domain/feeds/rss.ts')).rssFeed,
  atom: async () => (await import('../../domain/feeds/atom.ts')).atomFeed,
  json: async () => (await import('../../domain/feeds/json-feed.ts')).jsonFeed,
};

const feed = endpoint(getFeed, async (request) => {
  const { name, format } = formatOf(request.path.feed);
  const about = feedNamed(name);
  if (!about) throw noFeed(name);
  const store = publishedStore(request);
  const content = await feedContent(store, about);
  const movedTo = await sectionAfterMerge(about, content.entries.length === 0 ? store : undefined);
  if (movedTo !== undefined) return movedReply(`sections/${movedTo}.${format}`);
  const publicationName = setting('publicationName');
  const hubUrl = optionalSetting('feedHub');
  const write = await writers[format]();
  const body = write({
    id: feedId(about.name),
    title: content.about === undefined ? publicationName : `${publicationName}: ${content.about}`,
    homeUrl: siteUrl(),
    selfUrl: `${request.origin}${pathOf(request.path.feed)}`,
    language: setting('publicationLanguage'),
    publicationName,
    ...(hubUrl === undefined ? {} : { hubUrl }),
    ...content,
    updatedAt: updatedAt(content),
  });
  return cachedReply(request, {
    body,
    contentType: format === 'json' ? feedMediaTypes.json : `${feedMediaTypes[format]}; charset=utf-8`,
    headers: { 'cache-control': caching, ...linkHeader(hubUrl, `${request.origin}${pathOf(request.path.feed)}`) },
  });
});

function formatOf(feed: string): { name: string; format: FeedFormat } {
  const [, name = feed, ending = ''] = /^(.+)\.([A-Za-z0-9]+)$/.exec(feed) ?? [];
  if (Object.hasOwn(feedMediaTypes, ending)) return { name, format: ending as FeedFormat };
  const detail = `must end in one of ${Object.keys(feedMediaTypes)
    .map((known) => `.${known}`)
    .join(', ')}`;
  throw new AppError('not_acceptable', `The name of a feed ${detail}.`, { fields: [{ pointer: 'feed', detail }] });
}

function noFeed(name: string): AppError {
  return new AppError(
    'not_found',
    `There is no feed ${JSON.stringify(name.slice(0, 120))}. There are latest, sections/{slug}, topics/{id}, tags/{tag} and corrections.`,
  );
}

/** One more read, of a section’s feed that is empty. */
async function sectionAfterMerge(about: FeedName, store: ReturnType<typeof publishedStore> | undefined) {
  return about.section === undefined || store === undefined ? undefined : await findMovedSection(store, about.section);
}

function pathOf(feed: string): string {
  // A colon may stand in a path as it is, and topics have one.
  const segments = feed.split('/').map((segment) => encodeURIComponent(segment).replaceAll('%3A', ':'));
  return getFeed.path.replace('{feed+}', segments.join('/'));
}

function movedReply(feed: string): Reply {
  return { status: 301, headers: { location: pathOf(feed), 'cache-control': redirectCaching }, body: '' };
}

/** RFC 4151. The year is that of the product: whoever had the site’s domain before made no feeds with it. */
function feedId(name: string): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return `tag:${new URL(siteUrl()).hostname},2026:feeds/${path}`;
}

/** Where the site begins that shows the stories. */
function siteUrl(): string {
  return new URL('/', setting('siteUrlTemplate').replaceAll(/[{}]/g, '')).href;
}

function updatedAt({ entries, deleted }: Pick<Feed, 'entries' | 'deleted'>): string | null {
  return [...entries.map((entry) => entry.updatedAt), ...deleted.map(({ at }) => at)].sort().at(-1) ?? null;
}

/** WebSub asks for both (https://www.w3.org/TR/websub/#discovery). */
function linkHeader(hubUrl: string | undefined, selfUrl: string): Record<string, string> {
  return hubUrl === undefined ? {} : { link: `<${hubUrl}>; rel="hub", <${selfUrl}>; rel="self"` };
}

export const handler = oneOf(feed, newsSitemapEndpoint, sitemapEndpoint);
