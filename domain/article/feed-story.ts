import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { bytes, type Section } from './public-document.ts';

/**
 * What a feed has of a story: its text, as far as it fits, and nothing that no feed shows. Rows of these listings hold it
 * whole, so that a feed is one request; there are two of them, since a publication has room for no more writes.
 */
export type FeedStory = Pick<
  PublishedArticle,
  | 'id'
  | 'slug'
  | 'url'
  | 'headline'
  | 'deck'
  | 'section'
  | 'topics'
  | 'tags'
  | 'dateline'
  | 'authors'
  | 'agency'
  | 'creditLine'
  | 'copyrightNotice'
  | 'image'
  | 'language'
  | 'advisory'
  | 'body'
  | 'firstPublishedAt'
  | 'publishedAt'
> & {
  /** Whether the end of a very long story is left to its page. */
  isCut: boolean;
};

/**
 * Bytes of its blocks’ JSON, four thousand words: thirty such rows are below the megabyte at which DynamoDB ends a page
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html).
 */
const largestBody = 28_000;

const prefix = 'full#';
export const fullLatest = `${prefix}latest`;
export const fullSection = (slug: string): string => `${prefix}section#${slug}`;

/** The listings whose rows are stories whole. */
export function fullListingsOf({ slug }: Pick<Section, 'slug'>): string[] {
  return [fullLatest, fullSection(slug)];
}

export function isFullListing(listing: string): boolean {
  return listing.startsWith(prefix);
}

export function feedStory(document: PublishedArticle): FeedStory {
  const { id, slug, url, headline, deck, section, topics, tags, dateline, authors, agency } = document;
  const { creditLine, copyrightNotice, image, language, advisory, firstPublishedAt, publishedAt } = document;
  const body = beginning(document.body);
  return {
    ...{ id, slug, url, headline, deck, section, topics, tags, dateline, authors, agency },
    ...{ creditLine, copyrightNotice, image, language, advisory, firstPublishedAt, publishedAt },
    body,
    isCut: body.length < document.body.length,
  };
}

/** As many whole blocks as fit. */
function beginning(body: PublishedArticle['body']): PublishedArticle['body'] {
  let room = largestBody;
  const end = body.findIndex((block) => {
    room -= bytes(JSON.stringify(block)) + 1;
    return room < 0;
  });
  return end < 0 ? body : body.slice(0, end);
}
