import { articleIdOf, currentSlugKey, publicDocumentKey } from './keys.ts';
import { layout } from './layout.ts';
import type { Item, Reader } from './reader.ts';

/** How the content table is read. `deadline` is in epoch milliseconds. */
export type PublishedStore = { reader: Reader; table: string; deadline: number };

/** What stands at a slug: the reply as it is served, or where it went. */
export type PublicItem =
  | { state: 'live'; etag: string; lastModified: string; language: string; gzippedBase64: string }
  | { state: 'redirect'; articleId: string }
  /** In the place of a killed story. */
  | Tombstone;

/** `articleId` and `version` are missing where the story was killed before they were kept. */
export type Tombstone = {
  state: 'killed';
  killedAt: string;
  notice: string;
  headline: string | undefined;
  articleId: string | undefined;
  version: number | undefined;
};

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
  if (state === 'killed') return tombstoneFrom(item);
  if (state !== 'live') throw new Error(`A public document is in the state ${state}, which this build does not know.`);
  return {
    state,
    etag: textIn(item, 'etag'),
    lastModified: textIn(item, 'lastModified'),
    language: textIn(item, 'language'),
    gzippedBase64: item.gz?.B ?? missing('gz'),
  };
}

function tombstoneFrom(item: Item): Tombstone {
  return {
    state: 'killed',
    killedAt: textIn(item, 'killedAt'),
    notice: textIn(item, 'notice'),
    headline: item.headline?.S,
    articleId: item.articleId?.S,
    version: item.seq && Number(item.seq.N),
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

/** An article that is public, as listings tell of it: `row` is its summary’s JSON. */
export type Card = { articleId: string; sortAt: string; row: string };

/** The cards of those of these articles that are public, at most a hundred, in no order. One BatchGetItem. */
export async function findCards({ reader, table, deadline }: PublishedStore, ids: readonly string[]): Promise<Card[]> {
  const keys = [...new Set(ids)].map(currentSlugKey);
  const items = await reader.batchGet({ table, keys, only: ['pk', 'v', 'sortAt', 'row'], deadline });
  return items.flatMap((item) => {
    const { pk, row } = item;
    // A story that was published before articles had cards is found once it is rendered anew.
    return row?.S === undefined ? [] : [{ articleId: articleIdOf(pk?.S), sortAt: textIn(item, 'sortAt'), row: row.S }];
  });
}

/** Which of these articles, at most a hundred, were killed. No request for none. */
export async function findKilled(
  { reader, table, deadline }: PublishedStore,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const items = await reader.batchGet({ table, keys: ids.map(currentSlugKey), only: ['pk', 'state'], deadline });
  return new Set(items.flatMap(({ pk, state }) => (state?.S === 'killed' ? [articleIdOf(pk?.S)] : [])));
}

export function textIn(item: Item, attribute: string): string {
  if (item.v?.N !== String(layout))
    throw new Error(`A public item has the layout ${item.v?.N}; this build reads ${layout}.`);
  return item[attribute]?.S ?? missing(attribute);
}

export function missing(attribute: string): never {
  throw new Error(`A public item lacks ${attribute}.`);
}
