import { decodeTime, encodeTime } from 'ulid';
import { invalidField } from '../contract/errors.ts';
import { cursorAt, positionOf } from './cursor.ts';
import { changesPartition, listingPartition } from './keys.ts';
import { missing, type PublishedStore, textIn } from './published.ts';
import type { Item } from './reader.ts';

/** A line of the change log, or of a snapshot, which has no `id`. */
export type ChangeLine = { id: string | null; articleId: string; slug: string | null; kind: string; at: string };

export type ChangePage = { lines: ChangeLine[]; nextCursor: string; hasMore: boolean };

/**
 * Milliseconds after which a line is shown. Its id is minted before it is sent and given up after five seconds, so that
 * by then whatever has a smaller id is there too, clocks that differ by some seconds and reads that lag behind included.
 */
export const settled = 15_000;

/** No log began before this: the product is younger. */
const firstMonth = '2026-01';
/** Months that one page looks through, for a newsroom that published nothing for long. */
const mostMonths = 12;
/** Milliseconds by which clocks may differ. */
const skew = 60_000;

/** Where a look at the log begins: after the line with this id, in the partition of its month. */
type Place = { month: string; after: string };

/** A page of the log, the oldest first. Throws `invalid_request` for a cursor that is not of this log, or of a time to come. */
export async function listChanges(
  store: PublishedStore,
  { cursor, snapshot, limit, now }: { cursor: string | undefined; snapshot: boolean; limit: number; now: Date },
): Promise<ChangePage> {
  const until = now.getTime() - settled;
  if (cursor === undefined)
    return snapshot
      ? await snapshotPage(store, { listed: undefined, since: placeAt(secondOf(until)), limit })
      : await logPage(store, { month: firstMonth, after: '' }, until, limit);
  const { place, listed } = placeIn(positionOf('changes', cursor), now);
  return listed !== undefined
    ? await snapshotPage(store, { listed, since: place, limit })
    : await logPage(store, place, until, limit);
}

/** After everything that was minted before this time (epoch ms), and before everything since. */
const placeAt = (time: number): Place => ({ month: monthOf(time), after: `${encodeTime(time, 10)}0000000000000000` });
/** So that a snapshot that is asked for again at once is the same. */
const secondOf = (time: number): number => time - (time % 1000);
const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);
const cursorOf = (...parts: string[]): string => cursorAt('changes', parts.join('|'));

const cursorForm = /^(\d{4}-(?:0[1-9]|1[0-2]))\|([0-7][0-9A-HJKMNP-TV-Z]{25}|)(?:\|(.+))?$/;

function placeIn(position: string, now: Date): { place: Place; listed: string | undefined } {
  const [, month = '', after = '', listed] = cursorForm.exec(position) ?? [];
  if (month === '') throw invalidField('?cursor', 'must be the nextCursor of a page of this log');
  const latest = now.getTime() + skew;
  if (month > monthOf(latest) || (after !== '' && decodeTime(after) > latest))
    throw invalidField('?cursor', 'is of a time that has not come yet');
  return { place: { month, after }, listed };
}

async function logPage(store: PublishedStore, from: Place, until: number, limit: number): Promise<ChangePage> {
  const lines: ChangeLine[] = [];
  const lastMonth = monthOf(until);
  let place = from;
  for (let months = 1; ; months += 1) {
    const page = await linesOf(store, place, limit - lines.length);
    const shown = page.items.filter((item) => decodeTime(idOf(item)) <= until);
    lines.push(...shown.map(lineFrom));
    const last = lines.at(-1)?.id;
    const isThrough = shown.length === page.items.length && !page.hasMore;
    if (!isThrough || place.month >= lastMonth) {
      const next = { month: place.month, after: last ?? place.after };
      return pageOf(lines, next, page.hasMore && shown.length === page.items.length);
    }
    place = { month: monthAfter(place.month), after: '' };
    if (months === mostMonths || lines.length === limit) return pageOf(lines, place, true);
  }
}

function pageOf(lines: ChangeLine[], { month, after }: Place, hasMore: boolean): ChangePage {
  return { lines, nextCursor: cursorOf(month, after), hasMore };
}

async function linesOf({ reader, table, deadline }: PublishedStore, { month, after }: Place, limit: number) {
  return await reader.query({
    ...{ table, partition: changesPartition(month), ascending: true, limit, deadline },
    ...(after === '' ? {} : { after }),
  });
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

const idOf = (item: Item): string => item.sk?.S ?? missing('sk');

function lineFrom(item: Item): ChangeLine {
  const id = idOf(item);
  return {
    id,
    articleId: textIn(item, 'articleId'),
    slug: item.slug?.S ?? null,
    kind: textIn(item, 'kind'),
    at: new Date(decodeTime(id)).toISOString(),
  };
}

/**
 * What is public, the latest first, and then the log from when the snapshot was begun: what moves meanwhile is in one of the
 * two at least.
 */
async function snapshotPage(
  { reader, table, deadline }: PublishedStore,
  { listed, since, limit }: { listed: string | undefined; since: Place; limit: number },
): Promise<ChangePage> {
  const partition = listingPartition('latest');
  const { items } = await reader.query({ table, partition, after: listed, limit: limit + 1, deadline });
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1)?.sk?.S : undefined;
  const { month, after } = since;
  return {
    lines: page.map(currentFrom),
    nextCursor: last === undefined ? cursorOf(month, after) : cursorOf(month, after, last),
    hasMore: true,
  };
}

function currentFrom(item: Item): ChangeLine {
  const { id, slug, publishedAt } = JSON.parse(textIn(item, 'row')) as Record<'id' | 'slug' | 'publishedAt', string>;
  return { id: null, articleId: id, slug, kind: 'current', at: publishedAt };
}
