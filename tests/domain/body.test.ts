import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../contract/errors.ts';
import { type Block, bodySchema } from '../../contract/schemas/body.ts';
import { bodyFrom } from '../../domain/body/body.ts';
import { plainText, wordCount } from '../../domain/body/plain-text.ts';

const spans = (block: Block | undefined) =>
  block?._type === 'block' ? block.children.map(({ text, marks }) => [text, ...marks]) : undefined;

function refusal(markdown: string): string {
  try {
    bodyFrom({ markdown });
  } catch (error) {
    if (error instanceof AppError) return error.fields.map(({ pointer, detail }) => `${pointer} ${detail}`).join();
  }
  return 'not refused';
}

describe('a body written as text', () => {
  test('has a paragraph for each run of lines', () => {
    const body = bodyFrom({ text: '\r\nOne.\r\n\r\n \nTwo,\nstill two.\n\n\n\nThree.\n' });
    expect(body.map((block) => spans(block))).toEqual([[['One.']], [['Two,\nstill two.']], [['Three.']]]);
    expect(bodySchema.safeParse(body).success).toBe(true);
  });

  test('loses no word of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z .\n]{0,40}$/)), (parts) => {
        const text = parts.join('\n\n');
        expect(plainText(bodyFrom({ text })).split(/\s+/).join(' ').trim()).toBe(text.split(/\s+/).join(' ').trim());
      }),
    );
  });
});

describe('a body written as Markdown', () => {
  test('keeps marks, links and their nesting', () => {
    const [block] = bodyFrom({ markdown: 'A **bold *both*** [link **in**](https://example.org/a) `code` &amp; end' });
    expect(spans(block)).toEqual([
      ['A '],
      ['bold ', 'strong'],
      ['both', 'strong', 'em'],
      [' '],
      ['link ', 'b1l1'],
      ['in', 'b1l1', 'strong'],
      [' '],
      ['code', 'code'],
      [' & end'],
    ]);
    expect(block).toMatchObject({ markDefs: [{ _type: 'link', _key: 'b1l1', href: 'https://example.org/a' }] });
  });

  test.each([
    ['# One', { style: 'h2' }],
    ['### Three', { style: 'h3' }],
    ['###### Six', { style: 'h4' }],
    ['> said', { style: 'blockquote' }],
    ['- item', { style: 'normal', listItem: 'bullet', level: 1 }],
    ['1. item', { style: 'normal', listItem: 'number', level: 1 }],
    [
      '![A square](https://example.org/a.jpg "Taken today")',
      { _type: 'image', alt: 'A square', caption: 'Taken today' },
    ],
    ['[by reference][r]\n\n[r]: mailto:desk@example.org', { markDefs: [{ href: 'mailto:desk@example.org' }] }],
  ])('%j becomes one block of the profile', (markdown, expected) => {
    const body = bodyFrom({ markdown });
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject(expected);
  });

  test('keeps lists in lists', () => {
    const body = bodyFrom({ markdown: '- a\n  1. b\n     - c\n- d' });
    expect(body.map((block) => block._type === 'block' && [block.listItem, block.level])).toEqual([
      ['bullet', 1],
      ['number', 2],
      ['bullet', 3],
      ['bullet', 1],
    ]);
  });

  test.each([
    ['Fine.\n\n<b>x</b>', 'line 3: raw HTML'],
    ['a <i>b</i>', 'line 1: raw HTML'],
    ['```\ncode\n```', 'line 1: a code block'],
    ['a\n\n---', 'line 3: a rule'],
    ['![](https://example.org/a.jpg)', 'describes it'],
    ['text ![x](https://example.org/a.jpg)', 'an image inside a line'],
    ['[x](data:text/html,x)', 'a link must be'],
    ['[x](/relative)', 'a link must be'],
    [`${'- '.repeat(7)}x`, 'deeper than 6'],
  ])('%j is refused with its line', (markdown, reason) => {
    expect(refusal(markdown)).toMatch(/^\/body\/markdown /);
    expect(refusal(markdown)).toContain(reason);
  });

  test('is always a body of the profile, or refused', () => {
    const piece = fc.constantFrom(
      'a',
      '*',
      '**',
      '_',
      '`',
      '[x](https://e.org)',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '# ',
      '<b>',
      '\\',
      ' ',
      '![a](https://e.org)',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          expect(bodySchema.safeParse(bodyFrom({ markdown: pieces.join('') })).success).toBe(true);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['en', 'Don’t count “this” as 5 words', 6],
  ['th', 'สวัสดีชาวโลก', 3],
  ['es', '', 0],
])('words are counted as %s divides them', (language, text, count) => {
  expect(wordCount(bodyFrom({ text }), language)).toBe(count);
});
