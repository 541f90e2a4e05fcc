import type { PublishedArticle, PublishedSummary } from '../contract/schemas/published-article.ts';
import { feedStory, isFullListing } from '../domain/article/feed-story.ts';
import { topicListing } from '../domain/article/public-document.ts';
import type { Publication } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { weakEtag } from './etag.ts';
import { type NewItem, pack } from './items.ts';
import type { Key } from './keys.ts';
import { layout } from './layout.ts';
import type { Write } from './transaction.ts';

/** Writes of the content table. */
export function contentWrites({ contentTable: table }: Database) {
  return {
    put: (key: Key, item: NewItem): Write => ({ table, put: { ...key, ...item } }),
    delete: (key: Key): Write => ({ table, delete: key }),
  };
}

/** Tells two rows of an article apart. */
export function rowId(listing: string, sortAt: string): string {
  return `${listing}\n${sortAt}`;
}

/** The reply that readers get, as it is served: compressed once, here, and never again. */
export function servedDocument(
  document: PublishedArticle,
  { publishedAt, sortAt }: Publication,
): NewItem & { etag: string } {
  return {
    v: layout,
    state: 'live',
    // Not served: whoever renders anew finds the rows by it.
    sortAt,
    etag: weakEtag(JSON.stringify(document)),
    lastModified: new Date(publishedAt).toUTCString(),
    language: document.language,
    gz: pack(document),
  };
}

/**
 * What an article’s one item says of it besides: its line in listings, so that ids can be looked up, and what it is counted by.
 * A story that is not public has none.
 */
export function cardOf(document: PublishedArticle, summary: PublishedSummary, { sortAt }: Publication): NewItem {
  return { sortAt, row: JSON.stringify(summary), topics: JSON.stringify(document.topics) };
}

/** What stands in a listing: the story’s summary, with the topic’s name in a topic’s, or the story itself. */
export function rowItem(listing: string, document: PublishedArticle, summary: PublishedSummary): NewItem {
  if (isFullListing(listing)) return { v: layout, gz: pack(feedStory(document)) };
  const topic = document.topics.find(({ id }) => listing === topicListing(id));
  return { v: layout, row: JSON.stringify(summary), ...(topic ? { label: topic.name } : {}) };
}

/** On the one item that events are made of, so that a reaction can be followed back to the request. */
export function causeOf({ requestId }: Database): { causedBy?: string } {
  return requestId === undefined ? {} : { causedBy: requestId };
}
