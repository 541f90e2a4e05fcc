import { slugFrom } from '../slug.ts';
import { findHeadings, isByline, isWrapped, separateSection } from './find-headings.ts';
import { isHeadingLike } from './heading-like.ts';
import { lineOf, type Part, type TextPart } from './parts.ts';
import { findSection, isSectionLike } from './sections.ts';
import { textOf } from './segments.ts';
import type { WireCopyOptions, WireSection, WireWarning } from './wire-copy.ts';

type Sections = WireCopyOptions['sections'];

/** What becomes of the texts above the story. `unplaced` are what has no place among section and headline. */
interface Headings {
  section?: TextPart | undefined;
  known?: WireSection | undefined;
  headline?: TextPart | undefined;
  bylines: TextPart[];
  unplaced: TextPart[];
}

/** Places the section and the headline, which stand above the dateline or, without one, above the story. */
export function placeHeadings(parts: readonly Part[], sections: Sections, warnings: WireWarning[]): Part[] {
  const separated = sections ? separateSection(parts, sections) : parts;
  const headings = sortHeadings(findHeadings(separated), sections);
  const outcome = new Map<Part, Part[]>();
  const { section, known, headline, bylines, unplaced } = headings;
  if (section) outcome.set(section, readSection(section, known, sections, warnings));
  if (headline) outcome.set(headline, [{ ...headline, role: 'headline' }]);
  else warnings.push({ line: null, text: 'The copy has no headline.' });
  for (const byline of bylines) {
    warnings.push(warningOf(byline, 'The byline is left out'));
    outcome.set(byline, dropped(byline, 'byline'));
  }
  const dated = separated.some(({ role }) => role === 'dateline');
  for (const part of unplaced) {
    warnings.push(
      warningOf(part, dated ? 'A line above the dateline is left out' : 'The first paragraph may be a heading'),
    );
    if (dated) outcome.set(part, dropped(part, 'unplaced heading'));
  }
  warnOfJoinedLines(headings, parts, warnings);
  return separated.flatMap((part) => outcome.get(part) ?? [part]);
}

/** The first heading is the section where a second one can be the headline, or where it names a section that exists. */
function sortHeadings(found: readonly TextPart[], sections: Sections): Headings {
  const bylines = found.slice(1).filter(isByline);
  const others = found.filter((part) => !bylines.includes(part));
  const likely = others.filter(({ segments }) => isHeadingLike(textOf(segments)));
  const [first, ...more] = likely.length > 0 ? likely : others;
  const known = first && sections && findSection(textOf(first.segments), sections);
  const isSection = known !== undefined || (first && more.length > 0 && isSectionLike(textOf(first.segments)));
  const [section, headline] = isSection ? [first, more[0]] : [undefined, first];
  return {
    section,
    known,
    headline,
    bylines,
    unplaced: others.filter((part) => part !== section && part !== headline),
  };
}

function readSection(
  part: TextPart,
  known: WireSection | undefined,
  sections: Sections,
  warnings: WireWarning[],
): Part[] {
  const name = textOf(part.segments);
  if (known) return [{ ...part, role: 'section', section: known }];
  if (!sections) return [{ ...part, role: 'section', section: { name, slug: slugFrom(name) } }];
  warnings.push(warningOf(part, 'The section is not known'));
  return dropped(part, 'unknown section');
}

function warnOfJoinedLines({ section, headline }: Headings, parts: readonly Part[], warnings: WireWarning[]): void {
  const several = [section, headline].filter((part) => part !== undefined && part.segments.length > 1);
  if (several.length === 0) return;
  const width = parts.flatMap(({ segments }) => segments).reduce((most, { value }) => Math.max(most, value.length), 0);
  for (const part of several) {
    if (part && !isWrapped(part.segments, width))
      warnings.push(warningOf(part, 'Several lines were read as one heading'));
  }
}

function warningOf(part: Part, what: string): WireWarning {
  return { line: lineOf(part), text: `${what}: "${textOf(part.segments)}".` };
}

function dropped({ segments }: Part, reason: string): Part[] {
  return segments.map((segment) => ({ role: 'dropped', segments: [segment], reason }));
}
