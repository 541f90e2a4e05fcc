import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import type { WireCopy } from '../../domain/wire-copy/wire-copy.ts';

const story = 'Oslo, Jan 6, 2022 (AFP) - The dam held. Nobody slept.';
const sections = [
  { slug: 'conflicts-and-war', name: 'Conflicts & War' },
  { slug: 'economia', name: 'Economía' },
];

/** What the copy says beyond an empty one. */
function said(text: string, options = {}): Partial<WireCopy> {
  const { layout: _, ...copy } = parseWireCopy(text, options);
  return Object.fromEntries(
    Object.entries(copy).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

const dropped = (text: string) => parseWireCopy(text).dropped.map(({ line, reason }) => [line, reason]);
const warnings = (text: string, options = {}) => parseWireCopy(text, options).warnings.map(({ line }) => line);

describe('the seed story', () => {
  const seed = readFileSync(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
  const { paragraphs, layout, ...copy } = parseWireCopy(seed, { year: 2022 });

  test('is read into its fields', () => {
    expect(copy).toEqual({
      section: { name: 'Conflicts & War', slug: 'conflicts-and-war' },
      headline: 'Kazakh police kill ‘dozens’ of protesters in Almaty as unrest continues',
      advisory: 'adds reports on Almaty explosions',
      dateline: {
        places: ['Nur-Sultan', 'Moscow'],
        date: '2022-01-06',
        agency: 'EFE',
        text: 'Nur-Sultan/Moscow Jan 6 (EFE).-',
      },
      signOff: 'EFE',
      agency: 'EFE',
      related: [],
      dropped: [
        { line: 38, text: 'Related Articles', reason: 'empty related box' },
        { line: 40, text: 'Back to top button', reason: 'page furniture' },
      ],
      warnings: [],
    });
  });

  test('has fifteen paragraphs, without dateline and sign-off', () => {
    expect(paragraphs).toHaveLength(15);
    expect(paragraphs[0]).toMatch(/^Several powerful explosions .* thousands arrested\.$/);
    expect(paragraphs[14]).toMatch(/^The demonstrations .* vandalism\.$/);
  });

  test('reads the same with the sections that exist', () => {
    expect(parseWireCopy(seed, { year: 2022, sections })).toEqual({ ...copy, paragraphs, layout });
  });

  test('has a layout without its text', () => {
    expect(JSON.stringify(layout)).not.toMatch(/Almaty|Kazakh|police/);
  });
});

describe('section and headline', () => {
  const war = sections[0];
  test.each([
    [
      'a section above the headline',
      'War\n\nDam holds',
      {},
      { section: { name: 'War', slug: 'war' }, headline: 'Dam holds' },
    ],
    ['a single line is the headline', 'Dam holds', {}, { headline: 'Dam holds' }],
    ['a single line with a full stop too', 'Dam holds.', {}, { headline: 'Dam holds.' }],
    ['a first line like a byline', 'By Dawn All Was Quiet', {}, { headline: 'By Dawn All Was Quiet' }],
    ['a known section by name', 'CONFLICTS & WAR\n\nDam holds', { sections }, { section: war, headline: 'Dam holds' }],
    [
      'a known section by slug',
      'conflicts-and-war\n\nDam holds',
      { sections },
      { section: war, headline: 'Dam holds' },
    ],
    [
      'a known section without a blank line',
      'Conflicts & War\nDam holds',
      { sections },
      { section: war, headline: 'Dam holds' },
    ],
    ['a single line that is no known section', 'Dam holds', { sections }, { headline: 'Dam holds' }],
  ])('%s', (_, heading, options, fields) => {
    const { section, headline, warnings: none } = parseWireCopy(`${heading}\n\n${story}`, options);
    expect({ section, headline }).toEqual({ section: null, ...fields });
    expect(none).toEqual([]);
  });

  test('a section that does not exist is dropped with a warning', () => {
    expect(said(`Sport\n\nDam holds\n\n${story}`, { sections })).toMatchObject({
      headline: 'Dam holds',
      dropped: [{ line: 1, text: 'Sport', reason: 'unknown section' }],
      warnings: [{ line: 1, text: 'The section is not known: "Sport".' }],
    });
  });

  test('a third line and a byline are dropped with warnings', () => {
    expect(said(`War\n\nDam holds\n\nVillage safe\n\nBy Dana Ospanova\n\n${story}`)).toMatchObject({
      section: { slug: 'war' },
      headline: 'Dam holds',
      dropped: [
        { line: 5, text: 'Village safe', reason: 'unplaced heading' },
        { line: 7, text: 'By Dana Ospanova', reason: 'byline' },
      ],
      warnings: [{ line: 5 }, { line: 7 }],
    });
  });

  test.each([
    ['begins with its dateline', story],
    ['begins with a sentence', 'The dam held.'],
    ['is empty', ''],
    ['has a section only', `Conflicts & War\n\n${story}`],
  ])('copy that %s has no headline and a warning', (_, text) => {
    expect(said(text, { sections })).not.toHaveProperty('headline');
    expect(warnings(text, { sections })).toEqual([null]);
  });

  test('without a dateline the story begins with the first sentence', () => {
    expect(said('Dam holds\n\nThe dam held.\n\nNobody slept.')).toEqual({
      headline: 'Dam holds',
      paragraphs: ['The dam held.', 'Nobody slept.'],
    });
    expect(said('War\n\nDam holds\n\nNo full stop\n\nNobody slept.')).toMatchObject({
      headline: 'Dam holds',
      paragraphs: ['No full stop', 'Nobody slept.'],
      warnings: [{ line: 5 }],
    });
  });

  test('lines without a blank one are one heading, with a warning unless they had to be wrapped', () => {
    expect(warnings(`War\nDam holds\n\n${story}`)).toEqual([1]);
    expect(said('Dam holds and village is\nsafe\n\nOslo (dpa) - The dam held\nand all villages sleep.')).toEqual({
      headline: 'Dam holds and village is safe',
      dateline: { places: ['Oslo'], date: null, agency: 'dpa', text: 'Oslo (dpa) -' },
      paragraphs: ['The dam held and all villages sleep.'],
      agency: 'dpa',
    });
  });
});

describe('notes', () => {
  test.each([
    ['(Update: adds times)', 'adds times'],
    ['(UPDATE 2: adds times)', 'adds times'],
    ['(Adds details)', 'Adds details'],
    ['(Updated throughout)', 'Updated throughout'],
    ['(Updates with (three) times.)', 'Updates with (three) times.'],
    ['(Corrects the name\nof the dam)', 'Corrects the name of the dam'],
    ['EDS: trims', 'trims'],
    ['(Eds: trims)', 'trims'],
    ['(Correction: fixes name)', 'Correction: fixes name'],
    ['(Actualiza con más datos)', 'Actualiza con más datos'],
    ['(Adds times)\n\n(Update: more)\nEDS: trims', 'Adds times\nmore\ntrims'],
  ])('%j is an advisory', (note, advisory) => {
    const copy = said(`Dam holds\n\n${note}\n\n${story}`);
    expect(copy).toMatchObject({ headline: 'Dam holds', advisory, paragraphs: ['The dam held. Nobody slept.'] });
    expect(copy).not.toHaveProperty('warnings');
  });

  test('may stand without blank lines around them', () => {
    expect(said(`Dam holds\n(Adds times)\n${story}`)).toMatchObject({
      headline: 'Dam holds',
      advisory: 'Adds times',
      agency: 'AFP',
    });
  });

  test('may share their line with the dateline, but with nothing else', () => {
    const advisory = 'Adds times';
    expect(said(`Dam holds\n\n(Adds times) ${story}`)).toMatchObject({
      advisory,
      agency: 'AFP',
      headline: 'Dam holds',
    });
    expect(said('(Adds up) to a headline\n\nIt held.')).toEqual({
      headline: '(Adds up) to a headline',
      paragraphs: ['It held.'],
    });
    const shared = said('(Update: adds times) Dam holds\n\nIt held.');
    expect(shared).toMatchObject({ headline: '(Update: adds times) Dam holds', warnings: [{ line: 1 }] });
  });

  test('that say nothing are dropped, and unclosed ones read with a warning', () => {
    expect(dropped(`Dam holds\n\n(Update:)\n\n${story}`)).toEqual([[3, 'empty note']]);
    const unclosed = `Dam holds\n\n(Update: adds times\n\n${story}`;
    expect(said(unclosed)).toMatchObject({ advisory: 'adds times', warnings: [{ line: 3 }] });
  });

  test('are no notes amid the story', () => {
    const paragraphs = ['The dam held. Nobody slept.', '(Adds up to three.)', 'It said to all Editors: sleep.'];
    const text = `Dam holds\n\n${story}\n\n(Adds up to three.)\n\nIt said to all\nEditors: sleep.`;
    expect(said(text)).toMatchObject({ paragraphs });
  });
});
