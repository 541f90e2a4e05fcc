import { describe, expect, test } from '@jest/globals';
import { type Article, type ArticlePatch, articlePatchSchema } from '../../contract/schemas/article.ts';
import type { Block } from '../../contract/schemas/body.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { paragraph } from '../../domain/body/from-text.ts';
import { compareArticles } from '../../domain/comparison/compare.ts';
import { comparisonText } from '../../domain/comparison/comparison-text.ts';

const base = patchArticle(blankArticle('en'), { headline: 'Fire kills dozens in Almaty', body: { text: 'One.' } });
const article = (patch: object) => patchArticle(base, articlePatchSchema.parse(patch) as ArticlePatch);
const written = (text: string) => article({ body: { text } });
const marked = (markdown: string) => article({ body: { markdown } });

describe('a comparison as text', () => {
  const text = (before: Article, after: Article) =>
    comparisonText({ from: 3, to: 5, ...compareArticles(before, after) });

  test('says so when nothing differs', () => {
    expect(text(base, base)).toBe('Revision 3 → 5\n\nNothing differs.\n');
  });

  test('gives each field by its name, old and new', () => {
    const before = article({ tags: ['Fire', 'War'], internalNote: 'Call them.\nTwice.' });
    const after = article({
      headline: 'Fire kills hundreds in Almaty',
      deck: 'New.',
      tags: ['Fire'],
      urgency: 2,
      breaking: true,
      authors: [{ name: 'A. Bek', role: 'Reporter' }],
    });
    expect(text(before, after)).toBe(`Revision 3 → 5

Headline
- Fire kills [-dozens-] in Almaty
+ Fire kills {+hundreds+} in Almaty

Deck
+ New.

Tags
- War

Authors
+ name: A. Bek; role: Reporter

Urgency
+ 2

Breaking
- no
+ yes

Internal note
- Call them.
- Twice.
`);
  });

  test('of a dateline names only what differs', () => {
    const dateline = (date: string) => article({ dateline: { places: ['Almaty'], date, agency: 'EFE', text: 'X' } });
    expect(text(dateline('2022-01-06'), dateline('2022-01-07'))).toContain(
      '\n\nDateline\n- date: 2022-01-06\n+ date: 2022-01-07\n',
    );
  });

  test('gives each block by its kind and place', () => {
    const before = marked(
      'Dozens of people died.\n\nGone now.\n\nKept as it was.\n\nSee [this](https://example.org/a).\n\nWhat happened\n\nWith *force*.',
    );
    const after = marked(
      '![A house](https://example.org/a.jpg)\n\nHundreds of people died.\n\nKept as it was.\n\nSee [this](https://example.org/b).\n\n## What happened\n\nWith **force**.',
    );
    expect(text(before, after)).toBe(`Revision 3 → 5

Image 1, added
+ A house
+ address: https://example.org/a.jpg

Paragraph 2, changed (was 1)
[-Dozens-]{+Hundreds+} of people died.

Paragraph 2, removed
- Gone now.

Paragraph 4, changed
See this.
- link: https://example.org/a
+ link: https://example.org/b

Heading 5, changed
What happened
- Paragraph
+ Heading (h2)

Paragraph 6, changed
With force.
The same words, marked or placed differently.
`);
  });

  test('of a moved block gives enough to know it by', () => {
    const long = 'word '.repeat(40).trim();
    const moved = text(written(`${long}\n\nB b.\n\nC c.`), written(`B b.\n\nC c.\n\n${long}`));
    expect(moved).toBe(`Revision 3 → 5\n\nParagraph 3, moved (was 1)\n${'word '.repeat(16)}…\n`);
  });

  test('of a factbox names what it holds anew, and the address of a player without words', () => {
    const factbox = (texts: string[]): Block[] => [
      {
        _type: 'factbox',
        _key: 'f',
        title: 'The fire',
        body: texts.map(paragraph).map((block) => ({ ...block, listItem: 'bullet' })),
      },
    ];
    const embed: Block = { _type: 'embed', _key: 'e', provider: 'youtube', url: 'https://youtu.be/a' };
    const after = { ...base, body: [...factbox(['At night.', 'In Almaty.']), embed] };
    expect(text({ ...base, body: factbox(['At night.']) }, after)).toBe(`Revision 3 → 5

Factbox 1, changed
The fire

At night.{+

In Almaty.+}
+ holds: List item (bullet, level 1, normal)

Embed 2, added
+ provider: youtube
+ address: https://youtu.be/a
`);
  });
});
