import type { ComparedWords } from '../../contract/schemas/comparison.ts';
import { matchSequences, type Run } from './match-sequences.ts';
import type { WordReader, Words } from './read-words.ts';

/**
 * What all word diffs of one comparison may cost together: steps of the search, which grow with the square of the edits,
 * and segments compared, which grow with the edits times the length.
 */
const mostSteps = 2_000_000;
const mostComparisons = 200_000_000;

type Replacement = { removed: number[]; added: number[] };
type Hunk = { same: number[] } | Replacement;

/**
 * The word diff of two texts read by `reader`. `share` is the part, above 0 and up to 1, of what a comparison may cost
 * that this diff may spend; when it is not enough, all between the common beginning and end is removed and added.
 * Comparing the other way round gives the same with removed and added swapped.
 */
export function compareWords(before: Words, after: Words, reader: WordReader, share: number): ComparedWords {
  if (before.text === after.text) return stretch('same', before.text);
  // Of several shortest diffs the search takes one that depends on the direction, so the direction is always the same.
  const turned = before.text > after.text;
  const [one, other] = turned ? [after.segments, before.segments] : [before.segments, after.segments];
  const runs = matchSequences(one, other, mostEdits(one.length + other.length, share));
  return legible(hunksOf(one, other, runs), reader).flatMap((hunk) => {
    if ('same' in hunk) return stretch('same', reader.print(hunk.same));
    const [removed, added] = turned ? [hunk.added, hunk.removed] : [hunk.removed, hunk.added];
    return [...stretch('removed', reader.print(removed)), ...stretch('added', reader.print(added))];
  });
}

/** Text that is on one side only, as its words; none for an empty text. */
export function stretch(type: ComparedWords[number]['type'], text: string): ComparedWords {
  return text === '' ? [] : [{ type, text }];
}

function mostEdits(segments: number, share: number): number {
  const edits = Math.min(Math.sqrt(2 * mostSteps * share), (mostComparisons * share) / segments);
  return Math.max(1, Math.floor(edits));
}

function hunksOf(before: readonly number[], after: readonly number[], runs: readonly Run[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [left, right] = [0, 0];
  for (const run of [...runs, { before: before.length, after: after.length, count: 0 }]) {
    if (run.before > left || run.after > right)
      hunks.push({ removed: before.slice(left, run.before), added: after.slice(right, run.after) });
    if (run.count > 0) hunks.push({ same: before.slice(run.before, run.before + run.count) });
    [left, right] = [run.before + run.count, run.after + run.count];
  }
  return hunks;
}

/**
 * Two replacements with only a space or a comma between them are read as one: `[-the old king-]{+a young queen+}`, not
 * three pairs of words.
 */
function legible(hunks: readonly Hunk[], reader: WordReader): Hunk[] {
  const result: Hunk[] = [];
  for (const hunk of hunks) {
    const [earlier, between] = result.slice(-2);
    if (isReplacement(hunk) && isReplacement(earlier) && between && isGap(between, reader)) {
      const joined = {
        removed: [...earlier.removed, ...between.same, ...hunk.removed],
        added: [...earlier.added, ...between.same, ...hunk.added],
      };
      result.splice(-2, 2, joined);
    } else result.push(hunk);
  }
  return result;
}

function isReplacement(hunk: Hunk | undefined): hunk is Replacement {
  return hunk !== undefined && 'removed' in hunk && hunk.removed.length > 0 && hunk.added.length > 0;
}

function isGap(hunk: Hunk, reader: WordReader): hunk is { same: number[] } {
  return 'same' in hunk && !hunk.same.some(reader.isWord);
}
