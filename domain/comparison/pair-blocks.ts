import type { Passage } from './passages.ts';
import type { WordReader } from './read-words.ts';

/** The old and the new writing of a block. */
export type Pair = readonly [before: Passage, after: Passage];

/** From here on two blocks count as the old and the new writing of one, rather than as two. */
const similarEnough = 0.4;

/** Blocks of one hunk that are compared each with each; a longer hunk is compared this far around the same place. */
const mostPairs = 10_000;
const reach = 25;

/** A block's words, or its signs where it has no words: sorted, each as often as it is there. */
type Bag = { passage: Passage; sorted: Int32Array };
type Rated = { before: Passage; after: Passage; similarity: number; distance: number };

/**
 * Which of the removed blocks of a hunk became which of the added: the most similar first, each at most once. Words are
 * counted whatever their order, so that a turned sentence is still the same.
 */
export function pairBlocks(removed: readonly Passage[], added: readonly Passage[], reader: WordReader): Pair[] {
  if (removed.length === 0 || added.length === 0) return [];
  const bagsOf = (passages: readonly Passage[]) => passages.map((passage) => bagOf(passage, reader));
  const candidates = candidatePairs(bagsOf(removed), bagsOf(added));
  candidates.sort((one, other) => other.similarity - one.similarity || one.distance - other.distance);
  const taken = new Set<Passage>();
  return candidates.flatMap(({ before, after }): Pair[] => {
    if (taken.has(before) || taken.has(after)) return [];
    taken.add(before).add(after);
    return [[before, after]];
  });
}

function candidatePairs(removed: readonly Bag[], added: readonly Bag[]): Rated[] {
  const wide = removed.length * added.length <= mostPairs;
  return removed.flatMap((before, position) => {
    const place = Math.floor((position * added.length) / removed.length);
    const start = wide ? 0 : Math.max(0, place - reach);
    const near = wide ? added : added.slice(start, place + reach + 1);
    return near.flatMap((after, offset) => {
      const similarity = similarityOf(before, after);
      if (similarity < similarEnough) return [];
      return [{ before: before.passage, after: after.passage, similarity, distance: Math.abs(start + offset - place) }];
    });
  });
}

function bagOf(passage: Passage, reader: WordReader): Bag {
  const visible = passage.words().segments.filter((segment) => !reader.isSpace(segment));
  const proper = visible.filter(reader.isWord);
  return { passage, sorted: Int32Array.from(proper.length > 0 ? proper : visible).sort() };
}

/** Twice the common words by all words (Sørensen and Dice), 0 to 1. */
function similarityOf(one: Bag, other: Bag): number {
  const all = one.sorted.length + other.sorted.length;
  // Pictures and players without a caption: one in the place of another of its kind is a change of its address.
  if (all === 0) return one.passage.block._type === other.passage.block._type ? similarEnough : 0;
  const most = 2 * Math.min(one.sorted.length, other.sorted.length);
  return most < similarEnough * all ? 0 : (2 * commonCount(one.sorted, other.sorted)) / all;
}

function commonCount(one: Int32Array, other: Int32Array): number {
  let [left, right, count] = [0, 0, 0];
  while (left < one.length && right < other.length) {
    const order = (one[left] ?? 0) - (other[right] ?? 0);
    if (order === 0) count += 1;
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
  }
  return count;
}
