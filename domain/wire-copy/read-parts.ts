import { parseDateline } from '../dateline/parse-dateline.ts';
import { furnitureReason, isRelatedLabel } from './furniture.ts';
import { isHeadingLike } from './heading-like.ts';
import { closingOffset, mostNoteLines, noteContent, noteKind } from './notes.ts';
import type { Part } from './parts.ts';
import { type Segment, type Split, splitAt, textOf } from './segments.ts';
import type { WireWarning } from './wire-copy.ts';

/** Takes notes, page furniture and labels of related boxes out of the lines; what is left is text, a part a block. */
export function readParts(segments: readonly Segment[], warnings: WireWarning[]): Part[] {
  const parts: Part[] = [];
  let inStory = false;
  for (const block of blocksOf(segments)) {
    const read = readBlock(block, inStory, warnings);
    for (const part of read) parts.push(part);
    inStory ||= read.some((part) => part.role === 'text' && beginsStory(part.segments));
  }
  return parts;
}

function* blocksOf(segments: readonly Segment[]): Generator<Segment[]> {
  let block: Segment[] = [];
  for (const segment of segments) {
    if (segment.opensBlock && block.length > 0) {
      yield block;
      block = [];
    }
    block.push(segment);
  }
  if (block.length > 0) yield block;
}

function beginsStory(segments: readonly Segment[]): boolean {
  return !isHeadingLike(textOf(segments)) || segments.some(({ value }) => parseDateline(value) !== undefined);
}

function readBlock(lines: readonly Segment[], inStory: boolean, warnings: WireWarning[]): Part[] {
  const parts: Part[] = [];
  let text: Segment[] = [];
  const closeText = () => {
    if (text.length > 0) parts.push({ role: 'text', segments: text });
    text = [];
  };
  for (let index = 0; index < lines.length; ) {
    const segment = lines[index] as Segment;
    const special =
      readFurniture(segment, text.at(-1), lines[index + 1]) ??
      (inStory && text.length > 0 ? undefined : readNote(lines, index, inStory, warnings));
    if (special === undefined) {
      text.push(segment);
      index += 1;
      continue;
    }
    closeText();
    for (const part of special.parts) parts.push(part);
    index += special.length;
    if (special.rest) text.push(special.rest);
  }
  closeText();
  return parts;
}

interface Special {
  parts: Part[];
  /** How many lines it takes up. */
  length: number;
  /** What else stands on the last of them. */
  rest?: Segment | undefined;
}

function readFurniture(segment: Segment, above: Segment | undefined, below: Segment | undefined): Special | undefined {
  const reason = furnitureReason(segment.value);
  if (reason === undefined && !isRelatedLabel(segment.value)) return undefined;
  if (isAmidSentence(segment.value, above, below)) return undefined;
  const part: Part = { segments: [segment], ...(reason ? { role: 'dropped', reason } : { role: 'relatedLabel' }) };
  return { parts: [part], length: 1 };
}

/** A line of a wrapped sentence may consist of the same words as a button. */
function isAmidSentence(line: string, above: Segment | undefined, below: Segment | undefined): boolean {
  if (below && /^\p{Ll}/u.test(below.value) && !isSpecial(below)) return true;
  return above !== undefined && isHeadingLike(above.value) && /^\p{Ll}|\.$/u.test(line);
}

function isSpecial({ value }: Segment): boolean {
  return furnitureReason(value) !== undefined || isRelatedLabel(value);
}

function readNote(
  lines: readonly Segment[],
  index: number,
  inStory: boolean,
  warnings: WireWarning[],
): Special | undefined {
  const first = lines[index] as Segment;
  const kind = noteKind(first.value);
  if (kind === undefined || (kind === 'opening' && inStory)) return undefined;
  if (!first.value.startsWith('(')) return noteOf(lines.slice(index, index + openNoteLength(lines, index)));
  const below = lines.slice(index, index + mostNoteLines);
  const close = closingOffset(below);
  const split = close === undefined ? undefined : splitAt(below, close, 'left');
  const note = split ? closedNote(split) : undefined;
  if (note || kind === 'opening') return note;
  const problem = split ? 'shares its line with other text' : 'has no closing parenthesis';
  warnings.push({ line: first.line, text: `The note ${problem}: "${first.value}".` });
  return split ? undefined : noteOf(lines.slice(index, index + openNoteLength(lines, index)));
}

/** A sentence may begin in parentheses too, so nothing but the dateline may follow a note on its line. */
function closedNote({ left, right }: Split): Special | undefined {
  const note = noteOf(left);
  const [rest] = right;
  if (rest === undefined || rest.line !== left.at(-1)?.line) return note;
  const isNote = note.parts[0]?.role === 'advisory' && parseDateline(textOf(right)) !== undefined;
  return isNote ? { ...note, rest } : undefined;
}

function noteOf(segments: readonly Segment[]): Special {
  const content = noteContent(segments);
  const empty = segments.map((each): Part => ({ role: 'dropped', segments: [each], reason: 'empty note' }));
  return { parts: content ? [{ role: 'advisory', segments: content }] : empty, length: segments.length };
}

/** A note that nothing closes goes on to the next note, the dateline or the end of its block. */
function openNoteLength(block: readonly Segment[], index: number): number {
  let end = index + 1;
  for (let line = block[end]; line && !beginsNoteOrDateline(line.value); line = block[end]) end += 1;
  return end - index;
}

function beginsNoteOrDateline(line: string): boolean {
  return noteKind(line) !== undefined || parseDateline(line) !== undefined;
}
