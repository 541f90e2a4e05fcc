import { describe, expect, test } from '@jest/globals';
import type { Article } from '../../contract/schemas/article.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { correctionEntry, correctionsWith, mostCorrections } from '../../domain/article/corrections.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import { draft, edited, now, published, publishing } from './article-states.ts';

/** Of a row of the listing: twenty of them are a page, read with one request of at most a megabyte. */
const largestEntry = 8000;
const at = now.toISOString();
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

function article(fields = {}): Article {
  return patchArticle(blankArticle('en'), { headline: 'H', section: 'world', body: { text: 'T.' }, ...fields });
}

function entryOf(before: object, after: object, note = 'It was two.') {
  const copy = edited(published(draft(before)), after);
  const { document } = decidePublication(
    copy,
    publishing(copy, { request: { kind: 'correction', note }, publicBefore: article(before) }),
  );
  return correctionEntry({ document, before: article(before), after: copy.article, at });
}

const words = (count: number, word: string) => Array.from({ length: count }, () => word).join(' ');

describe('the entry of a correction', () => {
  test('says what the story said, what it says, and why', () => {
    const before = { headline: 'One dead', body: { text: 'One died.\n\nIt rained.' } };
    const after = { headline: 'Two dead', deck: 'In Almaty', body: { text: 'Two died.\n\nIt rained.' } };
    expect(entryOf(before, after)).toMatchObject({
      headline: 'Two dead',
      slug: 'one-dead',
      section: { slug: 'world' },
      at,
      note: 'It was two.',
      changes: [
        { part: 'headline', before: 'One dead', after: 'Two dead' },
        { part: 'deck', before: null, after: 'In Almaty' },
        { part: 'body', before: 'One died.', after: 'Two died.' },
      ],
      moreChanges: 0,
    });
  });

  test('is the decision’s own, at the time of its publication', () => {
    const copy = edited(published(), { headline: 'H2' });
    const request = { kind: 'correction', note: 'N.' } as const;
    const { correction, publication } = decidePublication(copy, publishing(copy, { request }));
    expect(correction).toMatchObject({ at: publication.publishedAt, note: 'N.' });
    expect(publication.corrections).toEqual([{ at: publication.publishedAt, from: 1, to: 2 }]);
    expect(decidePublication(copy, publishing(copy)).correction).toBeNull();
  });

  test('of a text that was wrong somewhere else alone has no changes, and its note', () => {
    expect(entryOf({}, { deck: null, tags: ['War'] })).toMatchObject({
      changes: [],
      moreChanges: 0,
      note: 'It was two.',
    });
  });

  test.each<[string, object, object, string]>([
    ['three hundred rewritten paragraphs', many('dozens'), many('hundreds'), 'N.'],
    ['one paragraph of 20,000 characters', { body: { text: words(2800, 'dozens') } }, { body: { text: 'Two.' } }, 'N.'],
    ['a note and a headline of four bytes a character', emoji('😀'), emoji('😎'), '😀'.repeat(1000)],
    ['paragraphs of quotation marks', quotes('a'), quotes('b'), '"'.repeat(1000)],
  ])('is bounded in bytes for %s', (_, before, after, note) => {
    const entry = entryOf(before, after, note);
    expect(bytes(entry)).toBeLessThanOrEqual(largestEntry);
    expect(entry.note).toBe(note);
  });

  test('counts what did not fit', () => {
    const { changes, moreChanges } = entryOf(many('dozens'), many('hundreds'));
    expect(changes.length).toBeGreaterThan(2);
    expect(changes.length + moreChanges).toBe(301);
  });

  test('has something of each side that there was, in languages that put no spaces between words too', () => {
    const before = `${'阿拉木图警方称数十人死亡。'.repeat(50)}数十人。`;
    const { changes } = entryOf({ body: { text: before } }, { body: { text: before.replaceAll('数十', '数百') } });
    const [change] = changes.filter(({ part }) => part === 'body');
    expect(change?.before).toMatch(/^阿拉木图/);
    expect(change?.after).toMatch(/^阿拉木图/);
  });

  test('shows what was wrong, wherever in a long paragraph it stood', () => {
    const long = words(300, 'quiet');
    const { changes } = entryOf(
      { body: { text: `${long} dozens died.` } },
      { body: { text: `${long} hundreds died.` } },
    );
    const [change] = changes.filter(({ part }) => part === 'body');
    expect(change?.before).not.toBe(change?.after);
  });
});

function many(word: string) {
  const text = Array.from({ length: 300 }, (_, index) => `${index}: ${words(20, 'and')} ${word}.`).join('\n\n');
  return { headline: `They were ${word}`, deck: null, body: { text } };
}
function emoji(face: string) {
  return { headline: face.repeat(300), deck: words(400, face), body: { text: words(5000, face) } };
}
function quotes(letter: string) {
  return { body: { text: Array.from({ length: 20 }, () => words(700, `"${letter}"`)).join('\n\n') } };
}

describe('the corrections that stand in the listing', () => {
  const correction = (number: number) => ({
    at: `2026-01-01T12:00:00.${String(number).padStart(3, '0')}Z`,
    from: 1,
    to: 2,
  });
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => correction(index));

  test('are at most forty of one story, the oldest pushed out', () => {
    expect(mostCorrections).toBe(40);
    const all = numbers(100).reduce<ReturnType<typeof numbers>>(correctionsWith, []);
    expect(all).toEqual(numbers(100).slice(60));
  });

  test('are all there up to that', () => {
    expect(correctionsWith(numbers(39), correction(39))).toEqual(numbers(40));
  });

  test('are told of in the story itself for good', () => {
    let copy = published();
    for (let count = 0; count < 45; count += 1)
      copy = published(edited(copy), { kind: 'correction', note: `${count}` });
    expect(copy.publication?.corrections).toHaveLength(40);
    expect(copy.publication?.notes).toHaveLength(45);
    expect(copy.publication?.corrections.at(-1)).toMatchObject({ from: 45, to: 46 });
  });
});
