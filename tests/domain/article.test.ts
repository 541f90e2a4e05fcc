import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../contract/errors.ts';
import { articlePatchSchema } from '../../contract/schemas/article.ts';
import { publishedArticleSchema, publishedSummarySchema } from '../../contract/schemas/published-article.ts';
import { blankArticle, newArticle, patchArticle } from '../../domain/article/article.ts';
import { mergePatch } from '../../domain/article/merge-patch.ts';
import { listingsOf, publicDocument, publicSummary } from '../../domain/article/public-document.ts';
import { isCurrentTopic, topicName } from '../../domain/topics/topics.ts';

const base = patchArticle(blankArticle('en'), {
  headline: 'H',
  section: 'world',
  tags: ['War', 'Peace'],
  dateline: { places: ['Almaty'], date: '2022-01-06', agency: 'EFE' },
  image: { url: 'https://example.org/a.jpg', alt: 'A', caption: 'C' },
  extras: { a: { b: 1, c: 2 } },
  body: { text: 'One.' },
});

// RFC 7396, appendix A.
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched with %j is %j', (target, patch, expected) => {
  expect(mergePatch(target, patch)).toEqual(expected);
});

test('a patch cannot reach the prototype', () => {
  const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.hasOwn(merged as object, '__proto__')).toBe(true);
});

describe('a patched article', () => {
  const patched = (patch: object) => patchArticle(base, articlePatchSchema.parse(patch));

  test('keeps what the patch does not name, and stays itself', () => {
    expect(patched({})).toEqual(base);
    expect(patched({ deck: 'D' })).toEqual({ ...base, deck: 'D' });
  });

  test.each([
    [{ tags: null }, { tags: [] }],
    [{ tags: ['New'] }, { tags: ['New'] }],
    [{ breaking: null }, { breaking: false }],
    [{ image: null }, { image: null }],
    [{ image: { caption: null } }, { image: { ...base.image, caption: null } }],
    [{ extras: { a: { b: null } } }, { extras: { a: { c: 2 } } }],
    [{ headline: '  e\u0301 ' }, { headline: '\u00e9' }],
    [{ language: 'EN-us' }, { language: 'en-US' }],
    [{ embargoUntil: '2026-01-01T02:00:00+02:00' }, { embargoUntil: '2026-01-01T00:00:00.000Z' }],
  ])('with %j has %j', (patch, expected) => {
    expect(patched(patch)).toMatchObject(expected);
  });

  test('prints its dateline anew when a part changes, and keeps the text that it was given', () => {
    expect(base.dateline?.text).toContain('Almaty');
    expect(patched({ dateline: { places: ['Moscow'] } }).dateline?.text).toContain('Moscow');
    const given = patched({ dateline: { text: 'MOSCOW, Jan. 6 —' } });
    expect(given.dateline).toMatchObject({ text: 'MOSCOW, Jan. 6 —', places: ['Almaty'] });
  });

  test('keeps a retired topic that it has, and takes no new one', () => {
    const retired = 'medtop:20000030';
    expect(() => patched({ topics: [retired] })).toThrow(AppError);
    const old = { ...base, topics: [retired] };
    expect(patchArticle(old, { topics: [retired, 'medtop:20000065'] }).topics).toHaveLength(2);
  });
});

test('a new article keeps its site’s fields as they were sent, nulls included', () => {
  const extras = { a: null, b: { c: null } };
  expect(newArticle({ headline: 'H', extras }, 'en').extras).toEqual(extras);
});

test('topics have the IPTC’s names', () => {
  expect(topicName('medtop:20000065')).toBe('civil unrest');
  expect([
    isCurrentTopic('medtop:20000065'),
    isCurrentTopic('medtop:20000030'),
    isCurrentTopic('medtop:constructor'),
  ]).toEqual([true, false, false]);
});

describe('the public document', () => {
  const publication = {
    state: 'live' as const,
    slug: 'h',
    revision: 1,
    kind: 'initial' as const,
    firstPublishedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.000Z',
    sortAt: '2026-01-01T00:00:00.000Z',
    listKeys: [],
    notes: [],
    corrections: [],
    kill: null,
    seq: 1,
  };
  const section = { slug: 'world', name: 'World' };
  const id = '017e2f42-9600-7747-8640-eaf09766caae';
  const document = (article: typeof base) =>
    publicDocument({
      id,
      article,
      publication,
      section,
      siteUrlTemplate: 'https://news.example/{slug}',
      killed: new Set(),
    });

  test('holds to its schema and to nothing beside it', () => {
    const article = { ...base, internalNote: 'secret-1', extras: { desk: 'secret-2', public: { paywall: true } } };
    const made = document(article);
    expect(publishedArticleSchema.parse(made)).toEqual(made);
    expect(JSON.stringify(made)).not.toContain('secret');
    expect(publishedSummarySchema.parse(publicSummary(made))).toEqual(publicSummary(made));
  });

  test('has a summary of at most 800 bytes unless the headline alone is longer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1000 }), (deck) => {
        const summary = publicSummary(document({ ...base, deck }));
        expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThanOrEqual(800);
        if (summary.deck && summary.deck !== deck) expect(deck.startsWith(summary.deck.slice(0, -1))).toBe(true);
      }),
    );
  });

  test('keeps its picture in the summary, with a description cut short, unless its address is too long', () => {
    const image = {
      url: 'https://example.org/a.jpg',
      alt: 'word '.repeat(150).trim(),
      caption: null,
      credit: null,
      width: null,
      height: null,
    };
    const { image: kept } = publicSummary(document({ ...base, image }));
    expect(kept).toMatchObject({ url: image.url, alt: expect.stringMatching(/^word (word )*word…$/) });
    const far = { ...image, url: `https://example.org/${'a'.repeat(900)}.jpg` };
    expect(publicSummary(document({ ...base, image: far })).image).toBeNull();
  });

  test('stands in each of its listings once', () => {
    const article = {
      ...base,
      tags: ['ｗａｒ', 'War'],
      authors: [{ name: 'Ana Ruiz', role: null }],
      people: ['Tokayev'],
    };
    expect(listingsOf(article, section)).toEqual([
      'latest',
      'section#world',
      'full#latest',
      'full#section#world',
      'tag#war',
      'person#tokayev',
      'author#ana ruiz',
    ]);
  });
});
