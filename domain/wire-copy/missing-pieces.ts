import type { Piece, WireField } from './layout.ts';
import type { WireCopy } from './wire-copy.ts';

/** The text of every field by its index, as a piece refers to it. */
export type FieldTexts = Record<WireField, ReadonlyMap<number, string>>;

/** The order in which an agency's text has its fields. Dropped lines have a place only where they stood. */
const order = ['section', 'headline', 'advisory', 'dateline', 'paragraph', 'signOff', 'related'] as const;

type Placed = (typeof order)[number];

/** The dateline comes last, since it stands in front of the first paragraph. */
const fields: readonly Placed[] = ['section', 'headline', 'advisory', 'paragraph', 'signOff', 'related', 'dateline'];

const lineEnd = /\r\n|\r|\n/;

/** The layout's pieces, with places for what has been added to the fields since. */
export function withMissingPieces(copy: WireCopy, texts: FieldTexts): readonly Piece[] {
  const pieces = [...copy.layout.pieces];
  const end = lineEndOf(copy);
  for (const field of fields) {
    const placed = new Set(copy.layout.pieces.filter((piece) => piece.field === field).map(({ index }) => index ?? 0));
    for (const index of texts[field].keys()) {
      if (!placed.has(index)) insert({ field, index }, placeFor(field, pieces, copy), pieces, `${end}${end}`);
    }
  }
  return pieces;
}

function lineEndOf({ layout }: WireCopy): string {
  const piece = layout.pieces.find(({ after = '' }) => lineEnd.test(after));
  return lineEnd.exec(piece?.after ?? '')?.[0] ?? '\n';
}

function placeFor(field: Placed, pieces: readonly Piece[], { dropped }: WireCopy): number {
  const rank = order.indexOf(field);
  const ranked = pieces.findLastIndex((piece) => piece.field !== 'dropped' && order.indexOf(piece.field) <= rank);
  if (field !== 'related' || pieces[ranked]?.field === 'related') return ranked + 1;
  const label = dropped.find(({ reason }) => reason.includes('related box'))?.line;
  const labelled = pieces.findIndex((piece) => piece.field === 'dropped' && piece.index === label);
  return Math.max(ranked, labelled) + 1;
}

/** Puts a new piece on lines of its own, or a dateline in front of the paragraph that it opens. */
function insert(piece: Piece, place: number, pieces: Piece[], blankLine: string): void {
  const [above, below] = [pieces[place - 1], pieces[place]];
  if (piece.field === 'dateline' && below?.field === 'paragraph') {
    pieces.splice(place, 1, { ...piece, before: below.before ?? '', after: ' ' }, { ...below, before: '' });
    return;
  }
  const [open, close] = piece.field === 'advisory' ? ['(Update: ', ')'] : ['', ''];
  const isBelowLineEnd = above === undefined || lineEnd.test(above.after ?? '');
  const around = isBelowLineEnd
    ? { before: open, after: `${close}${blankLine}` }
    : { before: `${blankLine}${open}`, after: close };
  pieces.splice(place, 0, { ...piece, ...around });
}
