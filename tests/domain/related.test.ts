import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { alikeListings, mostAlike } from '../../domain/article/related.ts';

const none = { topics: [], tags: [], places: [], people: [] };
const story = (id: string, publishedAt = '2022-01-06T12:00:00.000Z') => ({ id, publishedAt }) as PublishedSummary;
const found = (listings: PublishedSummary[][], ...leftOut: string[]) =>
  mostAlike(listings, new Set(leftOut)).map(({ id }) => id);

describe('the listings where stories alike are looked for', () => {
  test('are none for a story about nothing', () => {
    expect(alikeListings(none, 6)).toEqual([]);
  });

  test('take the first of each kind, then the second of each', () => {
    const subjects = {
      people: ['Ana', 'Ben'],
      places: ['Almaty'],
      tags: ['war', 'oil', 'gas'],
      topics: [
        { id: 'medtop:1', name: '' },
        { id: 'medtop:2', name: '' },
      ],
    };
    const all = [
      ...['person#ana', 'place#almaty', 'tag#war', 'topic#medtop:1'],
      ...['person#ben', 'tag#oil', 'topic#medtop:2'],
      'tag#gas',
    ];
    expect(alikeListings(subjects, 100)).toEqual(all);
    expect(alikeListings(subjects, 6)).toEqual(all.slice(0, 6));
    expect(alikeListings(subjects, 0)).toEqual([]);
  });

  test('are those that the story stands in, and each once, however it is spelled', () => {
    expect(alikeListings({ ...none, tags: ['ＷＡＲ', 'war', 'ÉTÉ'] }, 6)).toEqual(['tag#war', 'tag#été']);
  });
});

describe('the stories most alike', () => {
  test('are none among none', () => {
    expect(found([])).toEqual([]);
    expect(found([[], []])).toEqual([]);
  });

  test('come by how many listings they share', () => {
    const [one, two, three] = ['one', 'two', 'three'].map((id) => story(id));
    if (!one || !two || !three) throw new Error('three stories');
    expect(found([[one, two, three], [two, three], [three]])).toEqual(['three', 'two', 'one']);
  });

  test('come newest first where they share as many', () => {
    const old = story('old', '2022-01-06T12:00:00.000Z');
    const young = story('young', '2022-01-06T12:00:00.001Z');
    expect(found([[old, young]])).toEqual(['young', 'old']);
    expect(found([[young], [old]])).toEqual(['young', 'old']);
    expect(found([[old, young], [old]])).toEqual(['old', 'young']);
  });

  test('are not those to be left out, however much they share', () => {
    expect(found([[story('self'), story('a')], [story('self')]], 'self')).toEqual(['a']);
  });

  test('come in one order, in whatever order the listings are read', () => {
    const stories = fc.array(
      fc.record({ id: fc.constantFrom(...'abcdefgh'), at: fc.constantFrom('2022-01-06', '2022-01-07') }),
      { maxLength: 8 },
    );
    const times = new Map<string, string>();
    fc.assert(
      fc.property(fc.array(stories, { maxLength: 5 }), (drawn) => {
        times.clear();
        for (const { id, at } of drawn.flat()) times.set(id, times.get(id) ?? at);
        const listings = drawn.map((listing) =>
          [...new Set(listing.map(({ id }) => id))].map((id) => story(id, times.get(id))),
        );
        const order = found(listings);
        expect(found(listings.toReversed().map((listing) => listing.toReversed()))).toEqual(order);
        expect([...order].sort()).toEqual([...times.keys()].sort());
      }),
    );
  });
});
