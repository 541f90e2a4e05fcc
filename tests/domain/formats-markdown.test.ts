import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Body } from '../../contract/schemas/body.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { bodyFrom } from '../../domain/body/body.ts';
import { articleMarkdown } from '../../domain/formats/markdown.ts';
import { anyBody } from '../support/any-body.ts';
import { anyDocument } from '../support/any-document.ts';
import { block, item, linkTo, span } from '../support/format-blocks.ts';
import { ofBlocks, ofMarkdown } from '../support/marked-text.ts';
import { seedDocument } from '../support/seed-document.ts';

const context = { publicationName: 'The Paper' };

/** A body and nothing else that an article may have: what follows the section, the headline and the time. */
const bare = { dateline: null, advisory: null, creditLine: null, signOff: null, copyrightNotice: null };
const markdownOf = (body: Body) =>
  articleMarkdown(seedDocument({ ...bare, body }), context)
    .split('\n\n')
    .slice(3)
    .join('\n\n')
    .trimEnd();

describe('a body is CommonMark', () => {
  test.each<[string, Body, string]>([
    [
      'with nothing escaped that need not be',
      [block('“No,” he said (twice) – at 7.30: A & B, AT&T #1 + 1 = 2.')],
      '“No,” he said (twice) – at 7.30: A & B, AT&T #1 + 1 = 2.',
    ],
    [
      'with markup escaped',
      [block('*a* _b_ `c` [d](e) <f> &amp; \\ ~~g~~ |')],
      '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f> \\&amp; \\\\ \\~\\~g\\~\\~ \\|',
    ],
    [
      'with line starts escaped',
      [block('1. a\n# b\n- c\n+ d\n> e\n===\n2) f\n   g')],
      '1\\. a\\\n\\# b\\\n\\- c\\\n\\+ d\\\n\\> e\\\n\\===\\\n2\\) f\\\ng',
    ],
    ['with blank lines in a paragraph', [block('a\n\nb')], 'a\\\n\\\nb'],
    ['with headings on one line', [block('a\nb #', { style: 'h3' })], '### a b \\#'],
    [
      'with quoted paragraphs together',
      [block('a', { style: 'blockquote' }), block('b', { style: 'blockquote' })],
      '> a\n>\n> b',
    ],
    [
      'with lists in lists',
      [item('a', 1, 'number'), item('b\nc', 2), item('d', 3, 'number'), item('e')],
      '1. a\n   - b\\\n     c\n     1. d\n\n- e',
    ],
    [
      'with marks, and no underline',
      [block([span('a', 'strong'), span('b', 'em', 'strong'), span('c', 'underline')])],
      '**&#97;_b_**&#99;',
    ],
    [
      'with marks on words, not spaces',
      [block([span('a '), span(' b ', 'strong', 'em'), span('c ', 'strong')])],
      'a  **_b_ c**',
    ],
    [
      'with letters spelled out where a mark would be lost',
      [block([span('x'), span('a', 'em'), span('y')])],
      '&#120;_a_&#121;',
    ],
    ['with backticks in code', [block([span('a``b`', 'code')])], '``` a``b` ```'],
    [
      'with odd addresses',
      [block([span('Look!'), span('here', 'l')], { markDefs: [linkTo('https://a.example/(b)?c&copy;<')] })],
      'Look\\![here](https://a.example/\\(b\\)?c\\&copy;\\<)',
    ],
    [
      'with pictures',
      [{ _type: 'image', _key: 'i', url: 'https://a.example/i', alt: 'A [b]', caption: 'C.', credit: 'D' }],
      '![A \\[b\\]](https://a.example/i)\n\nC.\\\nD',
    ],
    [
      'with players and related stories',
      [
        { _type: 'embed', _key: 'e', provider: 'x', url: 'https://x.com/a', caption: 'C' },
        { _type: 'relatedLink', _key: 'r', articleId: '017e2f42-9600-7747-8640-000000000001', title: 'Dam' },
      ],
      '[See on X](https://x.com/a)\n\nC\n\n[Dam](/content/v1/articles/by-id/017e2f42-9600-7747-8640-000000000001)',
    ],
    [
      'with quotes and factboxes',
      [
        { _type: 'quote', _key: 'q', text: 'No.', attribution: 'A' },
        { _type: 'factbox', _key: 'f', title: 'Facts', body: [block('a'), item('b')] },
      ],
      '> No.\n>\n> — A\n\n> **Facts**\n>\n> a\n>\n> - b',
    ],
  ])('%s', (_, body, markdown) => {
    expect(markdownOf(body)).toBe(markdown);
  });
});

test('the seed story reads as it did', () => {
  const markdown = articleMarkdown(seedDocument(), context);
  expect(markdown.startsWith('Conflicts & War\n\n# Kazakh police kill ‘dozens’ of protesters in Almaty')).toBe(true);
  expect(markdown).toContain(
    '\n\n**Update**: adds reports on Almaty explosions\n\nNur-Sultan/Moscow Jan 6 (EFE).- Several',
  );
  expect(markdown.endsWith('serious acts of vandalism.\n\nEFE\n\nEFE\n\n© Agencia EFE, S.A.U., S.M.E.\n')).toBe(true);
  const { body } = seedDocument();
  expect(bodyFrom({ markdown: markdownOf(body) })).toEqual(body);
});

test.each<[string, Partial<PublishedArticle>, string]>([
  [
    'its deck and authors',
    { deck: '1. D', authors: [{ name: 'A*', role: null }] },
    '\n\n1\\. D\n\nBy A\\*\n\nPublished',
  ],
  [
    'its picture',
    { image: { url: 'https://a.example/i', alt: 'A', caption: null, credit: 'C', width: 1, height: 1 } },
    '![A](https://a.example/i)\n\nC\n\n**Update**',
  ],
  [
    'its notes',
    { notes: [{ kind: 'clarification', text: 'X.', at: '2022-01-07T00:00:00.000Z' }] },
    '**Clarification** (January 7, 2022 at 00:00 UTC): X.',
  ],
])('the article says %s', (_, changes, markdown) => {
  expect(articleMarkdown(seedDocument(changes), context)).toContain(markdown);
});

test('a preview says so in its first line', () => {
  const preview = { ...context, preview: { expiresAt: '2022-01-08T12:00:00.000Z' } };
  expect(articleMarkdown(seedDocument(), preview)).toMatch(
    /^\\\[Preview, not published\. This link works until January 8, 2022 at 12:00 UTC\.\\\]\n\n/,
  );
});

const isSeen = (character: string) => /[^\p{Z}\p{C}]/u.test(Array.from(character)[0] ?? '');

test('every character comes out as itself, with its marks, whatever the text holds', () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      const blocks = body.filter((each) => each._type === 'block');
      const seen = ofMarkdown(fromMarkdown(markdownOf(blocks))).filter(isSeen);
      expect(seen).toEqual(ofBlocks(blocks, ['strong', 'em', 'code']).filter(isSeen));
    }),
    { numRuns: 250 },
  );
});

const typesIn = (node: Nodes): string[] => [node.type, ...('children' in node ? node.children.flatMap(typesIn) : [])];

test('nothing becomes markup that is none', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const root = fromMarkdown(articleMarkdown(document, context));
      for (const type of ['html', 'definition', 'linkReference', 'imageReference', 'thematicBreak'])
        expect(typesIn(root)).not.toContain(type);
      expect(typesIn(root)).not.toContain('code');
      const [headline, ...others] = root.children.filter((node) => node.type === 'heading' && node.depth === 1);
      expect(others).toEqual([]);
      expect(headline && ofMarkdown(headline)).toEqual(ofBlocks([block(document.headline)], []));
    }),
    { numRuns: 100 },
  );
});
