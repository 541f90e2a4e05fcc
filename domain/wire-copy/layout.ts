import { plain, type Segment } from './segments.ts';

export type WireField =
  | 'section'
  | 'headline'
  | 'advisory'
  | 'dateline'
  | 'paragraph'
  | 'signOff'
  | 'related'
  | 'dropped';

/** One line of a field that the input wraps or spells in its own way. */
export interface PrintedLine {
  /** How much of the field's value stands on this line. */
  length: number;
  /** The input's spelling, where normalization changed it. */
  source?: string;
  /** What stands between this line and the next, in place of a space. */
  gap?: string;
}

/** Where a field stands in the copy, and what surrounds it. */
export interface Piece {
  field: WireField;
  /** Which paragraph, note or related headline; the line number of a dropped line. */
  index?: number;
  before?: string;
  after?: string;
  /** What is printed for a section's name. */
  spelling?: string;
  lines?: PrintedLine[];
}

/** What the fields do not say about a copy: blank lines, indentation, line ends, wraps, wrappers, spellings. */
export interface WireLayout {
  start: string;
  pieces: Piece[];
}

/** The place of a field from the segments that it was read from. */
export function pieceOf(field: WireField, index: number | undefined, segments: readonly Segment[]): Piece {
  const before = segments[0]?.before ?? '';
  const after = segments.at(-1)?.after ?? '';
  const lines = printedLines(segments);
  return {
    field,
    ...(index === undefined ? {} : { index }),
    ...(before === '' ? {} : { before }),
    ...(after === '' ? {} : { after }),
    ...(lines === undefined ? {} : { lines }),
  };
}

function printedLines(segments: readonly Segment[]): PrintedLine[] | undefined {
  if (segments.length === 1 && segments[0]?.source === segments[0]?.value) return undefined;
  return segments.map(({ value, source, after }, index) => {
    const next = segments[index + 1];
    return {
      length: value.length,
      ...(source === value ? {} : { source }),
      ...(next === undefined ? {} : { gap: after + next.before }),
    };
  });
}

/** A value as the input wrapped and spelled it; as it is when it no longer fits its lines. */
export function laidOut(value: string, lines: readonly PrintedLine[] | undefined): string {
  if (lines === undefined) return value;
  let printed = '';
  let position = 0;
  for (const { length, source, gap } of lines) {
    const line = value.slice(position, position + length);
    position += length;
    const wrapped = gap === undefined ? position === value.length : value[position] === ' ';
    if (!wrapped) return value;
    printed += source !== undefined && plain(source) === line ? source : line;
    printed += gap ?? '';
    position += 1;
  }
  return printed;
}
