import { type Piece, pieceOf } from './layout.ts';
import type { Part } from './parts.ts';
import { placeDateline } from './place-dateline.ts';
import { placeHeadings } from './place-headings.ts';
import { placeRelated } from './place-related.ts';
import { placeSignOff } from './place-sign-off.ts';
import { readParts } from './read-parts.ts';
import { readSegments, textOf } from './segments.ts';
import type { WireCopy, WireCopyOptions, WireWarning } from './wire-copy.ts';

/**
 * Reads an agency's text. Every line of it is in a field or in `dropped`; what could not be read or placed is in
 * `warnings`. Never throws. `printWireCopy` gives the text back byte for byte.
 */
export function parseWireCopy(text: string, options: WireCopyOptions = {}): WireCopy {
  const { start, segments } = readSegments(text);
  const warnings: WireWarning[] = [];
  const dated = placeDateline(readParts(segments, warnings), options, warnings);
  const agency = dated.find((part) => part.role === 'dateline')?.dateline.agency ?? null;
  const headed = placeHeadings(dated, options.sections, warnings);
  const placed = placeSignOff(placeRelated(headed, agency), agency, warnings);
  const copy = collect(placed.parts, start);
  warnings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { ...copy, agency: placed.agency, warnings };
}

function collect(parts: readonly Part[], start: string): WireCopy {
  const pieces: Piece[] = [];
  const notes: string[] = [];
  const copy: WireCopy = {
    section: null,
    headline: null,
    advisory: null,
    dateline: null,
    paragraphs: [],
    signOff: null,
    agency: null,
    related: [],
    dropped: [],
    warnings: [],
    layout: { start, pieces },
  };
  for (const part of parts) pieces.push(collectPart(part, copy, notes));
  return { ...copy, advisory: notes.length === 0 ? null : notes.join('\n') };
}

/** Puts a part into its field and tells where it stood. */
function collectPart(part: Part, copy: WireCopy, notes: string[]): Piece {
  const { segments } = part;
  const value = textOf(segments);
  switch (part.role) {
    case 'section': {
      copy.section = part.section;
      const piece = pieceOf('section', undefined, segments);
      return value === part.section.name ? piece : { ...piece, spelling: value };
    }
    case 'headline':
    case 'signOff':
      copy[part.role] = value;
      return pieceOf(part.role, undefined, segments);
    case 'dateline':
      copy.dateline = part.dateline;
      return pieceOf('dateline', undefined, segments);
    case 'advisory':
      return pieceOf('advisory', notes.push(value) - 1, segments);
    case 'related':
      return pieceOf('related', copy.related.push(value) - 1, segments);
    case 'dropped': {
      const line = segments[0]?.line ?? 0;
      copy.dropped.push({ line, text: value, reason: part.reason });
      return pieceOf('dropped', line, segments);
    }
    default:
      return pieceOf('paragraph', copy.paragraphs.push(value) - 1, segments);
  }
}
