import type { Article } from '../../contract/schemas/article.ts';
import { matchSequences } from './match-sequences.ts';
import { type Pair, pairBlocks } from './pair-blocks.ts';
import { type Passage, passagesOf } from './passages.ts';
import type { WordReader } from './read-words.ts';

export type BlockChange =
  | { change: 'added'; before: null; after: Passage }
  | { change: 'removed'; before: Passage; after: null }
  | { change: 'changed' | 'moved'; before: Passage; after: Passage };

type Link = { change: 'same' | 'changed' | 'moved'; before: Passage; after: Passage };

/** A body has at most 2,000 blocks. Beyond this many edits only its beginning, its end and moved blocks are recognized. */
const mostEdits = 2000;

/**
 * The blocks that differ, in the order of reading: where the new body has them, and removed ones where they were. Blocks
 * are told by their content, for a body written anew has new keys. Each block of either body is equal to one in its
 * place, or in exactly one change. Comparing the other way round gives the same pairs.
 */
export function alignBlocks(
  before: Pick<Article, 'body' | 'language'>,
  after: Pick<Article, 'body' | 'language'>,
  reader: WordReader,
): BlockChange[] {
  const [old, young] = [passagesOf(before, reader), passagesOf(after, reader)];
  // Of several ways to align, the search takes one that depends on the direction, so the direction is always the same.
  const links = isTurned(old, young)
    ? linksOf(young, old, reader).map((link) => ({ ...link, before: link.after, after: link.before }))
    : linksOf(old, young, reader);
  return inReadingOrder(old, young, links);
}

function isTurned(before: readonly Passage[], after: readonly Passage[]): boolean {
  const first = before.findIndex((passage, index) => passage.content !== after[index]?.content);
  return first >= 0 && (before[first]?.content ?? '') > (after[first]?.content ?? '');
}

function linksOf(before: readonly Passage[], after: readonly Passage[], reader: WordReader): Link[] {
  const links: Link[] = [];
  const settled = new Set<Passage>();
  const add = (change: Link['change'], pairs: readonly Pair[]) => {
    for (const [one, other] of pairs) {
      links.push({ change, before: one, after: other });
      settled.add(one).add(other);
    }
  };
  const open = (passages: readonly Passage[]) => passages.filter((passage) => !settled.has(passage));
  const same = samePairs(before, after);
  add('same', same);
  add('moved', equalPairs(open(before), open(after), 'content'));
  for (const [removed, added] of gapsBetween(same, before, after))
    add('changed', pairBlocks(open(removed), open(added), reader));
  // A block that moved and was set otherwise.
  add('changed', equalPairs(open(before), open(after), 'text'));
  return links;
}

/** Blocks that only one body has cannot be common, and leaving them out makes a rewritten body cheap. */
function samePairs(before: readonly Passage[], after: readonly Passage[]): Pair[] {
  const numbers = new Map<string, number>();
  for (const { content } of before) if (!numbers.has(content)) numbers.set(content, numbers.size);
  const shared = new Set(after.map(({ content }) => content));
  const old = before.filter(({ content }) => shared.has(content));
  const young = after.filter(({ content }) => numbers.has(content));
  const numberOf = ({ content }: Passage) => numbers.get(content) ?? -1;
  return matchSequences(old.map(numberOf), young.map(numberOf), mostEdits).flatMap((run) =>
    old.slice(run.before, run.before + run.count).flatMap((one, step) => pair(one, young[run.after + step])),
  );
}

/** Equal blocks wherever they stand, the first of each with the first. An empty text says nothing. */
function equalPairs(removed: readonly Passage[], added: readonly Passage[], part: 'content' | 'text'): Pair[] {
  const waiting = Map.groupBy(removed.toReversed(), (passage) => passage[part]);
  return added.flatMap((other) => (other[part] === '' ? [] : pair(waiting.get(other[part])?.pop(), other)));
}

function pair(before: Passage | undefined, after: Passage | undefined): Pair[] {
  return before && after ? [[before, after]] : [];
}

/** What lies between the common blocks, before the first and after the last. */
function gapsBetween(same: readonly Pair[], before: readonly Passage[], after: readonly Passage[]) {
  let [left, right] = [0, 0];
  const ends = [
    ...same.map(([one, other]) => [one.index, other.index] as const),
    [before.length, after.length] as const,
  ];
  return ends.map(([leftEnd, rightEnd]) => {
    const gap = [before.slice(left, leftEnd), after.slice(right, rightEnd)] as const;
    [left, right] = [leftEnd + 1, rightEnd + 1];
    return gap;
  });
}

function inReadingOrder(before: readonly Passage[], after: readonly Passage[], links: readonly Link[]): BlockChange[] {
  const linkOf = new Map(links.map((link) => [link.after, link]));
  const kept = new Set(links.map((link) => link.before));
  const removed = before.filter((passage) => !kept.has(passage));
  const ends = endsOfGaps(before, after, linkOf);
  let next = 0;
  const removedUpTo = (end: number): BlockChange[] => {
    const start = next;
    while ((removed[next]?.index ?? end) < end) next += 1;
    return removed.slice(start, next).map((passage) => ({ change: 'removed', before: passage, after: null }));
  };
  const changes = after.flatMap((passage): BlockChange[] => [
    ...removedUpTo(ends[passage.index] ?? 0),
    ...changeOf(passage, linkOf.get(passage)),
  ]);
  return [...changes, ...removedUpTo(before.length)];
}

/**
 * For each new block, where in the old body the next one is that is still there: what was removed before that comes first,
 * as in any diff. A moved block says nothing about where its new neighbours were.
 */
function endsOfGaps(before: readonly Passage[], after: readonly Passage[], linkOf: ReadonlyMap<Passage, Link>) {
  let end = before.length;
  const ends = after.toReversed().map((passage) => {
    const link = linkOf.get(passage);
    if (link && link.change !== 'moved') end = link.before.index;
    return end;
  });
  return ends.reverse();
}

function changeOf(passage: Passage, link: Link | undefined): BlockChange[] {
  if (!link) return [{ change: 'added', before: null, after: passage }];
  return link.change === 'same' ? [] : [{ change: link.change, before: link.before, after: passage }];
}
