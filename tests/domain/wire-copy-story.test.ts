import { describe, expect, test } from '@jest/globals';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import type { WireCopy } from '../../domain/wire-copy/wire-copy.ts';

const story = 'Oslo, Jan 6, 2022 (AFP) - The dam held. Nobody slept.';

/** What the copy says beyond an empty one. */
function said(text: string, options = {}): Partial<WireCopy> {
  const { layout: _, ...copy } = parseWireCopy(text, options);
  return Object.fromEntries(
    Object.entries(copy).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

const dropped = (text: string) => parseWireCopy(text).dropped.map(({ line, reason }) => [line, reason]);
const warnings = (text: string) => parseWireCopy(text).warnings.map(({ line }) => line);

describe('the story', () => {
  test('has wrapped lines joined and indented ones apart, in plain NFC text', () => {
    const text =
      '\uFEFFDam holds\r\n\r\nOslo (AP) — The dam\u00A0held.  \r\nNobody slept.\r\n\tAnge\u0301lique\u202F: “No.”\r  Then dawn.';
    expect(said(text)).toMatchObject({
      headline: 'Dam holds',
      dateline: { text: 'Oslo (AP) —' },
      paragraphs: ['The dam held. Nobody slept.', 'Angélique : “No.”', 'Then dawn.'],
    });
  });

  test('may have its dateline wrapped or on a line of its own', () => {
    expect(said('Dam holds\n\nBERGEN/OSLO,\nJan 6 (Reuters) -\nThe dam held.', { year: 2022 })).toMatchObject({
      dateline: { places: ['Bergen', 'Oslo'], date: '2022-01-06', text: 'BERGEN/OSLO, Jan 6 (Reuters) -' },
      paragraphs: ['The dam held.'],
    });
  });

  test('keeps a dateline that comes late, with a warning', () => {
    const text = 'Dam holds\n\nThe dam held.\n\nOslo (AP) — Nobody slept.';
    expect(said(text)).toMatchObject({
      paragraphs: ['The dam held.', 'Oslo (AP) — Nobody slept.'],
      warnings: [{ line: 5 }],
    });
  });

  test("names its dateline's line when the date can't be read", () => {
    expect(warnings('Dam holds\n\nOslo, Feb 30 (AFP) - The dam held.')).toEqual([3]);
  });
});

describe('the end of a story', () => {
  test.each([
    [' EFE', 'EFE'],
    ['\nEFE', 'EFE'],
    ['\n\nEFE ag/mf', 'EFE ag/mf'],
    [' EFE ag/mf', 'EFE ag/mf'],
    ['\n-- AFP', '-- AFP'],
    ['\n\n(EFE)', '(EFE)'],
    [' dpa', 'dpa'],
    ['\n\n(Reporting by A. Writer;\nEditing by B. Reader)', '(Reporting by A. Writer; Editing by B. Reader)'],
    [' (Reporting by A. Writer)\nEFE', '(Reporting by A. Writer) EFE'],
    ['\n\nENDS', 'ENDS'],
  ])('%j is a sign-off', (ending, signOff) => {
    expect(said(`Dam holds\n\n${story}${ending}\n`)).toMatchObject({
      signOff,
      paragraphs: ['The dam held. Nobody slept.'],
    });
    expect(dropped(`Dam holds\n\n${story}${ending}\n`)).toEqual([]);
  });

  test.each(['He works for EFE', 'He asked EFE.', 'The story ENDS', 'So said\nEFE'])('%j is none', (ending) => {
    expect(said(`Dam holds\n\n${story}\n\n${ending}`)).not.toHaveProperty('signOff');
  });

  test('tells the agency where no dateline does', () => {
    expect(said('Dam holds\n\nThe dam held. EFE')).toMatchObject({ agency: 'EFE', signOff: 'EFE' });
    expect(said(`Dam holds\n\n${story} EFE`)).toMatchObject({ agency: 'AFP', signOff: 'EFE' });
    expect(said('Dam holds\n\nOslo, Jan 6 (Kazinform) - It held.\n\nKazinform')).toMatchObject({
      signOff: 'Kazinform',
    });
  });

  test('has an end mark and a second sign-off dropped, and a buried one in place', () => {
    expect(dropped(`Dam holds\n\n${story} AFP\n\nENDS`)).toEqual([[5, 'end mark']]);
    const twice = `Dam holds\n\n${story} AFP\n\n© 2022 AFP\n\nEFE`;
    expect([dropped(twice), warnings(twice)]).toEqual([
      [
        [5, 'copyright notice'],
        [7, 'second sign-off'],
      ],
      [7],
    ]);
    const buried = `Dam holds\n\n${story}\n\nEFE\n\nIt went on.`;
    expect(said(buried)).toMatchObject({ paragraphs: { length: 3 }, warnings: [{ line: 5 }] });
  });
});

describe('a web page around the story', () => {
  test('is dropped line by line with reasons', () => {
    const text = `Share this\nDam holds\nAdvertisement\n\n${story}\nREAD MORE…\n\n© 2022 AFP. All rights reserved.\nVolver arriba`;
    expect(dropped(text)).toEqual([
      [1, 'share buttons'],
      [3, 'advertisement'],
      [6, 'link to more'],
      [8, 'copyright notice'],
      [9, 'page furniture'],
    ]);
    expect(said(text)).toMatchObject({ headline: 'Dam holds', paragraphs: ['The dam held. Nobody slept.'] });
  });

  test('matches whole lines only, and not those of a wrapped sentence', () => {
    const paragraphs = ['Read more books.', 'They said they would read more and sleep less, and read more.'];
    const text = `Dam holds\n\n${story}\n\nRead more books.\n\nThey said they would\nread more\nand sleep less, and\nread more.`;
    expect(said(text)).toMatchObject({ paragraphs: ['The dam held. Nobody slept.', ...paragraphs] });
    expect(dropped(text)).toEqual([]);
  });

  test('has a related box with headlines, one a line, until the story goes on', () => {
    const text = `Dam holds\n\n${story}\n\nRelated stories:\nDam built\n- Dam paid for\n\nDam sold\n\nIt went on.\n\nBack to top`;
    expect(said(text)).toMatchObject({
      related: ['Dam built', 'Dam paid for', 'Dam sold'],
      paragraphs: ['The dam held. Nobody slept.', 'It went on.'],
      dropped: [{ line: 5, reason: 'label of the related box' }, { line: 13 }],
    });
  });
});
