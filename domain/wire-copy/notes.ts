import { type Segment, textOf, unwrapEnd, unwrapStart } from './segments.ts';

/** Labels of a note that say nothing else. They are taken off, with the colon. */
const labels = [
  'actualización',
  'advisory',
  'attention editors',
  'editor',
  'editores',
  "editor's note",
  'editor’s note',
  'editors',
  "editors' note",
  'editors’ note',
  'ed',
  'eds',
  'update',
  'updated',
  'updates',
];

/** First words of a note in parentheses that are part of what it says. */
const openings = [
  'actualiza',
  'adding',
  'adds',
  'aclara',
  'agrega',
  'amends',
  'amplía',
  'añade',
  'changes',
  'clarification',
  'clarifies',
  'corrección',
  'corrected',
  'correction',
  'corrects',
  'corrige',
  'deletes',
  'fixes',
  'incluye',
  'includes',
  'inserts',
  'recasts',
  'refiles',
  'removes',
  'repeats',
  'restores',
  'rewrites',
  'update',
  'updated',
  'updates',
  'updating',
];

const label = new RegExp(`^\\(?\\s?(?:${labels.join('|')})(?: \\d{1,2})?\\s?:\\s?`, 'iu');
const bareLabel = /^(?:eds|editors|attention editors|editor['’]s note|editors['’] note)\s?:\s?/iu;
const opening = new RegExp(`^\\((?:${openings.join('|')})(?![\\p{L}\\p{M}'’-])`, 'iu');

/** How surely a line begins a note: by a label, or by a verb that running text may begin with too. */
export function noteKind(line: string): 'label' | 'opening' | undefined {
  if (line.startsWith('(') ? label.test(line) : bareLabel.test(line)) return 'label';
  return opening.test(line) ? 'opening' : undefined;
}

/** More lines or characters than a note has. They bound the search for its end. */
export const mostNoteLines = 12;
const mostCharacters = 2000;

/** Where the parenthesis that the segments begin with closes: an offset of their text. Undefined when it does not. */
export function closingOffset(segments: readonly Segment[]): number | undefined {
  const text = textOf(segments).slice(0, mostCharacters);
  let depth = 0;
  for (const { 0: parenthesis, index } of text.matchAll(/[()]/g)) {
    depth += parenthesis === '(' ? 1 : -1;
    if (depth === 0) return text[index + 1] === '.' ? index + 2 : index + 1;
  }
  return undefined;
}

/** The note without parentheses and label, which become what surrounds it. Undefined when nothing is left. */
export function noteContent(segments: readonly Segment[]): Segment[] | undefined {
  const value = textOf(segments);
  const start = label.exec(value)?.[0].length ?? (value.startsWith('(') ? 1 : 0);
  const close = value.startsWith('(') ? /\s?\)\.?$/.exec(value.slice(-4))?.[0].length : 0;
  const end = value.length - (close ?? 0);
  if (value.slice(start, end).trim() === '') return undefined;
  const ended = end === value.length ? [...segments] : unwrapEnd(segments, end);
  return ended && unwrapStart(ended, start);
}
