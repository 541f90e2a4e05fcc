import * as z from 'zod/mini';
import { unreadableText } from '../readable-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const lineBreak = /[\u000A\u000D\u0085\u2028\u2029]/;

/** Characters as a reader counts them by code point, as JSON Schema's maxLength does. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

type TextLimits = { min?: number; max: number; multiline?: boolean; keepSpace?: boolean };

/**
 * Text as the newsroom stores it: NFC-normalized, trimmed unless `keepSpace`, between `min` and `max` characters
 * (code points), on one line unless `multiline`.
 */
export function text({ min = 1, max, multiline = false, keepSpace = false }: TextLimits) {
  const normalize = (value: string) => {
    const normalized = value.normalize('NFC');
    return keepSpace ? normalized : normalized.trim();
  };
  return z
    .string()
    .check(
      z.overwrite(normalize),
      z.check<string>(({ value, issues }) => {
        const message = textProblem(value, { min, max, multiline });
        if (message) issues.push({ code: 'custom', message, input: undefined });
      }),
    )
    .register(z.globalRegistry, { minLength: min, maxLength: max } as Record<string, unknown>);
}

function textProblem(value: string, { min, max, multiline }: Required<Omit<TextLimits, 'keepSpace'>>) {
  if (value.length < min) return min === 1 ? 'must not be empty' : `must be at least ${min} characters`;
  // A code point is one or two UTF-16 units, so the cheap bound spares counting a 300 kB headline.
  if (value.length > 2 * max || characters(value) > max) return `must be at most ${max} characters`;
  if (min > 0 && !/[^\p{Z}\p{C}]/u.test(value)) return 'must not be empty: nothing in it can be seen';
  if (!multiline && lineBreak.test(value)) return 'must be on one line';
  return unreadableText(value);
}

/** A list without repeats, in the order given. */
export function list<Item extends z.ZodMiniType<string>>(item: Item, max: number) {
  return z.array(item).check(
    z.maxLength(max, `must have at most ${max} entries`),
    z.check(({ value, issues }) => {
      const seen = new Set<string>();
      for (const [index, entry] of value.entries()) {
        const folded = String(entry).toLocaleLowerCase('en');
        if (seen.has(folded))
          issues.push({ code: 'custom', message: 'is in the list twice', path: [index], input: undefined });
        seen.add(folded);
      }
    }),
  );
}

/** An absolute http or https URL. */
export const webUrl = text({ max: 2000 }).check(
  z.refine((value) => isUrlWith(value, ['http:', 'https:']), 'must be an absolute http or https URL'),
);

/** What a link in the body may point to. */
export const linkUrl = text({ max: 2000 }).check(
  z.refine(
    (value) => isUrlWith(value, ['http:', 'https:', 'mailto:']),
    'must be an absolute http, https or mailto URL',
  ),
);

function isUrlWith(value: string, protocols: readonly string[]): boolean {
  // WHATWG parsing drops tabs and line breaks inside a URL, so `java\tscript:` must not get that far.
  if (/[\s\\]/.test(value)) return false;
  const url = URL.parse(value);
  if (url === null || !protocols.includes(url.protocol)) return false;
  if (url.protocol === 'mailto:') return url.pathname !== '';
  // `https:example.org` parses too, and a name before an @ is there to deceive or holds a password.
  return /^https?:\/\//i.test(value) && url.username === '' && url.password === '';
}

/** An instant with an explicit offset, stored in UTC to the millisecond: `2022-01-06T12:00:00.000Z`. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 date and time with an offset, such as 2022-01-06T12:00:00Z' })
  .check(
    z.overwrite((value) => (Number.isNaN(Date.parse(value)) ? value : new Date(value).toISOString())),
    // An offset can take a time out of the years that are written in four digits, which sort as text.
    z.refine(
      (value) => Number.isNaN(Date.parse(value)) || /^\d{4}-/.test(value),
      'must be in the years 0000 to 9999 of UTC',
    ),
  );

/** A calendar date, `2022-01-06`. */
export const calendarDate = z.iso.date('must be a calendar date such as 2022-01-06');

/** Lower-case ASCII words joined by single hyphens: what stands in a URL. */
export const slug = z
  .string()
  .check(
    z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters and digits joined by single hyphens'),
    z.maxLength(120, 'must be at most 120 characters'),
  );

/** UUID of any version; ours are version 7. */
export const articleId = z.uuid('must be a UUID').check(z.overwrite((value) => value.toLowerCase()));
