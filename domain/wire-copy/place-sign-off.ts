import { isText, lineOf, type Part } from './parts.ts';
import { splitAt, textOf } from './segments.ts';
import { type SignOff, signOffOf } from './sign-offs.ts';
import type { WireWarning } from './wire-copy.ts';

type Ending = SignOff & { part: Part };

/** More sign-offs than a story ends with, and what bounds the search. */
const mostEndings = 6;

/** Takes the sign-off off the story's end. `agency` is the dateline's; without one, the sign-off tells it. */
export function placeSignOff(
  parts: readonly Part[],
  agency: string | null,
  warnings: WireWarning[],
): { parts: Part[]; agency: string | null } {
  const { peeled, endings } = peel(parts, agency);
  const ends = new Set(endings.map(({ part }) => part));
  for (const part of peeled) if (!ends.has(part)) warnOfBuriedSignOff(part, agency, warnings);
  const kept = endings.filter(({ kind }) => kind !== 'end mark');
  const run = firstRun(kept.length > 0 ? kept : endings, peeled);
  const dropped = endings.filter((ending) => !run.includes(ending));
  const outcome = new Map<Part, Part[]>(dropped.map((ending) => [ending.part, dropEnding(ending, warnings)]));
  for (const { part } of run) outcome.set(part, []);
  const [first] = run;
  if (first) outcome.set(first.part, [{ role: 'signOff', segments: run.flatMap(({ part }) => part.segments) }]);
  return {
    parts: peeled.flatMap((part) => outcome.get(part) ?? [part]),
    agency: agency ?? run.find((ending) => ending.agency !== null)?.agency ?? null,
  };
}

/** Separates every sign-off from the text before it, up to text that does not end in one. */
function peel(parts: readonly Part[], agency: string | null): { peeled: Part[]; endings: Ending[] } {
  const peeled = [...parts];
  const endings: Ending[] = [];
  for (let index = peeled.length - 1; index >= 0 && endings.length < mostEndings; ) {
    const part = peeled[index];
    if (part === undefined || !isText(part)) {
      index -= 1;
      continue;
    }
    const found = signOffOf(textOf(part.segments), agency);
    const split = found && splitAt(part.segments, found.offset, 'right');
    if (found === undefined || split === undefined) break;
    const ending = { ...part, segments: split.right };
    endings.unshift({ ...found, part: ending });
    peeled.splice(index, 1, ...(split.left.length === 0 ? [] : [{ ...part, segments: split.left }]), ending);
    if (split.left.length === 0) index -= 1;
  }
  return { peeled, endings };
}

/** The sign-offs that stand together: what is between two of them has to stay there. */
function firstRun(endings: readonly Ending[], parts: readonly Part[]): Ending[] {
  const [first] = endings;
  const start = first ? parts.indexOf(first.part) : 0;
  return endings.filter(({ part }, index) => parts[start + index] === part);
}

function dropEnding({ kind, part }: Ending, warnings: WireWarning[]): Part[] {
  const text = textOf(part.segments);
  if (kind !== 'end mark') warnings.push({ line: lineOf(part), text: `A second sign-off is left out: "${text}".` });
  const reason = kind === 'end mark' ? 'end mark' : 'second sign-off';
  return part.segments.map((segment) => ({ role: 'dropped', segments: [segment], reason }));
}

function warnOfBuriedSignOff(part: Part, agency: string | null, warnings: WireWarning[]): void {
  if (!isText(part)) return;
  const text = textOf(part.segments);
  if (signOffOf(text, agency)?.offset !== 0) return;
  warnings.push({ line: lineOf(part), text: `The story goes on below what looks like a sign-off: "${text}".` });
}
