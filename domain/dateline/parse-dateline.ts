import type { Dateline } from '../../contract/schemas/dateline.ts';
import { agencyStyle } from './agency-styles.ts';
import { dateAtEnd, resolveDate, type YearHint } from './dateline-date.ts';
import { readPlaces } from './place-names.ts';

export interface ParsedDateline {
  dateline: Dateline;
  /** The paragraph after the dateline and the space that follows it. */
  rest: string;
  warnings: string[];
}

/** Longer than any dateline, and what keeps the scan of a long paragraph short. */
const longestDateline = 300;
const mostPlaces = 4;

const shape = /^(?<head>[^()]{2,230}?)\s?\((?<agency>[^()]{2,40})\)(?<end>\s?\.?\s?(?:-{1,3}|[–—―_]))/u;

/**
 * Reads the dateline at the start of a paragraph whose spaces are plain: places, a date unless the agency prints none,
 * the agency in parentheses, a dash. Undefined when the paragraph does not start with one. An agency without a row among
 * the styles is believed only beside a date, since `NATO (OTAN) - …` begins a sentence.
 */
export function parseDateline(paragraph: string, hint: YearHint = {}): ParsedDateline | undefined {
  const found = shape.exec(paragraph.slice(0, longestDateline));
  if (found === null || isCompoundWord(found, paragraph)) return undefined;
  const { head = '', agency: printedAgency = '' } = found.groups ?? {};
  const printedDate = dateAtEnd(withoutComma(head));
  const agency = readAgency(printedAgency, printedDate !== undefined);
  const places = readPlaces(withoutComma(printedDate?.before ?? head));
  if (agency === undefined || places === undefined || places.some(isAgency)) return undefined;

  const warnings: string[] = [];
  const resolved = printedDate === undefined ? undefined : resolveDate(printedDate, hint);
  if (resolved !== undefined && 'problem' in resolved)
    warnings.push(`The dateline's date is left out: ${resolved.problem}.`);
  for (const place of places.slice(mostPlaces))
    warnings.push(`The dateline names more than four places: "${place}" is left out.`);
  const date = resolved !== undefined && 'date' in resolved ? resolved.date : null;
  const [text] = found;
  return {
    dateline: { places: places.slice(0, mostPlaces), date, agency, text },
    rest: paragraph.slice(text.length).trimStart(),
    warnings,
  };
}

function withoutComma(text: string): string {
  return text.replace(/[\s,]+$/, '');
}

/** `Almaty (AP)-based` has a hyphen, not a dash. */
function isCompoundWord(found: RegExpExecArray, paragraph: string): boolean {
  return found.groups?.end === '-' && /^\S/.test(paragraph.slice(found[0].length));
}

/** `Associated Press (AP) - …` tells what AP is, not where it writes from. */
function isAgency(place: string): boolean {
  return agencyStyle(place) !== undefined;
}

function readAgency(printed: string, dated: boolean): string | undefined {
  const names = printed.trim().split('/');
  const styles = names.map((name) => agencyStyle(name)?.agency);
  if (styles.every((name) => name !== undefined)) return styles.join('/');
  return dated && names.every(isAgencyLike) ? names.map((name, index) => styles[index] ?? name).join('/') : undefined;
}

function isAgencyLike(name: string): boolean {
  return (
    name.length <= 30 && /^[\p{Lu}\p{Lo}][\p{L}\p{M}\d.&-]*(?: [\p{Lu}\p{Lo}][\p{L}\p{M}\d.&-]*){0,2}$/u.test(name)
  );
}
