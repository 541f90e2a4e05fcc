import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { datelineSchema } from '../../contract/schemas/dateline.ts';
import { parseDateline } from '../../domain/dateline/parse-dateline.ts';
import { printDateline } from '../../domain/dateline/print-dateline.ts';

const today = '2022-01-08';

describe('a dateline is read', () => {
  const almaty = { places: ['Almaty'], date: '2022-01-06' };
  test.each([
    ['EFE', 'Nur-Sultan/Moscow Jan 6 (EFE).-', { places: ['Nur-Sultan', 'Moscow'], date: '2022-01-06', agency: 'EFE' }],
    ['EFE in Spanish', 'Madrid, 6 ene (EFE).-', { places: ['Madrid'], date: '2022-01-06', agency: 'EFE' }],
    [
      'EFE with a whole date',
      'Ciudad de México, 6 de enero de 2021 (EFE).-',
      { places: ['Ciudad de México'], date: '2021-01-06', agency: 'EFE' },
    ],
    ['EFE without a date', 'Lima (EFE).-', { places: ['Lima'], date: null, agency: 'EFE' }],
    ['AP', 'ALMATY, Kazakhstan (AP) —', { places: ['Almaty, Kazakhstan'], date: null, agency: 'AP' }],
    ['AP with an underscore', 'WASHINGTON, D.C. (AP) _', { places: ['Washington, D.C.'], date: null, agency: 'AP' }],
    ['Reuters', 'ALMATY, Jan 6 (Reuters) -', { ...almaty, agency: 'Reuters' }],
    [
      'Reuters from two places',
      'MOSCOW/ALMATY, Jan 6 (Reuters) -',
      { places: ['Moscow', 'Almaty'], date: '2022-01-06', agency: 'Reuters' },
    ],
    [
      'Reuters in capitals',
      'DUBAI, UAE, January 6 (REUTERS) --',
      { places: ['Dubai, UAE'], date: '2022-01-06', agency: 'Reuters' },
    ],
    ['AFP', 'Almaty, Jan 6, 2020 (AFP) -', { places: ['Almaty'], date: '2020-01-06', agency: 'AFP' }],
    ['dpa', 'Berlin (dpa) -', { places: ['Berlin'], date: null, agency: 'dpa' }],
    ['two agencies', 'Berlin (dpa/EFE) –', { places: ['Berlin'], date: null, agency: 'dpa/EFE' }],
    ['an agency without a row', 'Almaty, Jan. 6 (Kazinform) -', { ...almaty, agency: 'Kazinform' }],
    ['a day before its month', 'Almaty, 6 January 2022 (TASS) -', { ...almaty, agency: 'TASS' }],
    ['a comma after the date', 'Almaty, Jan 6, (AFP) -', { ...almaty, agency: 'AFP' }],
  ])('of %s', (_, text, parts) => {
    const read = parseDateline(`${text} The dam held.`, { today });
    expect(read).toEqual({ dateline: { ...parts, text }, rest: 'The dam held.', warnings: [] });
    expect(datelineSchema.safeParse(read?.dateline).data).toEqual(read?.dateline);
  });

  test.each([
    ['Jan 6', 1],
    ['Jan. 6', 1],
    ['January 6', 1],
    ['6 ene', 1],
    ['6 ene.', 1],
    ['6 de enero', 1],
    ['Feb. 6', 2],
    ['6 mar', 3],
    ['April 6', 4],
    ['6 abr', 4],
    ['May 6', 5],
    ['6 de mayo', 5],
    ['June 6', 6],
    ['6 jul', 7],
    ['Aug 6', 8],
    ['6 ago', 8],
    ['Sept. 6', 9],
    ['Sep 6', 9],
    ['6 de setiembre', 9],
    ['OCT 6', 10],
    ['Nov. 6', 11],
    ['6 dic', 12],
    ['December 6', 12],
  ])('with the date %s', (printed, month) => {
    const read = parseDateline(`Quito, ${printed} (EFE).- Text`, { year: 2021 });
    expect(read?.dateline.date).toBe(`2021-${String(month).padStart(2, '0')}-06`);
    expect(read?.dateline.places).toEqual(['Quito']);
  });

  test.each([
    ['NUR-SULTAN', ['Nur-Sultan']],
    ['RIO DE JANEIRO and LIMA', ['Rio de Janeiro', 'Lima']],
    ['Quito y Lima', ['Quito', 'Lima']],
    ['PORT OF SPAIN, Trinidad and Tobago', ['Port of Spain, Trinidad and Tobago']],
    ['SAO TOME, Sao Tome and Principe/LIMA', ['Sao Tome, Sao Tome and Principe', 'Lima']],
    ['Paris/Berlin/Rome/Oslo', ['Paris', 'Berlin', 'Rome', 'Oslo']],
    ["L'AQUILA/XI’AN", ["L'Aquila", 'Xi’an']],
    ['MOSCOW, Russia/ALMATY, Kazakhstan', ['Moscow, Russia', 'Almaty, Kazakhstan']],
    ['ST. LOUIS, Mo.', ['St. Louis, Mo.']],
    ['SÃO PAULO', ['São Paulo']],
    ['Rome/ROME', ['Rome']],
    ['’s-Hertogenbosch', ['’s-Hertogenbosch']],
  ])('with the places %s', (printed, places) => {
    expect(parseDateline(`${printed} (AP) — Text`)?.dateline.places).toEqual(places);
  });
});

describe("a date's year", () => {
  test.each([
    ['is the one in the line', 'Jan 6, 2019', { year: 2022, today }, '2019-01-06'],
    ['is the one given', 'Jan 6', { year: 1999, today }, '1999-01-06'],
    ['is the current one for a date of today', 'Jan 8', { today }, '2022-01-08'],
    ['is the last one for a date after today', 'Jan 9', { today }, '2021-01-09'],
    ['is the last leap year for Feb 29', 'Feb 29', { today: '2023-03-01' }, '2020-02-29'],
    ['is eight years back across 1900', 'Feb 29', { today: '1903-03-01' }, '1896-02-29'],
  ])('%s', (_, printed, hint, date) => {
    const read = parseDateline(`Oslo, ${printed} (AFP) - Text`, hint);
    expect(read?.dateline.date).toBe(date);
    expect(read?.warnings).toEqual([]);
  });

  test.each([
    ['without a hint', 'Jan 6', {}, 'does not say its year'],
    ['of no year', 'Feb 30', { year: 2022 }, 'is not a date of any year'],
    ['of no year, with today', 'Apr 31', { today }, 'is not a date of any year'],
    ['of another year', 'Feb 29', { year: 2022 }, 'is not a date of 2022'],
    ['of day zero', 'Jan 0', { year: 2022 }, 'is not a date of any year'],
  ])('is not guessed for a date %s', (_, printed, hint, problem) => {
    const read = parseDateline(`Oslo, ${printed} (AFP) - Text`, hint);
    expect(read?.dateline).toMatchObject({ places: ['Oslo'], date: null });
    expect(read?.warnings).toEqual([expect.stringContaining(problem)]);
  });
});

describe('an ordinary beginning is no dateline', () => {
  test.each([
    'Paris (population 2 million) is',
    'Officials in Almaty (the largest city) - who',
    'Officials in Almaty (CSTO) - who',
    'The alliance (CSTO) - founded in 1992 - sent troops',
    'Associated Press (AP) - the agency - said',
    'The Associated Press (AP) — an agency',
    'Almaty (AP)-based writers',
    'Almaty (AP) writers',
    'Almaty, Jan 6 - the day',
    'NATO (OTAN) - la alianza',
    'On 01/06 (AFP) - as it said',
    '(Reuters) - The dam',
    'Jan 6 (Reuters) - The dam',
    '',
  ])('%s', (paragraph) => {
    expect(parseDateline(paragraph, { year: 2022 })).toBeUndefined();
  });

  test('and a fifth place is left out with a warning', () => {
    const read = parseDateline('Oslo/Rome/Lima/Quito/Bonn, Jan 6 (EFE).- Text', { year: 2022 });
    expect(read?.dateline.places).toEqual(['Oslo', 'Rome', 'Lima', 'Quito']);
    expect(read?.warnings).toEqual([expect.stringContaining('"Bonn"')]);
  });
});

describe('a dateline is printed', () => {
  const parts = { places: ['Almaty, Kazakhstan', 'Moscow'], date: '2022-01-06' };
  test.each([
    ['EFE', 'en', 'Almaty, Kazakhstan/Moscow Jan 6 (EFE).-'],
    ['EFE', 'es-MX', 'Almaty, Kazakhstan/Moscow, 6 ene (EFE).-'],
    ['AP', 'en', 'ALMATY, Kazakhstan/MOSCOW (AP) —'],
    ['Reuters', 'en-GB', 'ALMATY, Kazakhstan/MOSCOW, Jan 6 (Reuters) -'],
    ['AFP', 'en', 'Almaty, Kazakhstan/Moscow, Jan 6, 2022 (AFP) -'],
    ['AFP', 'es', 'Almaty, Kazakhstan/Moscow, 6 ene 2022 (AFP) -'],
    ['dpa', 'de', 'Almaty, Kazakhstan/Moscow (dpa) -'],
    ['Kazinform', 'en', 'Almaty, Kazakhstan/Moscow, Jan 6 (Kazinform) -'],
    [null, 'en', 'Almaty, Kazakhstan/Moscow, Jan 6 -'],
  ])('for %s in %s', (agency, language, text) => {
    expect(printDateline({ ...parts, agency }, language)).toBe(text);
  });

  test('without a date it does not have', () => {
    expect(printDateline({ places: ['Lima'], date: null, agency: 'EFE' }, 'es')).toBe('Lima (EFE).-');
  });

  const place = fc.constantFrom(
    'Almaty',
    'Nur-Sultan',
    'Rio de Janeiro',
    "L'Aquila",
    'St. Louis, Mo.',
    'Bogotá',
    'Washington, D.C.',
  );
  const date = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2050-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  test('so that it reads as what it was printed from', () => {
    const anyParts = fc.record({
      places: fc.uniqueArray(place, { minLength: 1, maxLength: 4 }),
      date,
      agency: fc.constantFrom('EFE', 'AP', 'Reuters', 'AFP', 'dpa', 'Xinhua', 'Kazinform'),
    });
    fc.assert(
      fc.property(anyParts, fc.constantFrom('en', 'es'), (printed, language) => {
        const text = printDateline(printed, language);
        const read = parseDateline(`${text} Text`, { year: Number(printed.date.slice(0, 4)) });
        const readDate = ['AP', 'dpa'].includes(printed.agency) ? null : printed.date;
        expect(read?.dateline).toEqual({ ...printed, date: readDate, text });
      }),
    );
  });
});

test('a dateline and the rest are the ends of their paragraph', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'Oslo', 'Oslo, Jan 6 (EFE).-'), (text, start) => {
      const paragraph = start + text;
      const read = parseDateline(paragraph, { year: 2022 });
      if (read === undefined) return;
      expect(paragraph.startsWith(read.dateline.text)).toBe(true);
      expect(paragraph.endsWith(read.rest)).toBe(true);
      expect(paragraph.slice(read.dateline.text.length).trimStart()).toBe(read.rest);
    }),
  );
});
