import type { Feed, FeedEntry } from './feed.ts';
import { readableText } from './readable-text.ts';

/**
 * JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). A killed story is no longer in it: JSON Feed has no word for it.
 * Texts are those of the XML feeds to the character.
 */
export function jsonFeed(feed: Feed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.selfUrl,
    language: feed.language,
    authors: [{ name: feed.publicationName }],
    hubs: feed.hubUrl === undefined ? undefined : [{ type: 'WebSub', url: feed.hubUrl }],
    items: feed.entries.map(item),
  };
  return `${JSON.stringify(document, (_, value) => (typeof value === 'string' ? readableText(value) : value))}\n`;
}

/** What an entry does not have is left out; without `authors` it has the feed's. */
function item(entry: FeedEntry) {
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    content_html: entry.contentHtml,
    summary: entry.summary ?? undefined,
    image: entry.image?.url,
    date_published: entry.publishedAt,
    date_modified: entry.updatedAt,
    authors: some(entry.byline.map((name) => ({ name }))),
    tags: some(entry.categories.map(({ label }) => label)),
    language: entry.language,
  };
}

const some = <Item>(list: Item[]): Item[] | undefined => (list.length > 0 ? list : undefined);
