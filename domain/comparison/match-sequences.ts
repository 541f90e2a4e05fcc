import { diffArrays } from 'diff';

/** `count` items from position `before` of the one sequence are those from position `after` of the other. */
export type Run = { before: number; after: number; count: number };

/**
 * A longest common subsequence as runs in ascending order; only the common beginning and end when more than `mostEdits`
 * items would have to be removed and added. Time and memory grow with the square of the edits.
 */
export function matchSequences(before: readonly number[], after: readonly number[], mostEdits: number): Run[] {
  const [start, end] = commonEnds(before, after);
  const middle = diffArrays(before.slice(start, before.length - end), after.slice(start, after.length - end), {
    maxEditLength: mostEdits,
  });
  const runs: Run[] = [{ before: 0, after: 0, count: start }];
  let [left, right] = [start, start];
  for (const { added, removed, count } of middle ?? []) {
    if (!added && !removed) runs.push({ before: left, after: right, count });
    if (!added) left += count;
    if (!removed) right += count;
  }
  runs.push({ before: before.length - end, after: after.length - end, count: end });
  return runs.filter(({ count }) => count > 0);
}

/** How many items the two have in common at the start, and then at the end. */
function commonEnds(before: readonly number[], after: readonly number[]): [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [start, end];
}
