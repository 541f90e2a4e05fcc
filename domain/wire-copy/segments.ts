/** A line of copy or a part of one. `before + source + after` of all segments in order is the input, byte for byte. */
export interface Segment {
  /** Counts from 1. */
  line: number;
  /** Indentation, or what else stands in front of the content. */
  before: string;
  /** The content as spelled in the input. */
  source: string;
  /** The content as a field holds it. */
  value: string;
  /** Trailing space, the line end and the blank lines below. */
  after: string;
  /** Whether a paragraph begins here: below a blank line, or indented. */
  opensBlock: boolean;
}

/** A text as fields hold it: NFC-normalized, with plain spaces, trimmed, without byte-order marks. */
export function plain(text: string): string {
  return text.replaceAll('\uFEFF', '').replaceAll(/\s/g, ' ').normalize('NFC').trim();
}

/** Splits a text into its non-blank lines. `start` is what stands before the first of them. */
export function readSegments(text: string): { start: string; segments: Segment[] } {
  const segments: Segment[] = [];
  let start = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let blankAbove = true;
  // A split that captures the line ends gives lines at even places and their ends at odd ones.
  const pieces = text.slice(start.length).split(/(\r\n|\r|\n)/);
  for (let index = 0; index < pieces.length; index += 2) {
    const [line = '', end = ''] = [pieces[index], pieces[index + 1]];
    const last = segments.at(-1);
    if (line.trim() !== '') segments.push(segmentOf(line, end, index / 2 + 1, blankAbove));
    else if (last) last.after += line + end;
    else start += line + end;
    blankAbove = line.trim() === '';
  }
  return { start, segments };
}

function segmentOf(line: string, end: string, number: number, blankAbove: boolean): Segment {
  const before = line.slice(0, line.length - line.trimStart().length);
  const source = line.trim();
  const after = line.slice(before.length + source.length) + end;
  const indented = before.includes('\t') || before.length >= 2;
  return { line: number, before, source, value: plain(source), after, opensBlock: blankAbove || indented };
}

/** The text of segments as a field holds it. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ value }) => value).join(' ');
}

export interface Split {
  left: Segment[];
  right: Segment[];
}

/**
 * Splits segments at an offset of their value, beside a space or after punctuation. The space between goes to the side
 * that is asked for. Undefined where the input's spelling can't be divided there.
 */
export function splitAt(segments: readonly Segment[], offset: number, spaceTo: keyof Split): Split | undefined {
  let position = 0;
  for (const [index, segment] of segments.entries()) {
    if (offset <= position) return { left: segments.slice(0, index), right: segments.slice(index) };
    if (offset < position + segment.value.length) {
      const halves = splitSegment(segment, offset - position, spaceTo);
      if (halves === undefined) return undefined;
      return {
        left: [...segments.slice(0, index), halves[0]],
        right: [halves[1], ...segments.slice(index + 1)],
      };
    }
    position += segment.value.length + 1;
  }
  return { left: [...segments], right: [] };
}

function splitSegment(segment: Segment, offset: number, spaceTo: keyof Split): [Segment, Segment] | undefined {
  const { value, source } = segment;
  const cut = sourceOffset(source, plain(value.slice(0, offset)), plain(value.slice(offset)));
  if (cut === undefined) return undefined;
  const [left, right] = [source.slice(0, cut), source.slice(cut)];
  const space = left.slice(left.trimEnd().length) + right.slice(0, right.length - right.trimStart().length);
  const [leftSpace, rightSpace] = spaceTo === 'left' ? [space, ''] : ['', space];
  return [
    { ...segment, source: left.trimEnd(), value: plain(left), after: leftSpace },
    { ...segment, before: rightSpace, source: right.trimStart(), value: plain(right), opensBlock: false },
  ];
}

/** A letter decomposes into four characters at most (U+1F82). The rest is room for spaces. */
const longestSpelling = (length: number) => 4 * length + 16;

/** Where the spelling of `left` ends. Searched from the shorter side, since every try normalizes it anew. */
function sourceOffset(source: string, left: string, right: string): number | undefined {
  const fromLeft = left.length <= right.length;
  const [short, long] = fromLeft ? [left, right] : [right, left];
  const most = Math.min(source.length, longestSpelling(short.length));
  for (let length = short.length; length <= most; length += 1) {
    const cut = fromLeft ? length : source.length - length;
    const [near, far] = fromLeft
      ? [source.slice(0, cut), source.slice(cut)]
      : [source.slice(cut), source.slice(0, cut)];
    if (plain(near) === short) return plain(far) === long ? cut : undefined;
  }
  return undefined;
}

/** Takes the value's first `offset` characters out of it, into what stands before it. */
export function unwrapStart(segments: readonly Segment[], offset: number): Segment[] | undefined {
  const split = splitAt(segments, offset, 'left');
  const [first, ...rest] = split?.right ?? [];
  if (split === undefined || first === undefined) return undefined;
  return [{ ...first, before: rawText(split.left) + first.before }, ...rest];
}

/** Takes what follows the value's first `offset` characters out of it, into what stands after it. */
export function unwrapEnd(segments: readonly Segment[], offset: number): Segment[] | undefined {
  const split = splitAt(segments, offset, 'left');
  const last = split?.left.at(-1);
  if (split === undefined || last === undefined) return undefined;
  return [...split.left.slice(0, -1), { ...last, after: last.after + rawText(split.right) }];
}

function rawText(segments: readonly Segment[]): string {
  return segments.map(({ before, source, after }) => before + source + after).join('');
}
