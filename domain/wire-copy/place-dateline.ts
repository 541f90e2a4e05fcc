import { type ParsedDateline, parseDateline } from '../dateline/parse-dateline.ts';
import { isHeadingLike, isShort } from './heading-like.ts';
import { isText, type Part, type TextPart } from './parts.ts';
import { type Segment, splitAt, textOf } from './segments.ts';
import type { WireCopyOptions, WireWarning } from './wire-copy.ts';

/** How far a dateline is searched for: a header with more blocks, or more lines in one, is none. */
const mostBlocks = 12;
const mostLines = 12;

/** Separates the dateline from the text part that it stands in, and the lines above it from both. */
export function placeDateline(parts: readonly Part[], options: WireCopyOptions, warnings: WireWarning[]): Part[] {
  const above: TextPart[] = [];
  for (const [index, part] of parts.entries()) {
    if (above.length === mostBlocks || part.role === 'relatedLabel') break;
    if (!isText(part)) continue;
    const found = findDateline(part.segments, options);
    if (found === undefined) {
      above.push(part);
      continue;
    }
    const line = part.segments[found.at]?.line ?? null;
    if (!isHeader(above)) {
      warnings.push({ line, text: 'A dateline below the beginning of the story is left in its paragraph.' });
      break;
    }
    const placed = separate(part, found);
    if (placed === undefined) break;
    warnings.push(...found.parsed.warnings.map((text) => ({ line, text })));
    return [...parts.slice(0, index), ...placed, ...parts.slice(index + 1)];
  }
  return [...parts];
}

/** A single block above the dateline is the headline, however it is written. */
function isHeader(above: readonly TextPart[]): boolean {
  const isPlausible = above.length === 1 ? isShort : isHeadingLike;
  return above.every(({ segments }) => isPlausible(textOf(segments)));
}

interface Found {
  /** The segment that the dateline begins. */
  at: number;
  parsed: ParsedDateline;
}

function findDateline(segments: readonly Segment[], options: WireCopyOptions): Found | undefined {
  for (const at of segments.slice(0, mostLines).keys()) {
    const parsed = parseDateline(textOf(segments.slice(at, at + mostLines)), options);
    if (parsed) return { at, parsed };
  }
  return undefined;
}

function separate(part: TextPart, { at, parsed }: Found): Part[] | undefined {
  const { dateline } = parsed;
  const split = splitAt(part.segments.slice(at), dateline.text.length, 'left');
  if (split === undefined) return undefined;
  const heading = part.segments.slice(0, at);
  return [
    ...(at === 0 ? [] : [{ ...part, segments: heading }]),
    { role: 'dateline', dateline, segments: split.left },
    ...(split.right.length === 0 ? [] : [{ ...part, segments: split.right }]),
  ];
}
