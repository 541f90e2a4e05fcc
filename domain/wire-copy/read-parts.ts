import { parseDateline } from '../dateline/parse-dateline.ts';
import { furnitureReason, isRelatedLabel } from './furniture.ts';
import { isHeadingLike } from './heading-like.ts';
import { linesInParentheses, mostNoteLines, noteContent, noteKind } from './notes.ts';
import type { Part } from './parts.ts';
import { type Segment, textOf } from './segments.ts';
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

function readBlock(block: readonly Segment[], inStory: boolean, warnings: WireWarning[]): Part[] {
  const parts: Part[] = [];
  let text: Segment[] = [];
  const closeText = () => {
    if (text.length > 0) parts.push({ role: 'text', segments: text });
    text = [];
  };
  for (let index = 0; index < block.length; ) {
    const segment = block[index] as Segment;
    const special =
      readFurniture(segment, text.at(-1), block[index + 1]) ??
      (inStory && text.length > 0 ? undefined : readNote(block, index, inStory, warnings));
    if (special === undefined) {
      text.push(segment);
      index += 1;
      continue;
    }
    closeText();
    for (const part of special.parts) parts.push(part);
    index += special.length;
  }
  closeText();
  return parts;
}

interface Special {
  parts: Part[];
  length: number;
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
  block: readonly Segment[],
  index: number,
  inStory: boolean,
  warnings: WireWarning[],
): Special | undefined {
  const first = block[index] as Segment;
  const kind = noteKind(first.value);
  if (kind === undefined || (kind === 'opening' && inStory)) return undefined;
  const inParentheses = first.value.startsWith('(');
  const closed = inParentheses ? linesInParentheses(block.slice(index, index + mostNoteLines)) : undefined;
  if (closed === undefined && kind === 'opening') return undefined;
  const length = closed ?? openNoteLength(block, index);
  const segments = block.slice(index, index + length);
  if (inParentheses && closed === undefined) {
    warnings.push({ line: first.line, text: `The note has no closing parenthesis: "${first.value}".` });
  }
  const content = noteContent(segments);
  if (content) return { parts: [{ role: 'advisory', segments: content }], length };
  return { parts: segments.map((each) => ({ role: 'dropped', segments: [each], reason: 'empty note' })), length };
}

/** A note without parentheses goes on to the next note, the dateline or the end of its block. */
function openNoteLength(block: readonly Segment[], index: number): number {
  let end = index + 1;
  for (let line = block[end]; line && !beginsNoteOrDateline(line.value); line = block[end]) end += 1;
  return end - index;
}

function beginsNoteOrDateline(line: string): boolean {
  return noteKind(line) !== undefined || parseDateline(line) !== undefined;
}
