import { describe, expect, test } from '@jest/globals';
import { type Article, type ArticlePatch, articlePatchSchema } from '../../contract/schemas/article.ts';
import type { Block, TextBlock } from '../../contract/schemas/body.ts';
import { type Comparison, comparisonSchema } from '../../contract/schemas/comparison.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { paragraph } from '../../domain/body/from-text.ts';
import { changedBlocks, compareArticles } from '../../domain/comparison/compare.ts';
import { fieldNames } from '../../domain/comparison/field-names.ts';

const base = patchArticle(blankArticle('en'), { headline: 'Fire kills dozens in Almaty', body: { text: 'One.' } });
const article = (patch: object) => patchArticle(base, articlePatchSchema.parse(patch) as ArticlePatch);
const written = (text: string, language = 'en') => article({ body: { text }, language });
const marked = (markdown: string) => article({ body: { markdown } });
const withBody = (body: Block[]) => ({ ...base, body });

/** The words as wdiff prints them. */
const inline = (words: Comparison['fields'][number]['words']) =>
  words.map(({ type, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[type]).join('');

const bodyOf = (before: Article, after: Article) =>
  compareArticles(before, after).body.map(({ change, before, after, words }) => [
    change,
    before?.index ?? null,
    after?.index ?? null,
    inline(words),
  ]);

const bodyOfTexts = (before: string, after: string, language = 'en') =>
  bodyOf(written(before, language), written(after, language));

describe('the fields', () => {
  test('are every field of an article but its body, in its order', () => {
    const { body: _, ...fields } = blankArticle('en');
    expect(Object.keys(fieldNames)).toEqual(Object.keys(fields));
  });

  test('are named in the article’s order when they differ, with both values', () => {
    const after = article({
      extras: { mood: 'dark' },
      tags: ['Fire'],
      dateline: { places: ['Almaty'], date: '2022-01-06', agency: 'EFE' },
      breaking: true,
    });
    expect(compareArticles(base, after).fields).toEqual([
      { field: 'tags', before: [], after: ['Fire'], words: [] },
      { field: 'dateline', before: null, after: after.dateline, words: [] },
      { field: 'breaking', before: false, after: true, words: [] },
      { field: 'extras', before: null, after: { mood: 'dark' }, words: [] },
    ]);
  });

  test.each(['headline', 'deck', 'usageTerms', 'advisory', 'internalNote'])(
    '%s is prose: its words are compared',
    (field) => {
      const [before, after] = [article({ [field]: 'Dozens died.' }), article({ [field]: 'Hundreds died.' })];
      const compared = compareArticles(before, after).fields;
      expect(compared.map(({ words }) => inline(words))).toEqual(['[-Dozens-]{+Hundreds+} died.']);
    },
  );

  test('that were not set are wholly added', () => {
    expect(compareArticles(base, article({ deck: 'New.' })).fields).toEqual([
      { field: 'deck', before: null, after: 'New.', words: [{ type: 'added', text: 'New.' }] },
    ]);
  });

  test('do not differ by the order of their members, nor when an old revision does not know them', () => {
    const { advisory: _, ...known } = { ...base, extras: { a: 1, b: { c: 2, d: 3 } } };
    const old = known as unknown as Article;
    const after = { ...base, extras: { b: { d: 3, c: 2 }, a: 1 } };
    expect(compareArticles(old, after)).toEqual({ fields: [], body: [] });
  });
});

describe('the words', () => {
  test.each([
    [
      'en',
      'The fire killed dozens of people.',
      'The fire killed hundreds of people.',
      'The fire killed [-dozens-]{+hundreds+} of people.',
    ],
    [
      'en',
      "She didn't say “no” then.",
      'She didn’t say “yes” then.',
      "She [-didn't-]{+didn’t+} say “[-no-]{+yes+}” then.",
    ],
    ['ru', 'Погибли десятки людей.', 'Погибли сотни людей.', 'Погибли [-десятки-]{+сотни+} людей.'],
    ['ar', 'قتل العشرات في الحريق.', 'قتل المئات في الحريق.', 'قتل [-العشرات-]{+المئات+} في الحريق.'],
    ['zh', '我们今天在北京见面。', '我们昨天在北京见面。', '我们[-今天-]{+昨天+}在北京见面。'],
    ['en', 'A 👩‍🚒 came at once.', 'A 👨‍🚒 came at once.', 'A [-👩‍🚒-]{+👨‍🚒+} came at once.'],
  ])('are those of the language: %s, %s', (language, before, after, expected) => {
    expect(bodyOfTexts(before, after, language)).toEqual([['changed', 0, 0, expected]]);
  });

  test('of a replaced phrase are one replacement, whatever stands between them', () => {
    const [before, after] = [
      'Yesterday the old, tired king of Norway spoke.',
      'Yesterday the young, happy queen of Norway spoke.',
    ];
    expect(bodyOfTexts(before, after)[0]?.[3]).toBe(
      'Yesterday the [-old, tired king-]{+young, happy queen+} of Norway spoke.',
    );
  });
});

describe('the body', () => {
  test('names only the blocks that differ, by their positions from 0', () => {
    const before = 'The ferry stayed in port.\n\nNobody was told why.\n\nIt will sail on Monday morning.';
    const after = 'The ferry stayed in port.\n\nWitnesses were angry.\n\nIt will sail on Tuesday morning.';
    expect(bodyOfTexts(before, after)).toEqual([
      ['removed', 1, null, '[-Nobody was told why.-]'],
      ['added', null, 1, '{+Witnesses were angry.+}'],
      ['changed', 2, 2, 'It will sail on [-Monday-]{+Tuesday+} morning.'],
    ]);
  });

  test('pairs the blocks of a rewritten passage by their words, not by their order', () => {
    const before = 'Rain fell on the northern coast.\n\nThe mayor of Almaty resigned.';
    const after =
      'The police closed every road.\n\nThe mayor of Almaty resigned today.\n\nHeavy rain fell on the northern coast.';
    expect(bodyOfTexts(before, after).map(([change, from, to]) => [change, from, to])).toEqual([
      ['added', null, 0],
      ['changed', 1, 1],
      ['changed', 0, 2],
    ]);
  });

  test('a block that stands elsewhere has moved', () => {
    expect(bodyOfTexts('A first.\n\nThe second.\n\nAnd a third.', 'The second.\n\nAnd a third.\n\nA first.')).toEqual([
      ['moved', 0, 2, 'A first.'],
    ]);
  });

  test('a removed block is read where it was, whatever moved past it', () => {
    const [first, gone, third, last] = ['The first.', 'Gone now.', 'Third here.', 'Last words.'];
    const changes = bodyOfTexts([first, gone, third, last].join('\n\n'), [last, first, third].join('\n\n'));
    expect(changes.map(([change, from, to]) => [change, from, to])).toEqual([
      ['moved', 3, 0],
      ['removed', 1, null],
    ]);
  });

  test('a block that moved and was set otherwise has changed', () => {
    expect(
      bodyOf(marked('A *first*.\n\nThe second.\n\nThird.'), marked('The second.\n\nThird.\n\nA **first**.')),
    ).toEqual([['changed', 0, 2, 'A first.']]);
  });

  test('keys are no difference, nor where a text is cut into spans, nor the order of marks', () => {
    const before = marked('Ends in **a *bold* and [linked](https://example.org/a) word**.');
    const block = before.body[0] as TextBlock;
    const children = block.children.flatMap((child, index) => [
      { ...child, _key: `x${index}`, text: child.text.slice(0, 1), marks: child.marks.map(renamed).reverse() },
      { ...child, _key: `y${index}`, text: child.text.slice(1), marks: child.marks.map(renamed) },
    ]);
    const markDefs = block.markDefs.map((definition) => ({ ...definition, _key: renamed(definition._key) }));
    const after = withBody([{ ...block, _key: 'other', children, markDefs }]);
    expect(after.body).not.toEqual(before.body);
    expect(compareArticles(before, after)).toEqual({ fields: [], body: [] });
  });

  test.each([
    ['the address of a link', 'See [this](https://example.org/a).', 'See [this](https://example.org/b).', 'See this.'],
    ['emphasis', 'See *this*.', 'See **this**.', 'See this.'],
    ['the style', 'See this', '## See this', 'See this'],
    ['a list’s level', '- See this', '1. See this', 'See this'],
  ])('%s alone is a change with the same words', (_, before, after, words) => {
    const compared = compareArticles(marked(before), marked(after)).body;
    expect(compared.map(({ change, words }) => [change, words])).toEqual([
      ['changed', [{ type: 'same', text: words }]],
    ]);
  });

  test.each<[string, object, object, string]>([
    [
      'quote',
      { text: 'We shall wait.', attribution: 'A. Bek' },
      { text: 'We shall wait.', attribution: 'B. Bek' },
      'We shall wait.\n\n[-A-]{+B+}. Bek',
    ],
    [
      'image',
      { url: 'https://example.org/a.jpg', alt: 'A house on fire' },
      { url: 'https://example.org/a.jpg', alt: 'A house on fire', credit: 'EFE' },
      'A house on fire{+\n\nEFE+}',
    ],
    [
      'embed',
      { provider: 'youtube', url: 'https://youtu.be/a' },
      { provider: 'youtube', url: 'https://youtu.be/b' },
      '',
    ],
    [
      'factbox',
      { title: 'The fire', body: [paragraph('Dozens died.', 0)] },
      { title: 'The fire', body: [paragraph('Hundreds died.', 0)] },
      'The fire\n\n[-Dozens-]{+Hundreds+} died.',
    ],
  ])('%s: the text that it holds is compared', (_type, before, after, words) => {
    const block = (parts: object) => withBody([{ _type, _key: 'k', ...parts } as Block]);
    expect(bodyOf(block(before), block(after))).toEqual([['changed', 0, 0, words]]);
  });

  test('fits the schema of the reply', () => {
    const compared = { from: 1, to: 2, ...compareArticles(marked('A\n\n## B\n\n- C'), marked('- C\n\nA *b*')) };
    expect(comparisonSchema.parse(compared)).toEqual(compared);
  });
});

function renamed(mark: string): string {
  return mark.startsWith('b') ? `renamed-${mark}` : mark;
}

describe('what changed for readers', () => {
  test('is headline, deck and blocks as plain text, in the order of reading', () => {
    const before = article({ body: { markdown: 'First.\n\nDozens *died* here.\n\nGone now.\n\nLast.' } });
    const after = article({
      headline: 'Fire kills hundreds',
      deck: 'Much worse.',
      tags: ['Fire'],
      body: { markdown: 'Brand-new text.\n\nFirst.\n\nHundreds *died* here.\n\nLast.' },
    });
    expect(changedBlocks(before, after)).toEqual([
      { part: 'headline', before: 'Fire kills dozens in Almaty', after: 'Fire kills hundreds' },
      { part: 'deck', before: null, after: 'Much worse.' },
      { part: 'body', before: null, after: 'Brand-new text.' },
      { part: 'body', before: 'Dozens died here.', after: 'Hundreds died here.' },
      { part: 'body', before: 'Gone now.', after: null },
    ]);
  });

  test('is nothing when blocks moved or were set otherwise', () => {
    expect(changedBlocks(marked('A b.\n\nC d.\n\nE *f*.'), marked('E **f**.\n\nA b.\n\nC d.'))).toEqual([]);
  });
});
