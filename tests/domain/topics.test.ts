import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { listTopics } from '../../contract/routes/list-topics.ts';
import { topicPageSchema } from '../../contract/schemas/topic.ts';
import { findTopics } from '../../domain/topics/find-topics.ts';
import mediaTopics from '../../domain/topics/media-topics.json' with { type: 'json' };
import { currentTopicIds, isCurrentTopic, topicName, topicParents } from '../../domain/topics/topics.ts';

const everyId = Object.keys(mediaTopics.concepts).map((number) => `medtop:${number}`);
const everything = everyId.length;
const war = 'medtop:16000000';
const unrest = 'medtop:20000065';
const riot = 'medtop:20000069';

const names = (query: string, { under, limit = everything }: { under?: string; limit?: number } = {}) =>
  findTopics({ query, under, limit }).map(({ name }) => name);

describe('the vocabulary', () => {
  test('has parents that exist, and no topic above itself', () => {
    for (const id of everyId) {
      const parents = topicParents(id).map((parent) => parent.id);
      expect(everyId).toEqual(expect.arrayContaining(parents));
      expect(parents).not.toContain(id);
      expect(parents.length).toBeLessThanOrEqual(5);
    }
  });

  test('has no current topic below a retired one', () => {
    for (const id of currentTopicIds())
      for (const parent of topicParents(id)) expect(isCurrentTopic(parent.id)).toBe(true);
  });

  test('has no two current topics of one label', () => {
    const labels = currentTopicIds().map(topicName);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('says what is above a topic, the outermost first', () => {
    expect(topicParents(riot)).toEqual([
      { id: war, name: 'conflict, war and peace' },
      { id: unrest, name: 'civil unrest' },
    ]);
  });

  test.each([[war], ['medtop:99999999'], ['nonsense'], ['']])('has nothing above %j', (id) => {
    expect(topicParents(id)).toEqual([]);
  });
});

describe('a search', () => {
  test('answers with the place of a topic in the vocabulary', () => {
    expect(findTopics({ query: 'riot', limit: 1 })).toEqual([
      {
        id: riot,
        name: 'riot',
        parents: [
          { id: war, name: 'conflict, war and peace' },
          { id: unrest, name: 'civil unrest' },
        ],
        hasChildren: false,
      },
    ]);
    expect(findTopics({ query: 'civil unrest', limit: 1 })).toMatchObject([{ id: unrest, hasChildren: true }]);
  });

  test.each([
    ['CIVIL un', 'civil unrest'],
    ['  unrest   civil ', 'civil unrest'],
    ['conflict war', 'conflict, war and peace'],
    ['coup d’État', "coup d'etat"],
    ['coup detat', "coup d'etat"],
    ['Quran', "Qur'an"],
    ['qurʼan', "Qur'an"],
    ['womens rights', "women's rights"],
    ['women`s', "women's rights"],
    ['clean up', 'environmental clean-up'],
    ['cleanup', 'environmental clean-up'],
    ['clean‑up', 'environmental clean-up'],
    ['lábör', 'labor'],
    ['ｌａｂｏｒ', 'labor'],
    ['hiv aids', 'HIV and AIDS'],
    ['r&b', 'r&b'],
    ['3x3', '3x3 basketball'],
    ['ngo', 'non-governmental organisation (NGO)'],
    [unrest, 'civil unrest'],
    ['20000065', 'civil unrest'],
    [' MedTop:20000065 ', 'civil unrest'],
  ])('for %j has %j first', (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  test('has the label itself first, then those that it begins, those with its words, and those below', () => {
    const found = names('sport');
    expect(found[0]).toBe('sport');
    const begun = found.findLastIndex((name) => name.startsWith('sport'));
    expect(found.slice(0, begun + 1).every((name) => name.startsWith('sport'))).toBe(true);
    expect(found.slice(begun + 1).every((name) => / sport/.test(name))).toBe(true);
    expect(found.length).toBeGreaterThan(begun + 1);
  });

  test('has the shallower topics first, then those of the smaller label', () => {
    const found = findTopics({ query: 'sport', limit: everything });
    const places = found
      .slice(1)
      .filter(({ name }) => name.startsWith('sport'))
      .map(({ name, parents }) => `${parents.length} ${name}`);
    expect(new Set(places.map((place) => place[0])).size).toBeGreaterThan(1);
    expect(places).toEqual([...places].sort());
  });

  test('takes a word from a label above, as long as another is in the label', () => {
    expect(names('unrest riot')).toEqual(['riot']);
    expect(names('war riot')).toEqual(['riot']);
    expect(names('unrest')).toEqual(['civil unrest']);
  });

  test.each([['iot'], ['riots and more'], ['zzzz'], ['medtop:2000006'], ['medtop:99999999'], ['00000000']])(
    'for %j has nothing',
    (query) => {
      expect(names(query)).toEqual([]);
    },
  );

  test('never has a retired topic', () => {
    const retired = everyId.filter((id) => !isCurrentTopic(id));
    expect(retired.length).toBeGreaterThan(100);
    for (const id of retired) {
      expect(names(id)).toEqual([]);
      expect(findTopics({ query: topicName(id), limit: everything }).map((topic) => topic.id)).not.toContain(id);
    }
  });

  test('has every current topic by its label and by its id, as the contract says it', () => {
    for (const id of currentTopicIds()) {
      const items = [...findTopics({ query: topicName(id), limit: 1 }), ...findTopics({ query: id, limit: 2 })];
      expect(items.map((topic) => topic.id)).toEqual([id, id]);
      expect(topicPageSchema.safeParse({ items }).success).toBe(true);
    }
  });

  test('has no more topics than the limit', () => {
    expect(names('s').length).toBeGreaterThan(100);
    expect(names('s', { limit: 7 })).toEqual(names('s').slice(0, 7));
    expect(names('', { limit: 3 })).toHaveLength(3);
  });

  test.each([
    ['%'.repeat(100)],
    ['.*'],
    ['(x+x+)+y$'],
    ['[[[\\'],
    ['🚨🔥👩‍👩‍👧'],
    ['\u0301\u0301'],
    ["' OR 1=1 --"],
    ['__proto__'],
    ['constructor'],
    ['ﷺ'.repeat(100)],
    ['\ud800'],
  ])('for the hostile %j has nothing', (query) => {
    expect(names(query)).toEqual([]);
  });

  test('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.integer({ min: 1, max: 100 }), (query, limit) => {
        expect(findTopics({ query, limit }).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('without words', () => {
  test.each([[''], ['   '], ['\t\u00a0']])('%j lists the top level by label', (query) => {
    const found = findTopics({ query, limit: 20 });
    expect(found).toHaveLength(17);
    expect(found.every(({ parents, hasChildren }) => parents.length === 0 && hasChildren)).toBe(true);
    expect(found[0]?.name).toBe('arts, culture, entertainment and media');
    expect(found.at(-1)?.name).toBe('weather');
  });

  test('a topic lists its children', () => {
    expect(names('', { under: unrest })).toEqual(['demonstration', 'rebellion', 'revolution', 'riot']);
    expect(names('', { under: riot })).toEqual([]);
  });

  test('walking down from the top meets every current topic once, and hasChildren says where to go on', () => {
    const below = (under?: string): string[] =>
      findTopics({ query: '', under, limit: everything }).flatMap(({ id, hasChildren }) => {
        const children = below(id);
        expect(children.length > 0).toBe(hasChildren);
        return [id, ...children];
      });
    expect(below().sort()).toEqual(currentTopicIds().sort());
  });
});

describe('below a topic', () => {
  test.each([
    ['riot', war, ['riot']],
    ['riot', unrest, ['riot']],
    ['civil unrest', unrest, []],
    ['riot', 'medtop:15000000', []],
    ['riot', 'medtop:99999999', []],
    [riot, war, ['riot']],
    [riot, 'medtop:15000000', []],
  ])('%j in %s finds %j', (query, under, expected) => {
    expect(names(query, { under })).toEqual(expected);
  });
});

test('the route takes as parent what the vocabulary calls its topics', () => {
  const { pattern, maxLength } = listTopics.query.parent;
  for (const id of everyId) expect(pattern.test(id) && id.length <= maxLength).toBe(true);
});
