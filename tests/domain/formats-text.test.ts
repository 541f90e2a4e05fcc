import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Body } from '../../contract/schemas/body.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { articleText } from '../../domain/formats/text.ts';
import { articleWire } from '../../domain/formats/wire.ts';
import { parseWireCopy } from '../../domain/wire-copy/parse-wire-copy.ts';
import { anyDocument } from '../support/any-document.ts';
import { block, item, linkTo, span } from '../support/format-blocks.ts';
import { seedDocument, seedText } from '../support/seed-document.ts';

const context = { publicationName: 'The Paper' };
const preview = { ...context, preview: { expiresAt: '2022-01-08T12:00:00.000Z' } };
const told = '[Preview, not published. This link works until January 8, 2022 at 12:00 UTC.]\n\nConflicts & War';
const bare = { dateline: null, advisory: null, creditLine: null, signOff: null, copyrightNotice: null };

const body: Body = [
  block('A head', { style: 'h2' }),
  block([span('See '), span('this ', 'l'), span('and '), span('https://b.example/', 'm'), span('.')], {
    markDefs: [linkTo('https://a.example/'), linkTo('https://b.example/', 'm')],
  }),
  block(' a \n\n b '),
  item('One', 1, 'number'),
  item('Two\nlines', 2),
  item('Three', 1, 'number'),
  { _type: 'quote', _key: 'q', text: '“No.”', attribution: 'A' },
  { _type: 'image', _key: 'i', url: 'https://a.example/i', alt: 'A dam', caption: 'It held.', credit: 'B' },
  { _type: 'embed', _key: 'e', provider: 'x', url: 'https://x.com/a' },
  { _type: 'relatedLink', _key: 'r', articleId: '017e2f42-9600-7747-8640-000000000001' },
  { _type: 'factbox', _key: 'f', title: 'Facts', body: [block('x')] },
];

describe('plain text', () => {
  test('is every block, with lists, addresses and pictures in words', () => {
    const text = articleText(seedDocument({ ...bare, body }), context);
    const blocks = [
      'A head\n\nSee this (https://a.example/) and https://b.example/.\n\na\nb\n\n1. One\n  - Two\n    lines\n2. Three',
      '“No.”\n— A\n\nImage: A dam (https://a.example/i)\nIt held.\nB\n\nSee on X (https://x.com/a)',
      'Related article (/content/v1/articles/by-id/017e2f42-9600-7747-8640-000000000001)\n\nFacts\n\nx\n',
    ];
    expect(text.split('\n\n').slice(3).join('\n\n')).toBe(blocks.join('\n\n'));
  });

  test('of the seed is whole', () => {
    const text = articleText(seedDocument({ deck: 'A deck' }), context);
    expect(text.split('\n\n').slice(0, 6)).toEqual([
      'Conflicts & War',
      'Kazakh police kill ‘dozens’ of protesters in Almaty as unrest continues',
      'A deck',
      'Published January 6, 2022 at 12:00 UTC',
      'Update: adds reports on Almaty explosions',
      expect.stringMatching(/^Nur-Sultan\/Moscow Jan 6 \(EFE\)\.- Several .* arrested\.$/),
    ]);
    expect(text.endsWith('acts of vandalism.\n\nEFE\n\nEFE\n\n© Agencia EFE, S.A.U., S.M.E.\n')).toBe(true);
    expect(text.split('\n\n')).toHaveLength(6 + 14 + 3);
  });

  test('has no more than one blank line anywhere, and says what a preview is', () => {
    fc.assert(
      fc.property(anyDocument, (document) => expect(articleText(document, context)).not.toMatch(/\n\s*\n\s*\n|^\s/)),
      { numRuns: 100 },
    );
    expect(articleText(seedDocument(), preview).startsWith(told)).toBe(true);
  });
});

describe('agency copy', () => {
  test('of the seed is its text without the page around it', () => {
    expect(articleWire(seedDocument(), context)).toBe(
      seedText.replace(/\s+Related Articles\s+Back to top button\s*$/, '\n'),
    );
  });

  test('is words alone', () => {
    expect(
      articleWire(seedDocument({ ...bare, body }), context)
        .split('\n\n')
        .slice(2)
        .join('\n\n'),
    ).toBe(
      'A head\n\nSee this and https://b.example/.\n\na\nb\n\n1. One\n  - Two\n    lines\n2. Three\n\n“No.”\n— A\n\nFacts\n\nx\n',
    );
  });

  test.each<[string, Partial<PublishedArticle>, string]>([
    [
      'notes in parentheses, one a line',
      { advisory: 'adds A\nfixes B' },
      'continues\n\n(Update: adds A)\n\n(Update: fixes B)\n\nNur',
    ],
    [
      'corrections',
      { notes: [{ kind: 'correction', text: 'X\nY', at: '2022-01-07T00:00:00.000Z' }] },
      '\n\n(Correction: X)\n\n(Correction: Y)\n\nNur',
    ],
    ['who wrote it', { authors: [{ name: 'A', role: null }] }, 'continues\n\nBy A\n\n(Update'],
    [
      'a long sign-off on its own line',
      { signOff: '(Reporting by A. Writer)' },
      'vandalism.\n\n(Reporting by A. Writer)\n',
    ],
    ['a sign-off behind no sentence on its own', { body: [block('It held')] }, '(EFE).- It held\n\nEFE\n'],
    ['a sign-off without a story', { body: [], dateline: null }, 'explosions)\n\nEFE\n'],
  ])('has %s', (_, changes, text) => {
    expect(articleWire(seedDocument(changes), context)).toContain(text);
  });

  test('says what a preview is, first of all', () => {
    expect(articleWire(seedDocument(), preview).startsWith(told)).toBe(true);
  });

  const words = (min: number) =>
    fc.array(fc.constantFrom('police', 'said', '“no”', 'in', 'Almaty', '2,000', 'and'), {
      minLength: min,
      maxLength: 12,
    });
  const sentence = words(4).map((each) => `Officials ${each.join(' ')}.`);
  const story = fc.record({
    headline: words(3).map((each) => `Unrest ${each.join(' ')}`),
    advisory: fc.option(
      words(1).map((each) => `adds ${each.join(' ')}`),
      { nil: null },
    ),
    paragraphs: fc.array(sentence, { minLength: 1, maxLength: 6 }),
    signOff: fc.constantFrom(null, 'EFE', 'EFE ag/mf', '(Reporting by A. Writer; Editing by B. Reader)'),
  });

  test('is read back as what it was', () => {
    fc.assert(
      fc.property(story, ({ headline, advisory, paragraphs, signOff }) => {
        const blocks = paragraphs.map((text) => block(text));
        const document = seedDocument({ headline, advisory, body: blocks, signOff });
        const copy = parseWireCopy(articleWire(document, context), { year: 2022, sections: [document.section] });
        expect(copy).toMatchObject({
          headline,
          advisory,
          paragraphs,
          signOff,
          section: document.section,
          dateline: document.dateline,
          dropped: [],
          warnings: [],
        });
      }),
      { numRuns: 200 },
    );
  });
});
