import { isHeadingLike } from './heading-like.ts';
import { isText, type Part } from './parts.ts';
import { type Segment, textOf, unwrapStart } from './segments.ts';
import { signOffOf } from './sign-offs.ts';

const bullet = /^(?:[-–—*•·▪>]\s|[•·▪])\s?/u;

/** Reads the headlines under the label of a related box, one a line, up to the next text that is not one. */
export function placeRelated(parts: readonly Part[], agency: string | null): Part[] {
  const placed: Part[] = [];
  let label: number | undefined;
  for (const part of parts) {
    if (part.role === 'relatedLabel') {
      label = placed.push({ role: 'dropped', reason: 'empty related box', segments: part.segments }) - 1;
    } else if (!isText(part)) {
      placed.push(part);
    } else if (label !== undefined && isHeadlines(part, agency)) {
      for (const segment of part.segments) placed.push(related(segment));
      placed[label] = { ...(placed[label] as Part & { role: 'dropped' }), reason: 'label of the related box' };
    } else {
      label = undefined;
      placed.push(part);
    }
  }
  return placed;
}

function isHeadlines({ segments }: Part, agency: string | null): boolean {
  return segments.every(({ value }) => isHeadingLike(value)) && signOffOf(textOf(segments), agency)?.offset !== 0;
}

function related(segment: Segment): Part {
  const mark = bullet.exec(segment.value)?.[0].length ?? 0;
  return { role: 'related', segments: (mark > 0 && unwrapStart([segment], mark)) || [segment] };
}
