import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import { printWireCopy } from '../../domain/wire-copy/print-wire-copy.ts';
import type { WireCopy } from '../../domain/wire-copy/wire-copy.ts';

const sections = [
  { slug: 'conflicts-and-war', name: 'Conflicts & War' },
  { slug: 'economia', name: 'Economía' },
];
const options = fc.constantFrom({}, { year: 2022 }, { today: '2022-01-07' }, { sections }, { sections, year: 2022 });

const lines = {
  section: fc.constantFrom('Conflicts & War', 'CONFLICTS & WAR', 'Economía', 'economia', 'Sports', '★'),
  headline: fc.constantFrom(
    'Ferry strike halts island trade',
    '‘Nobody slept’ as the dam held',
    'Puente cerrado en León',
    'He left.',
  ),
  note: fc.constantFrom(
    '(Update: adds ferry times)',
    '(Adds (third) statement)',
    'EDS: minor edits throughout',
    '(Corrects the name\nof the dam.)',
    '(Update:)',
    '(UPDATE 2: never closed',
  ),
  dateline: fc.constantFrom(
    'Nur-Sultan/Moscow Jan 6 (EFE).- ',
    'Bogotá, 6 de enero (EFE).-',
    'ALMATY, Kazakhstan (AP) — ',
    'MOSCOW/ALMATY, Jan\n6 (Reuters) - ',
    'Almaty, Feb 30, 2022 (AFP) -\u00A0',
    '',
  ),
  paragraph: fc.constantFrom(
    'The ferry did not sail. Nobody was told why.',
    'Officials in Almaty (the largest city) - who\nread more\nthan most - stayed away.',
    '“We waited,” the captain\u202Fsaid.\n  A tabbed\tline follows.',
    'no full stop here',
    'e\u0301tude of Ange\u0301lique\u00A0: “1\u00A0000 francs.”',
  ),
  signOff: fc.constantFrom(
    ' EFE',
    '\nEFE ag/mf',
    '\n\n-- AFP',
    '\ndpa',
    '\n\n(Reporting by A. Writer;\nEditing by B. Reader)',
    '\nENDS',
    '',
  ),
  furniture: fc.constantFrom(
    ...['Back to top button', 'Share this', 'Advertisement', 'Read more', '© 2022 Example Wire'],
    ...['Related Articles', '- A related headline', 'EFE', 'ENDS', 'By Dana Ospanova'],
  ),
};
const gap = fc.constantFrom('\n\n', '\n', '\n\n\n', '\n  ', '\n \t\n', '\n\n\t');
const optional = (part: fc.Arbitrary<string>) => fc.oneof(part, fc.constant(''));

/** Copy as agencies and web pages mix it: any part may be missing, repeated or out of place. */
const generatedCopy = fc
  .record({
    mark: fc.constantFrom('', '\uFEFF', '\n', ' '),
    head: fc.array(fc.tuple(fc.oneof(lines.section, lines.headline, lines.note, lines.furniture), gap), {
      maxLength: 5,
    }),
    dateline: optional(lines.dateline),
    body: fc.array(fc.tuple(lines.paragraph, gap), { maxLength: 5 }),
    last: lines.paragraph,
    signOff: lines.signOff,
    tail: fc.array(fc.tuple(gap, fc.oneof(lines.furniture, lines.note, lines.signOff)), { maxLength: 4 }),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    form: fc.constantFrom('NFC', 'NFD'),
  })
  .map(({ mark, head, dateline, body, last, signOff, tail, lineEnd, form }) =>
    [mark, head, dateline, body, last, signOff, tail].flat(3).join('').normalize(form).replaceAll('\n', lineEnd),
  );

/** Any string, with a liking for what the parser looks at. */
const arbitraryText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...['\n', '\r', '\r\n', '\t', '  ', '\u00A0', '\u202F', '\u2028', '\u0085', '\uFEFF', '\u2000']),
      fc.constantFrom('\uD83D', '\uDE00', 'e\u0301', '\u0344', '\u0958'),
      fc.constantFrom(...['(', ')', '(Update: ', 'EDS: ', 'EFE', 'ENDS', '. ', '© 2022', 'Related Articles']),
      fc.constantFrom('Almaty', ', Jan 6', ' (EFE)', '.-', ' — '),
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));

const anyText = fc.oneof(generatedCopy, arbitraryText);

const edit = 'An editor wrote this anew.';

/** What is left of a text when spaces, accents and case don't count: parts of it then stay parts of it when joined. */
const bare = (text: string) => text.replaceAll(/\s/g, '').normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

const linesOf = (text: string) => text.split(/\r\n|\r|\n/);

/** Every text of the copy, but not its layout. */
function contentOf(copy: WireCopy): string[] {
  const { section, headline, advisory, dateline, signOff, paragraphs, related } = copy;
  const fields = [section?.name, section?.slug, headline, advisory, dateline?.text, signOff, ...paragraphs, ...related];
  return fields.flatMap((text) => (text ? [bare(text)] : []));
}

/** A line holds a dateline, a paragraph, a sign-off and an end mark at most; around them only a note's or list's marks. */
function isAccountedFor(line: string, content: readonly string[]): boolean {
  const unwrapped = line.replace(/^\(?(?:eds|update2?):|^[(–—-]|\)\.?$/g, '');
  return [line, unwrapped, unwrapped.replace(')', ''), line.replace(/\)\.?$/, '')].some((text) => {
    let rest = text;
    for (let part = 0; part < 4 && rest !== ''; part += 1) {
      let length = rest.length;
      while (length > 0 && !content.some((each) => each.includes(rest.slice(0, length)))) length -= 1;
      if (length === 0) return false;
      rest = rest.slice(length);
    }
    return rest === '';
  });
}

describe('wire copy', () => {
  test('is printed as it came, byte for byte', () => {
    fc.assert(
      fc.property(anyText, options, (text, given) => {
        expect(printWireCopy(parseWireCopy(text, given))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('is printed as it came after it has been through JSON', () => {
    fc.assert(
      fc.property(anyText, options, (text, given) => {
        expect(printWireCopy(JSON.parse(JSON.stringify(parseWireCopy(text, given))))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('has every line in a field or among the dropped ones', () => {
    fc.assert(
      fc.property(anyText, options, (text, given) => {
        const copy = parseWireCopy(text, given);
        const content = contentOf(copy);
        const lost = linesOf(text).filter((line, index) => {
          const dropped = copy.dropped.filter((each) => each.line === index + 1).map((each) => bare(each.text));
          return !isAccountedFor(bare(line), [...content, ...dropped]);
        });
        expect(lost).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  test('has each dropped line once, with its number and a reason', () => {
    fc.assert(
      fc.property(anyText, options, (text, given) => {
        const { dropped } = parseWireCopy(text, given);
        const lines = linesOf(text).map(bare);
        expect(new Set(dropped.map(({ line }) => line)).size).toBe(dropped.length);
        for (const { line, text: droppedText, reason } of dropped) {
          expect(lines[line - 1]?.endsWith(bare(droppedText))).toBe(true);
          expect(reason).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('has fields that are normalized, trimmed, with plain spaces, and never empty', () => {
    fc.assert(
      fc.property(anyText, options, (text, given) => {
        const copy = parseWireCopy(text, given);
        const { section, headline, dateline, signOff, agency, paragraphs, related, dropped } = copy;
        const notes = copy.advisory?.split('\n') ?? [];
        const texts = [section?.name, headline, dateline?.text, signOff, agency, ...notes, ...paragraphs, ...related];
        for (const field of [...texts, ...dropped.map((each) => each.text)]) {
          if (field === null || field === undefined) continue;
          expect(field).toBe(field.normalize('NFC').replaceAll(/\s/g, ' ').trim());
          expect(field).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('is printed with an edited text in the place of the old one, and nothing else changed', () => {
    fc.assert(
      fc.property(anyText, options, fc.nat(), (text, given, pick) => {
        const copy = parseWireCopy(text, given);
        const edits = [
          ...(copy.headline ? [{ from: copy.headline, edited: { ...copy, headline: edit } }] : []),
          ...(copy.dateline
            ? [{ from: copy.dateline.text, edited: { ...copy, dateline: { ...copy.dateline, text: edit } } }]
            : []),
          ...(copy.signOff ? [{ from: copy.signOff, edited: { ...copy, signOff: edit } }] : []),
          ...copy.paragraphs.map((from, index) => ({
            from,
            edited: { ...copy, paragraphs: copy.paragraphs.with(index, edit) },
          })),
          ...copy.related.map((from, index) => ({
            from,
            edited: { ...copy, related: copy.related.with(index, edit) },
          })),
        ];
        const chosen = edits[pick % edits.length];
        fc.pre(chosen !== undefined && text.includes(chosen.from));
        expect(printWireCopy(chosen.edited).replace(edit, () => chosen.from)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});
