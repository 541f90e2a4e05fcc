import { isHeadingLike, isShort } from './heading-like.ts';
import { isText, type Part, type TextPart } from './parts.ts';
import { findSection } from './sections.ts';
import { type Segment, textOf } from './segments.ts';
import { signOffOf } from './sign-offs.ts';
import type { WireSection } from './wire-copy.ts';

/** Where no dateline tells where the story begins, a third line that may be a heading may as well be its beginning. */
const mostWithoutDateline = 3;

/** The texts that may be section, headline or byline: those above the dateline, or the first that are no sentences. */
export function findHeadings(parts: readonly Part[]): TextPart[] {
  const dateline = parts.findIndex(({ role }) => role === 'dateline');
  if (dateline !== -1) return parts.slice(0, dateline).filter(isText);
  const note = parts.findIndex(({ role }) => role === 'advisory');
  const aboveNote = parts.slice(0, Math.max(note, 0)).filter(isText);
  if (aboveNote.length === 1 && aboveNote.every(({ segments }) => isShort(textOf(segments)))) return aboveNote;
  return leadingHeadings(parts);
}

function leadingHeadings(parts: readonly Part[]): TextPart[] {
  const headings: TextPart[] = [];
  for (const part of parts) {
    const ended = part.role === 'relatedLabel' || (part.role === 'advisory' && headings.length > 0);
    if (ended || headings.length === mostWithoutDateline) break;
    if (!isText(part)) continue;
    const text = textOf(part.segments);
    if (!isHeadingLike(text) || signOffOf(text, null)?.offset === 0) break;
    headings.push(part);
  }
  return headings;
}

const longestByline = 80;

/** Whether a text names the story's writers: `By Dana Ospanova`. */
export function isByline({ segments }: TextPart): boolean {
  const text = textOf(segments);
  return text.length <= longestByline && /^(?:By|BY|Por|POR)\s\p{Lu}/u.test(text);
}

/** Takes a known section's line off the lines that follow without a blank one. */
export function separateSection(parts: readonly Part[], sections: readonly WireSection[]): Part[] {
  const index = parts.findIndex(isText);
  const part = parts[index];
  const [line, ...below] = part?.segments ?? [];
  if (part === undefined || line === undefined || below.length === 0 || !findSection(line.value, sections))
    return [...parts];
  return [
    ...parts.slice(0, index),
    { ...part, segments: [line] },
    { ...part, segments: below },
    ...parts.slice(index + 1),
  ];
}

/** Whether the lines are one text for certain: none had room for the next one's first word. `width` is the longest line's. */
export function isWrapped(segments: readonly Segment[], width: number): boolean {
  return segments.every(({ value }, index) => {
    const next = segments[index + 1]?.value;
    return next === undefined || value.length + 1 + next.split(' ', 1).join().length > width;
  });
}
