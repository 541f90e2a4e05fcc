import type { Dateline } from '../../contract/schemas/dateline.ts';
import type { Segment } from './segments.ts';
import type { WireSection } from './wire-copy.ts';

/** A run of segments and what it is. `text` and `relatedLabel` are still to be placed. */
export type Part = { segments: readonly Segment[] } & (
  | { role: 'text' | 'relatedLabel' | 'headline' | 'advisory' | 'signOff' | 'related' }
  | { role: 'section'; section: WireSection }
  | { role: 'dateline'; dateline: Dateline }
  | { role: 'dropped'; reason: string }
);

export type TextPart = Part & { role: 'text' };

export function isText(part: Part): part is TextPart {
  return part.role === 'text';
}

/** The line that a part begins on, counted from 1. */
export function lineOf(part: Part): number | null {
  return part.segments[0]?.line ?? null;
}
