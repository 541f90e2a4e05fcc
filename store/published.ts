import { cursorAt, positionOf } from './cursor.ts';
import { currentSlugKey, listingPartition, publicDocumentKey } from './keys.ts';
import { layout } from './layout.ts';
import type { Item, Reader } from './reader.ts';

/** How the content table is read. `deadline` is in epoch milliseconds. */
export type PublishedStore = { reader: Reader; table: string; deadline: number };

/** What stands at a slug: the reply as it is served, or where it went. */
export type PublicItem =
  | { state: 'live'; etag: string; lastModified: string; language: string; gzippedBase64: string }
  | { state: 'redirect'; articleId: string }
  /** In the place of a killed story. */
  | { state: 'killed'; killedAt: string; notice: string; headline: string | undefined };

/** What is public under this slug. One GetItem. */
export async function getPublicDocument(
  { reader, table, deadline }: PublishedStore,
  slug: string,
  consistent = false,
): Promise<PublicItem | undefined> {
  const item = await reader.getItem({ table, key: publicDocumentKey(slug), deadline, consistent });
  if (!item) return undefined;
  const state = textIn(item, 'state');
  if (state === 'redirect') return { state, articleId: textIn(item, 'articleId') };
  if (state === 'killed')
    return { state, killedAt: textIn(item, 'killedAt'), notice: textIn(item, 'notice'), headline: item.headline?.S };
  if (state !== 'live') throw new Error(`A public document is in the state ${state}, which this build does not know.`);
  return {
    state,
    etag: textIn(item, 'etag'),
    lastModified: textIn(item, 'lastModified'),
    language: textIn(item, 'language'),
    gzippedBase64: item.gz?.B ?? missing('gz'),
  };
}

/** The slug under which the article, or the notice in its place, can be read now. One GetItem. */
export async function getCurrentSlug(
  { reader, table, deadline }: PublishedStore,
  articleId: string,
  consistent = false,
): Promise<string | undefined> {
  const item = await reader.getItem({ table, key: currentSlugKey(articleId), deadline, consistent });
  return item && ['live', 'killed'].includes(textIn(item, 'state')) ? textIn(item, 'slug') : undefined;
}

/** A page of a listing: each entry a JSON text, ready to be joined. One Query. Throws `invalid_request` for a bad cursor. */
export async function listPublished(
  { reader, table, deadline }: PublishedStore,
  { listing, limit, cursor }: { listing: string; limit: number; cursor: string | undefined },
): Promise<{ rows: string[]; nextCursor: string | null; movedTo?: string }> {
  const after = cursor === undefined ? undefined : positionOf(listing, cursor);
  // One more than asked for tells whether a next page exists, without a request for an empty one.
  const found = await reader.query({ table, partition: listingPartition(listing), after, limit: limit + 1, deadline });
  // Before all rows, and after them, stands where the stories of a merged section went.
  const movedTo = found[0]?.section?.S ?? found.at(-1)?.section?.S;
  if (movedTo !== undefined) return { rows: [], nextCursor: null, movedTo };
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return {
    rows: items.map((item) => textIn(item, 'row')),
    nextCursor: last ? cursorAt(listing, last.sk?.S ?? missing('sk')) : null,
  };
}

function textIn(item: Item, attribute: string): string {
  if (item.v?.N !== String(layout))
    throw new Error(`A public item has the layout ${item.v?.N}; this build reads ${layout}.`);
  return item[attribute]?.S ?? missing(attribute);
}

function missing(attribute: string): never {
  throw new Error(`A public item lacks ${attribute}.`);
}
