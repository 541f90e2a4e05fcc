import type { PublishedArticle, PublishedSummary } from '../contract/schemas/published-article.ts';
import { alikeListings, mostAlike } from '../domain/article/related.ts';
import { listingPartition } from './keys.ts';
import { findCards, type PublishedStore, textIn } from './published.ts';

/** Listings that are looked at for stories alike, and rows of each. */
const mostListings = 6;
const rowsOfEach = 21;

/**
 * Stories related to this one: its editors’ picks that are public, in their order, then those most alike. At most one
 * BatchGetItem and six Queries.
 */
export async function findRelated(
  store: PublishedStore,
  document: PublishedArticle,
  limit: number,
): Promise<PublishedSummary[]> {
  const picks = await findPicks(store, document);
  if (picks.length >= limit) return picks.slice(0, limit);
  const { reader, table, deadline } = store;
  const alike = await Promise.all(
    alikeListings(document, mostListings).map(async (listing) => {
      const partition = listingPartition(listing);
      const { items } = await reader.query({ table, partition, limit: rowsOfEach, deadline });
      return items.map((item) => JSON.parse(textIn(item, 'row')) as PublishedSummary);
    }),
  );
  const leftOut = new Set([document.id, ...document.related]);
  return [...picks, ...mostAlike(alike, leftOut)].slice(0, limit);
}

async function findPicks(store: PublishedStore, { id, related }: PublishedArticle): Promise<PublishedSummary[]> {
  const cards = await findCards(
    store,
    related.filter((other) => other !== id),
  );
  const rows = new Map(cards.map(({ articleId, row }) => [articleId, row]));
  return related.flatMap((other) => {
    const row = rows.get(other);
    return row === undefined ? [] : [JSON.parse(row) as PublishedSummary];
  });
}
