import type { Piece, WireField } from './layout.ts';
import type { WireCopy } from './wire-copy.ts';

/** The text of every field by its index, as a piece refers to it. */
export type FieldTexts = Record<WireField, ReadonlyMap<number, string>>;

/** The order in which an agency's text has its fields. Dropped lines have a place only where they stood. */
const order = ['section', 'headline', 'advisory', 'dateline', 'paragraph', 'signOff', 'related'] as const;

type Placed = (typeof order)[number];

const lineEnd = /\r\n|\r|\n/;

/** The layout's pieces, with places for what has been added to the fields since. */
export function withMissingPieces(copy: WireCopy, texts: FieldTexts): readonly Piece[] {
  const pieces = [...copy.layout.pieces];
  const end = lineEndOf(copy);
  for (const field of order) {
    const placed = new Set(copy.layout.pieces.filter((piece) => piece.field === field).map(({ index }) => index ?? 0));
    for (const index of texts[field].keys()) {
      if (placed.has(index)) continue;
      const place = placeFor(field, pieces, copy);
      const around = surroundings(field, pieces[place - 1], pieces[place], `${end}${end}`);
      pieces.splice(place, 0, { field, index, ...around });
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
  return (
    Math.max(
      ranked,
      pieces.findIndex((piece) => piece.field === 'dropped' && piece.index === label),
    ) + 1
  );
}

/** What goes around a new piece, so that it stands on lines of its own, or in front of the paragraph it opens. */
function surroundings(
  field: Placed,
  above: Piece | undefined,
  below: Piece | undefined,
  blankLine: string,
): { before: string; after: string } {
  const [open, close] = field === 'advisory' ? ['(Update: ', ')'] : ['', ''];
  if (field === 'dateline' && below?.field === 'paragraph' && below.index === 0) return { before: '', after: ' ' };
  return above === undefined || lineEnd.test(above.after ?? '')
    ? { before: open, after: `${close}${blankLine}` }
    : { before: `${blankLine}${open}`, after: close };
}
