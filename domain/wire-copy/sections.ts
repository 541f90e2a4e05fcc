import { slugFrom } from '../slug.ts';
import { plain } from './segments.ts';
import type { WireSection } from './wire-copy.ts';

/** Whether a line names a section: by its slug or, whatever the case, its name. */
export function isNameOf(line: string, { slug, name }: WireSection): boolean {
  return line === slug || line.toLowerCase() === plain(name).toLowerCase();
}

/** The section that a line names among those that exist. */
export function findSection(line: string, sections: readonly WireSection[]): WireSection | undefined {
  const found = sections.find((section) => isNameOf(line, section));
  return found && { slug: found.slug, name: found.name };
}

/** Longer lines are headlines. */
const longestName = 60;

/** Whether a line may be the name of a section that is not known. */
export function isSectionLike(line: string): boolean {
  return line.length <= longestName && slugFrom(line) !== '';
}
