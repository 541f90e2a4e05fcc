import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import { printWireCopy } from '../../domain/wire-copy/print-wire-copy.ts';
import type { WireCopy } from '../../domain/wire-copy/wire-copy.ts';

const seed = readFileSync(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
const copy = parseWireCopy(seed, { year: 2022 });
const sections = [{ slug: 'conflicts-and-war', name: 'Conflicts & War' }];

const edited = (text: string, edit: (copy: WireCopy) => Partial<WireCopy>, options = {}) => {
  const parsed = parseWireCopy(text, options);
  return printWireCopy({ ...parsed, ...edit(parsed) });
};

describe('wire copy is printed', () => {
  test('byte for byte, also after it has been through JSON', () => {
    expect(printWireCopy(copy)).toBe(seed);
    expect(printWireCopy(JSON.parse(JSON.stringify(copy)))).toBe(seed);
  });

  test('with every edited field in the place of the old one', () => {
    const dateline = copy.dateline && { ...copy.dateline, text: 'Moscow Jan 7 (EFE).-' };
    const paragraphs = copy.paragraphs.with(3, 'An edit.').with(14, 'The end.');
    const section = { slug: 'asia', name: 'Asia' };
    const print = printWireCopy({
      ...copy,
      section,
      headline: 'X',
      advisory: 'adds X',
      dateline,
      paragraphs,
      signOff: 'EFE x/y',
    });
    const expected = seed
      .replace('Conflicts & War', 'Asia')
      .replace(copy.headline ?? '', 'X')
      .replace('adds reports on Almaty explosions', 'adds X')
      .replace('Nur-Sultan/Moscow Jan 6', 'Moscow Jan 7')
      .replace(copy.paragraphs[3] ?? '', 'An edit.')
      .replace(`${copy.paragraphs[14]} EFE`, 'The end. EFE x/y');
    expect(print).toBe(expected);
  });

  test('without what has been taken out, and without its lines', () => {
    expect(printWireCopy({ ...copy, dropped: [] })).toBe(seed.replace('Related Articles\n\nBack to top button', ''));
    expect(printWireCopy({ ...copy, dropped: copy.dropped.slice(1) })).toBe(seed.replace('Related Articles\n\n', ''));
    expect(printWireCopy({ ...copy, advisory: null })).toBe(
      seed.replace('(Update: adds reports on Almaty explosions)\n\n', ''),
    );
    expect(printWireCopy({ ...copy, signOff: null })).toBe(seed.replace(' EFE\n', '\n'));
    expect(printWireCopy({ ...copy, dateline: null })).toBe(seed.replace('Nur-Sultan/Moscow Jan 6 (EFE).- ', ''));
    expect(printWireCopy({ ...copy, section: null })).toBe(seed.slice(seed.indexOf('Kazakh')));
    expect(edited('A head\n\nOslo (AP) — It held.\nIt holds. AP\n', () => ({ paragraphs: [] }))).toBe(
      'A head\n\nOslo (AP) —  AP\n',
    );
  });

  test('with what has been added', () => {
    const related = printWireCopy({ ...copy, related: ['Dam holds', 'Dam built'] });
    expect(related).toBe(seed.replace('Related Articles\n\n', 'Related Articles\n\nDam holds\n\nDam built\n\n'));
    expect(printWireCopy({ ...copy, paragraphs: [...copy.paragraphs, 'More.'] })).toBe(
      seed.replace('vandalism.', 'vandalism.\n\nMore.'),
    );
    expect(printWireCopy({ ...copy, advisory: `${copy.advisory}\nfixes a name` })).toContain(
      'explosions)\n\n(Update: fixes a name)\n\nNur',
    );
    expect(edited('The dam held.\r\n', () => ({ headline: 'Dam holds' }))).toBe('Dam holds\r\n\r\nThe dam held.\r\n');
    const dateline = { places: ['Oslo'], date: null, agency: 'AP', text: 'OSLO (AP) —' };
    expect(edited('Dam holds\n\nThe dam held.', () => ({ dateline }))).toBe('Dam holds\n\nOSLO (AP) — The dam held.');
    expect(edited('Dam holds', () => ({ dateline, paragraphs: ['It held.'], signOff: 'AP' }))).toBe(
      'Dam holds\n\nOSLO (AP) — It held.\n\nAP',
    );
  });

  test('from its fields alone', () => {
    const printed = printWireCopy({ ...copy, layout: { start: '', pieces: [] } });
    const { dropped, layout, ...fields } = parseWireCopy(printed, { year: 2022 });
    expect({ ...copy, ...fields }).toEqual(copy);
    expect(dropped).toEqual([]);
  });

  test("with the input's wraps and spellings only where the text is the same", () => {
    const text = 'Dam holds\n\nOslo (AP) — It\u00A0held\n in Ange\u0301s.\n\nThe\r\nend.';
    expect(printWireCopy(parseWireCopy(text))).toBe(text);
    expect(edited(text, () => ({ paragraphs: ['It held in Angés town.', 'The\tend?'] }))).toBe(
      'Dam holds\n\nOslo (AP) — It held in Angés town.\n\nThe\tend?',
    );
    expect(edited(text, () => ({ paragraphs: ['It held on Angés.', 'The end.'] }))).toBe(
      text.replace(' in Ange\u0301s', ' on Angés'),
    );
  });

  test("with the input's name of a section until the section is another", () => {
    const text = 'CONFLICTS & WAR\n\nDam holds\n\nThe dam held.';
    expect(edited(text, () => ({ headline: 'X' }), { sections })).toBe(text.replace('Dam holds', 'X'));
    expect(edited(text, () => ({ section: { slug: 'asia', name: 'Asia' } }), { sections })).toBe(
      text.replace('CONFLICTS & WAR', 'Asia'),
    );
  });
});

describe('very long copy', () => {
  const oneLine = 1_000_000;
  const manyLines = 250_000;
  test.each([
    ['one word', 'a'],
    ['spaces', ' '],
    ['open parentheses', '('],
    ['lines', 'The dam held, and nobody slept\n'],
    ['paragraphs', 'The dam held.\n\n'],
    ['notes never closed', '(Adds times\n'],
    ['notes', '(Update: adds (times))\n'],
    ['notes without parentheses', 'EDS: trims\n'],
    ['datelines', 'Oslo (EFE).- '],
    ['places', 'OSLO/'],
    ['sign-offs', 'It held. (EFE) '],
    ['sign-offs on lines', 'EFE\n\n'],
    ['credits never closed', 'It held. (Reporting by '],
    ['related boxes', 'Related\n\nDam holds\n\n'],
    ['furniture', 'Advertisement\n'],
    ['combining marks', 'e\u0301\u0301 '],
    ['byte-order marks', '\uFEFF'],
    ['full stops', '.”'],
  ])('of %s is read and printed in time', (_, part) => {
    const length = part.includes('\n') ? manyLines : oneLine;
    const text = `Dam holds\n\nOslo, Jan 6 (EFE).- ${part.repeat(length / part.length)} EFE`;
    const started = performance.now();
    expect(printWireCopy(parseWireCopy(text, { today: '2022-01-08', sections })) === text).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
