import { feedMediaTypes } from '../../contract/formats.ts';
import { type Feed, type FeedEntry, generator } from './feed.ts';
import { leadImage, mediaNamespace } from './lead-image.ts';
import { type Element, element, textElement, xmlDocument } from './xml.ts';

/**
 * RSS 2.0 (https://www.rssboard.org/rss-specification), with whole stories in `content:encoded`. A killed story is no longer
 * in it: RSS has no word for it.
 */
export function rssFeed(feed: Feed): string {
  const namespaces = {
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:media': mediaNamespace,
  };
  return xmlDocument(element('rss', { version: '2.0', ...namespaces }, channel(feed)));
}

function channel(feed: Feed): Element {
  return element(
    'channel',
    {},
    textElement('title', feed.title),
    textElement('link', feed.homeUrl),
    textElement('description', asHtml(feed.title)),
    // First of its name: some readers take the first for the feed's own address.
    element('atom:link', { rel: 'self', type: feedMediaTypes.rss, href: feed.selfUrl }),
    feed.hubUrl === undefined ? null : element('atom:link', { rel: 'hub', href: feed.hubUrl }),
    textElement('language', feed.language),
    feed.updatedAt === null ? null : textElement('lastBuildDate', rfc822Date(feed.updatedAt)),
    textElement('generator', generator),
    feed.entries.map(item),
  );
}

function item(entry: FeedEntry): Element {
  return element(
    'item',
    {},
    textElement('title', entry.title),
    textElement('link', entry.url),
    element('guid', { isPermaLink: 'false' }, entry.id),
    textElement('pubDate', rfc822Date(entry.publishedAt)),
    entry.byline.map((name) => textElement('dc:creator', name)),
    entry.categories.map(({ label, scheme }) => element('category', { domain: scheme }, label)),
    textElement('description', entry.summary && asHtml(entry.summary)),
    textElement('content:encoded', entry.contentHtml),
    textElement('dc:language', entry.language),
    textElement('dc:rights', entry.rights),
    leadImage(entry),
  );
}

/** Readers show a description as HTML (https://www.rssboard.org/rss-profile#element-channel-item-description). */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** RFC 822 with a year of four digits, as RSS asks for: `Thu, 06 Jan 2022 12:00:00 GMT`. */
function rfc822Date(instant: string): string {
  return new Date(instant).toUTCString();
}
