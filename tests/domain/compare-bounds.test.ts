import { describe, expect, test } from '@jest/globals';
import type { Article } from '../../contract/schemas/article.ts';
import type { Block } from '../../contract/schemas/body.ts';
import { blankArticle } from '../../domain/article/article.ts';
import { paragraph } from '../../domain/body/from-text.ts';
import { compareArticles } from '../../domain/comparison/compare.ts';

const withBody = (body: Block[]): Article => ({ ...blankArticle('en'), body });
const changesOf = (before: Article, after: Article) => compareArticles(before, after).body.map(({ change }) => change);

describe('bodies that have little in common', () => {
  const words = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(' ');
  const bodyFrom = (count: number, text: (index: number) => string) =>
    withBody(Array.from({ length: count }, (_, index) => paragraph(text(index), index)));

  test('3,000 blocks against 3,000 others are wholly removed and added', () => {
    const changes = changesOf(
      bodyFrom(3000, (index) => words(`old${index}x`, 60)),
      bodyFrom(3000, (index) => words(`new${index}x`, 60)),
    );
    expect([changes.length, new Set(changes)]).toEqual([6000, new Set(['removed', 'added'])]);
  });

  test('3,000 blocks that are each half rewritten are paired, though the first five are gone', () => {
    const text = (index: number, fresh: string) => `${words(`kept${index}x`, 20)} ${words(`${fresh}${index}x`, 20)}`;
    const before = bodyFrom(3000, (index) => text(index, 'old'));
    const after = bodyFrom(2995, (index) => text(index + 5, 'new'));
    const changes = compareArticles(before, after).body;
    const gone = changes.filter(({ change }) => change === 'removed').map((change) => change.before?.index);
    const pairs = changes.filter(({ change }) => change === 'changed');
    expect([changes.length, gone]).toEqual([3000, [0, 1, 2, 3, 4]]);
    expect(pairs.every((pair) => pair.before?.index === (pair.after?.index ?? 0) + 5)).toBe(true);
  });

  test('3,000 blocks in the opposite order have moved, but for one', () => {
    const before = bodyFrom(3000, (index) => `Block ${index}.`);
    const after = { ...before, body: before.body.toReversed() };
    const changes = changesOf(before, after);
    expect(new Set(changes)).toEqual(new Set(['moved']));
    expect(changes.length).toBeGreaterThanOrEqual(2999);
  });

  test('two paragraphs of 300 kB with other words are one removed and one added', () => {
    const [before, after] = [bodyFrom(1, () => words('old', 40_000)), bodyFrom(1, () => words('new', 40_000))];
    expect(before.body.map((block) => JSON.stringify(block).length)[0]).toBeGreaterThan(300_000);
    expect(changesOf(before, after)).toEqual(['removed', 'added']);
  });

  test('two paragraphs of 300 kB with the same words turned round keep their common ends', () => {
    const turned = words('word', 40_000).split(' ').reverse().join(' ');
    const compared = compareArticles(
      bodyFrom(1, () => `Here: ${words('word', 40_000)}. The end.`),
      bodyFrom(1, () => `Here: ${turned}. The end.`),
    ).body[0];
    expect(compared?.words.map(({ type }) => type)).toEqual(['same', 'removed', 'added', 'same']);
    expect([compared?.words[0]?.text, compared?.words[3]?.text]).toEqual(['Here: ', '. The end.']);
  });

  test('a word changed in a paragraph of 300 kB is found', () => {
    const [before, after] = [words('word', 40_000), words('word', 40_000).replace('word777 ', 'deed ')];
    expect(
      compareArticles(
        bodyFrom(1, () => before),
        bodyFrom(1, () => after),
      ).body[0]?.words.slice(1, 3),
    ).toEqual([
      { type: 'removed', text: 'word777' },
      { type: 'added', text: 'deed' },
    ]);
  });
});
