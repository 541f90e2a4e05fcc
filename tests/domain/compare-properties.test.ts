import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Article } from '../../contract/schemas/article.ts';
import type { Block, TextBlock } from '../../contract/schemas/body.ts';
import { type ComparedBlock, type ComparedWords, comparisonSchema } from '../../contract/schemas/comparison.ts';
import { blankArticle } from '../../domain/article/article.ts';
import { paragraph } from '../../domain/body/from-text.ts';
import { blockContent, blockText } from '../../domain/comparison/block-content.ts';
import { changedBlocks, compareArticles } from '../../domain/comparison/compare.ts';
import { comparisonText } from '../../domain/comparison/comparison-text.ts';

const word = fc.constantFrom(
  ...[
    'the',
    'ferry',
    'sailed',
    'sailed,',
    'don’t',
    '“no”',
    '—',
    'люди',
    'العشرات',
    '我们今天',
    '见面。',
    '👩‍🚒',
    'e\u0301t',
    '12.5',
    '\n',
    ' ',
  ],
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const marks = fc.subarray(['strong', 'em', 'l1', 'l2']);
const href = fc.constantFrom('https://example.org/a', 'https://example.org/b');

const textBlock = fc
  .record({
    style: fc.constantFrom('normal' as const, 'normal' as const, 'h2' as const),
    spans: fc.array(fc.tuple(text, fc.oneof(fc.constant<string[]>([]), marks)), { minLength: 1, maxLength: 3 }),
    hrefs: fc.tuple(href, href),
  })
  .map(
    ({ style, spans, hrefs }): TextBlock => ({
      _type: 'block',
      _key: 'b',
      style,
      children: spans.map(([spanText, spanMarks], index) => ({
        _type: 'span',
        _key: `s${index}`,
        text: spanText,
        marks: spanMarks,
      })),
      markDefs: hrefs.map((address, index) => ({ _type: 'link', _key: `l${index + 1}`, href: address })),
    }),
  );
const line = fc.constantFrom('The ferry', 'The ferry in port', 'EFE', '一张照片');
const block: fc.Arbitrary<Block> = fc.oneof(
  { arbitrary: textBlock, weight: 5 },
  fc.record({ _type: fc.constant('quote' as const), _key: fc.constant('q'), text: line }),
  fc.record({ _type: fc.constant('image' as const), _key: fc.constant('i'), url: href, alt: line }),
  fc.record({
    _type: fc.constant('embed' as const),
    _key: fc.constant('e'),
    provider: fc.constant('youtube' as const),
    url: fc.constantFrom('https://youtu.be/a', 'https://youtu.be/b'),
  }),
  fc.record({
    _type: fc.constant('factbox' as const),
    _key: fc.constant('f'),
    title: line,
    body: fc.array(textBlock, { minLength: 1, maxLength: 2 }),
  }),
);
const body = fc.array(block, { maxLength: 8 });

/** Two revisions: unlike, or the second an edit of the first. */
const bodies = fc.oneof(
  fc.tuple(body, body),
  fc
    .tuple(body, fc.array(fc.nat(12), { maxLength: 10 }), body)
    .map(([before, places, fresh]): [Block[], Block[]] => [
      before,
      places.flatMap((place) => before[place] ?? fresh[place - before.length] ?? []),
    ]),
);
const prose = fc.option(text, { nil: null });
const fields = fc.record({ headline: text, deck: prose, internalNote: prose, breaking: fc.boolean() });
const language = fc.constantFrom('en', 'zh', 'ar');

function articleOf(parts: Partial<Article>, blocks: Block[], tag: string): Article {
  const keyed = blocks.map((entry, index) => ({ ...entry, _key: `b${index}` }));
  return { ...blankArticle(tag), ...parts, body: keyed };
}
const articles = fc
  .record({ bodies, before: fields, after: fields, languages: fc.tuple(language, language) })
  .map(({ bodies: [one, other], before, after, languages }): [Article, Article] => [
    articleOf(before, one, languages[0]),
    articleOf(after, other, languages[1]),
  ]);

const oldText = (words: ComparedWords) => joined(words, 'removed');
const newText = (words: ComparedWords) => joined(words, 'added');
function joined(words: ComparedWords, type: 'removed' | 'added'): string {
  return words.flatMap((part) => (part.type === 'same' || part.type === type ? [part.text] : [])).join('');
}

test('an article compared with itself, or with itself under other keys, gives nothing', () => {
  fc.assert(
    fc.property(articles, ([article]) => {
      const rekeyed = { ...article, body: article.body.map((entry, index) => ({ ...entry, _key: `other${index}` })) };
      expect(compareArticles(article, article)).toEqual({ fields: [], body: [] });
      expect(compareArticles(article, rekeyed)).toEqual({ fields: [], body: [] });
      expect(changedBlocks(article, rekeyed)).toEqual([]);
    }),
  );
});

test('the words of each difference are the old text and the new one, to the character', () => {
  fc.assert(
    fc.property(articles, ([before, after]) => {
      const compared = compareArticles(before, after);
      for (const { before: old, after: young, words } of compared.body)
        expect([oldText(words), newText(words)]).toEqual([textOf(old), textOf(young)]);
      for (const { field, before: old, after: young, words } of compared.fields)
        if (['headline', 'deck', 'internalNote'].includes(field))
          expect([oldText(words), newText(words)]).toEqual([old ?? '', young ?? '']);
    }),
  );
});

function textOf(placed: ComparedBlock['before']): string {
  return placed ? blockText(placed.block) : '';
}

test('each block is equal in its place or in exactly one difference, and those read in order', () => {
  fc.assert(
    fc.property(articles, ([before, after]) => {
      const changes = compareArticles(before, after).body;
      const rest = (article: Article, side: 'before' | 'after') => {
        const named = changes.flatMap((change) => change[side] ?? []);
        expect(new Set(named.map(({ index }) => index)).size).toBe(named.length);
        for (const { index, block: named_ } of named) expect(named_).toBe(article.body[index]);
        return article.body.filter((_, index) => !named.some((entry) => entry.index === index)).map(blockContent);
      };
      expect(rest(before, 'before')).toEqual(rest(after, 'after'));
      const places = changes.flatMap((change) => change.after?.index ?? []);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    }),
  );
});

test('what became of a block is what its sides say', () => {
  fc.assert(
    fc.property(articles, ([before, after]) => {
      for (const { change, before: old, after: young, words } of compareArticles(before, after).body) {
        if (change === 'added' || change === 'removed') {
          expect([old === null, young === null]).toEqual([change === 'added', change === 'removed']);
          expect(words.every(({ type }) => type === change)).toBe(true);
        } else {
          const isEqual = old && young && blockContent(old.block) === blockContent(young.block);
          expect(isEqual).toBe(change === 'moved');
          if (textOf(old) === textOf(young)) expect(words.every(({ type }) => type === 'same')).toBe(true);
        }
      }
    }),
  );
});

test('the other way round, added is removed and removed is added', () => {
  const opposite = { added: 'removed', removed: 'added' } as const;
  const turned = (words: ComparedWords) =>
    words.map((part) => (part.type === 'same' ? part : { ...part, type: opposite[part.type] }));
  const inNoOrder = (entries: unknown[]) => entries.map((entry) => JSON.stringify(entry)).sort();
  const print = ({ before, after, words }: Pick<ComparedBlock, 'before' | 'after' | 'words'>, change: string) => ({
    change,
    before: before?.index,
    after: after?.index,
    words: inNoOrder(words),
  });
  fc.assert(
    fc.property(articles, ([before, after]) => {
      const forth = compareArticles(before, after).body.map((entry) => print(entry, entry.change));
      const back = compareArticles(after, before).body.map((entry) => {
        const change = entry.change === 'added' || entry.change === 'removed' ? opposite[entry.change] : entry.change;
        return print({ before: entry.after, after: entry.before, words: turned(entry.words) }, change);
      });
      expect(inNoOrder(back)).toEqual(inNoOrder(forth));
    }),
  );
});

test('what changed for readers is what differs, but for blocks that only moved or were set otherwise', () => {
  fc.assert(
    fc.property(articles, ([before, after]) => {
      const { body: changes } = compareArticles(before, after);
      const rewritten = changes.filter((change) => textOf(change.before) !== textOf(change.after));
      const parts = changedBlocks(before, after).filter(({ part }) => part === 'body');
      expect(parts.map((part) => [part.before ?? '', part.after ?? ''])).toEqual(
        rewritten.map((change) => [textOf(change.before), textOf(change.after)]),
      );
    }),
  );
});

test('every comparison fits the schema of the reply and can be read', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(text, { maxLength: 6 }), (one, other) => {
      const [before, after] = [one, other].map((texts) => articleOf({}, texts.map(paragraph), 'en')) as [
        Article,
        Article,
      ];
      const comparison = { from: 1, to: 2, ...compareArticles(before, after) };
      expect(comparisonSchema.safeParse(comparison).error).toBeUndefined();
      const printed = comparisonText(comparison);
      expect(printed.includes('Nothing differs.')).toBe(comparison.body.length === 0);
      expect(printed.split('\n\n').length).toBeGreaterThan(comparison.body.length);
    }),
  );
});
