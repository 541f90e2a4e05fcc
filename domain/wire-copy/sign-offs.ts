import { agencyStyle, agencyStyles } from '../dateline/agency-styles.ts';

/** What a story ends with. A row matches the end of its text; `agency` is the group with the agency's name. */
interface SignOffForm {
  kind: 'agency' | 'credits' | 'end mark';
  pattern: RegExp;
}

const names = agencyStyles
  .flatMap(({ agency, alsoWritten }) => [agency, ...(alsoWritten ?? [])])
  .map(escaped)
  .join('|');
const initials = '(?:[ /-][a-z]{2,5}(?:[/-][a-z]{2,5})+| [a-z]{2,4})?';

const forms: readonly SignOffForm[] = [
  {
    kind: 'agency',
    pattern: new RegExp(String.raw`(?<=^|\s)(?:[-–—]{1,3}\s?)?\(?(?<agency>${names})\)?${initials}$`, 'u'),
  },
  { kind: 'agency', pattern: /^[a-z]{2,5}(?:\/[a-z]{2,5}){1,3}$/ },
  {
    kind: 'credits',
    pattern:
      /(?<=^|\s)\((?:additional reporting|compiled|edición|edited|editing|información|reported|reporting|writing|written)(?: by|:| de)? .{2,500}\)$/iu,
  },
  { kind: 'end mark', pattern: /(?<=^|\s)(?:[-–—*#]{1,3}\s?)?(?:ENDS?|FIN)(?:\s?[-–—*#]{1,3})?$/u },
  { kind: 'end mark', pattern: /^(?:-30-|# ?# ?#)$/ },
];

export interface SignOff {
  kind: SignOffForm['kind'];
  /** Where it begins in the text. */
  offset: number;
  agency: string | null;
}

/** No sign-off is longer. It keeps the search to the end of a long text. */
const longest = 600;

/**
 * The sign-off at the end of a text. Within a paragraph it follows a finished sentence: `… vandalism. EFE`. `agency` is
 * the dateline's, which may be one without a row among the agencies' styles.
 */
export function signOffOf(text: string, agency: string | null): SignOff | undefined {
  const start = Math.max(0, text.length - longest);
  const tail = text.slice(start);
  for (const { kind, pattern } of forms) {
    const found = pattern.exec(tail);
    const offset = start + (found?.index ?? 0);
    if (found && standsAlone(text, offset)) {
      return { kind, offset, agency: agencyStyle(found.groups?.agency ?? '')?.agency ?? null };
    }
  }
  if (agency === null || text !== agency) return undefined;
  return { kind: 'agency', offset: 0, agency };
}

function standsAlone(text: string, offset: number): boolean {
  return offset === 0 || /[.!?…]["'”’»)\]]*$|["”»)]$/u.test(text.slice(Math.max(0, offset - 8), offset).trimEnd());
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
