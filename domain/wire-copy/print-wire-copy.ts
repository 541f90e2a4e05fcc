import { laidOut, type Piece } from './layout.ts';
import { type FieldTexts, withMissingPieces } from './missing-pieces.ts';
import { isNameOf } from './sections.ts';
import type { WireCopy } from './wire-copy.ts';

/**
 * Prints wire copy from its fields. What was parsed and not changed since is printed as it came, byte for byte; what was
 * changed stands where it stood; what was taken out leaves no empty line.
 */
export function printWireCopy(copy: WireCopy): string {
  const texts = textsOf(copy);
  let printed = copy.layout.start;
  for (const piece of withMissingPieces(copy, texts)) {
    const { before = '', after = '' } = piece;
    const text = texts[piece.field].get(piece.index ?? 0);
    if (text !== undefined) printed += `${before}${printPiece(piece, text, copy)}${after}`;
    // What is gone takes its line end along, unless another text stands on the line.
    else if (isLineOpen(printed) && lineEnd.test(after)) printed += after;
  }
  return printed;
}

const lineEnd = /[\r\n]/;

function isLineOpen(printed: string): boolean {
  return printed !== '' && !lineEnd.test(printed.slice(-1));
}

function textsOf(copy: WireCopy): FieldTexts {
  const numbered = (texts: readonly (string | undefined)[]) =>
    new Map(texts.flatMap((text, index) => (text ? [[index, text] as const] : [])));
  return {
    section: numbered([copy.section?.name]),
    headline: numbered([copy.headline ?? undefined]),
    advisory: numbered(copy.advisory?.split('\n') ?? []),
    dateline: numbered([copy.dateline?.text]),
    paragraph: numbered(copy.paragraphs),
    signOff: numbered([copy.signOff ?? undefined]),
    related: numbered(copy.related),
    dropped: new Map(copy.dropped.map(({ line, text }) => [line, text])),
  };
}

function printPiece({ spelling, lines }: Piece, text: string, { section }: WireCopy): string {
  const isSpelled = spelling !== undefined && section !== null && isNameOf(spelling, section);
  return laidOut(isSpelled ? spelling : text, lines);
}
