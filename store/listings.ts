import { cursorAt, positionOf } from './cursor.ts';
import { listingPartition, movedListingKey } from './keys.ts';
import { missing, type PublishedStore, textIn } from './published.ts';
import type { Item } from './reader.ts';

export type ListingQuestion = {
  /** The listing that is read: `latest`, `section#world`. */
  listing: string;
  /** Another one that the stories have to stand in besides. */
  within?: string | undefined;
  /** What else has to be so of a row, which is JSON. */
  matches?: ((row: string) => boolean) | undefined;
  /** Instants between which rows stand, the first included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Everything that was asked for, so that a cursor is good for the same question only. */
  name: string;
  limit: number;
  cursor: string | undefined;
};

export type RowPage = {
  /** Each entry a JSON text, ready to be joined. */
  rows: string[];
  nextCursor: string | null;
  /** The section whose listing has the stories of this one, which was merged into it. */
  movedTo?: string;
};

/** Rows that a page looks at where something has to be looked for; also BatchGetItem's limit. */
const lookedAt = 100;

/**
 * A page of a listing, the latest first. One Query, and where the stories have to stand in a second listing one BatchGetItem.
 * Throws `invalid_request` for a bad cursor.
 */
export async function listRows(store: PublishedStore, question: ListingQuestion): Promise<RowPage> {
  const { listing, within, matches, from, to, name, limit, cursor } = question;
  const { reader, table, deadline } = store;
  const after = cursor === undefined ? to : positionOf(name, cursor);
  const isFiltered = within !== undefined || matches !== undefined;
  const depth = isFiltered ? Math.max(limit, lookedAt) : limit;
  // One more than asked for tells whether a next page exists, without a request for an empty one.
  const page = await reader.query({
    ...{ table, partition: listingPartition(listing), after, limit: depth + 1, deadline },
  });
  // Before all rows, and after them, stands where the stories of a merged section went.
  const movedTo = page.items[0]?.section?.S ?? page.items.at(-1)?.section?.S;
  if (movedTo !== undefined) return { rows: [], nextCursor: null, movedTo };
  const inRange = page.items.filter((item) => from === undefined || sortKeyOf(item) >= from);
  const isThrough = inRange.length < page.items.length || (page.items.length <= depth && !page.hasMore);
  const looked = inRange.slice(0, depth);
  const matching = looked.filter((item) => matches?.(textIn(item, 'row')) ?? true);
  const found = within === undefined ? matching : await standingIn(store, within, matching);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : isThrough ? undefined : looked.at(-1);
  return {
    rows: items.map((item) => textIn(item, 'row')),
    nextCursor: last ? cursorAt(name, sortKeyOf(last)) : null,
  };
}

const sortKeyOf = (item: Item): string => item.sk?.S ?? missing('sk');

/** A story stands in each of its listings at the same place. */
async function standingIn(
  { reader, table, deadline }: PublishedStore,
  listing: string,
  items: Item[],
): Promise<Item[]> {
  const keys = items.map((item) => ({ pk: listingPartition(listing), sk: sortKeyOf(item) }));
  const there = await reader.batchGet({ table, keys, only: ['sk'], deadline });
  const places = new Set(there.map(sortKeyOf));
  return items.filter((item) => places.has(sortKeyOf(item)));
}

/** The section that this one was merged into, where it was. One GetItem. */
export async function findMovedSection(
  { reader, table, deadline }: PublishedStore,
  slug: string,
): Promise<string | undefined> {
  const item = await reader.getItem({ table, key: movedListingKey(`section#${slug}`), deadline });
  return item?.section?.S;
}

/** The first rows of a listing, each a JSON text, and what readers call it, where it says so. One Query. */
export async function listFirstRows(
  { reader, table, deadline }: PublishedStore,
  listing: string,
  limit: number,
): Promise<{ rows: string[]; label: string | undefined }> {
  const { items } = await reader.query({ table, partition: listingPartition(listing), limit, deadline });
  return { rows: items.map((item) => textIn(item, 'row')), label: items[0]?.label?.S };
}

type Range = {
  from: string;
  to: string | undefined;
  most: number;
  matches?: ((row: string) => boolean) | undefined;
};

/** All rows that stand in the listing of all stories from one time to another, the latest first. A Query for a megabyte. */
export async function listRange(
  { reader, table, deadline }: PublishedStore,
  { from, to, most, matches = () => true }: Range,
): Promise<string[]> {
  const rows: string[] = [];
  // DynamoDB refuses to look for what is between an end and a beginning.
  if (to !== undefined && to <= from) return rows;
  let after = to;
  do {
    const page = await reader.query({
      ...{ table, partition: listingPartition('latest'), after, downTo: from, limit: most - rows.length, deadline },
    });
    const items = page.items.filter((item) => sortKeyOf(item) !== after);
    rows.push(...items.map((item) => textIn(item, 'row')).filter(matches));
    after = page.hasMore ? items.at(-1)?.sk?.S : undefined;
  } while (after !== undefined && rows.length < most);
  return rows.slice(0, most);
}

/** What a row of a listing of whole stories holds: the story, gzipped and in base64, or that it was killed. */
export type FullRow =
  | { state: 'live'; gzippedBase64: string }
  | { state: 'killed'; articleId: string; killedAt: string; notice: string };

/** The first rows of a listing whose rows are stories whole. One Query. */
export async function listFullRows(
  { reader, table, deadline }: PublishedStore,
  listing: string,
  limit: number,
): Promise<FullRow[]> {
  const { items } = await reader.query({ table, partition: listingPartition(listing), limit, deadline });
  return items.map((item): FullRow => {
    if (item.state?.S !== 'killed') return { state: 'live', gzippedBase64: item.gz?.B ?? missing('gz') };
    const articleId = sortKeyOf(item).split('#')[1] ?? missing('id');
    return { state: 'killed', articleId, killedAt: textIn(item, 'killedAt'), notice: textIn(item, 'notice') };
  });
}
