import { beforeAll, describe, expect, test } from '@jest/globals';
import { problemSchema } from '../../contract/schemas/problem.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { operationsOf, useFrontend } from './frontend.ts';
import { useNewsroom } from './newsroom.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { published } = newsroom;
const { list, headlines } = useFrontend(newsroom);

const unrest = 'medtop:20000065';
const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('a listing of one dimension', () => {
  beforeAll(async () => {
    await published({ headline: 'Bare', section: 'conflicts-and-war' });
    await published({
      headline: 'Full',
      section: 'conflicts-and-war',
      topics: [unrest],
      tags: ['Wärme', 'ＷＡＲ', 'a/b#c?d&e=f', '🌊'],
      places: ['Қарағанды', 'Nur-Sultan'],
      people: ['Қасым-Жомарт Тоқаев', 'İlham'],
      authors: [{ name: 'José Ángel' }],
    });
    await published({ headline: 'Later', topics: [unrest], tags: ['war'], places: ['nur-sultan'] });
  });

  test.each([
    ['all stories', {}, ['Later', 'Full', 'Bare']],
    ['a section', { section: 'conflicts-and-war' }, ['Full', 'Bare']],
    ['a topic', { topic: unrest }, ['Later', 'Full']],
    ['a topic that no story has', { topic: 'medtop:20000001' }, []],
    ['a section that there is not', { section: 'nowhere' }, []],
    ['a tag', { tag: 'war' }, ['Later', 'Full']],
    ['a tag in capitals', { tag: 'WAR' }, ['Later', 'Full']],
    ['a tag in wide letters', { tag: 'ｗａｒ' }, ['Later', 'Full']],
    ['a tag that is the beginning of another', { tag: 'wa' }, []],
    ['a tag with what separates in a query', { tag: 'a/b#c?d&e=f' }, ['Full']],
    ['a tag of one emoji', { tag: '🌊' }, ['Full']],
    ['a tag in decomposed letters', { tag: 'wa\u0308rme' }, ['Full']],
    ['a tag without its accent', { tag: 'warme' }, []],
    ['a place', { place: 'Nur-Sultan' }, ['Later', 'Full']],
    ['a place in Cyrillic capitals', { place: 'ҚАРАҒАНДЫ' }, ['Full']],
    ['a person', { person: 'қасым-жомарт тоқаев' }, ['Full']],
    ['a person whose capital has a dot', { person: 'İLHAM' }, ['Full']],
    ['an author', { author: 'JOSÉ ÁNGEL' }, ['Full']],
    ['a tag that is a place', { tag: 'Nur-Sultan' }, []],
    ['a name that no key has room for', { tag: 'ﷺ'.repeat(100) }, []],
    ['a name of two hundred characters', { person: 'x'.repeat(200) }, []],
  ])('finds %s, the latest first, with one Query', async (_, fields, expected) => {
    const operations = await operationsOf(proxy, async () => {
      expect(await headlines(query(fields))).toEqual(expected);
    });
    expect(operations).toEqual(['Query']);
  });

  test.each([
    ['no section', 'section=', '?section'],
    ['a section in capitals', 'section=World', '?section'],
    ['a section of dots', 'section=..', '?section'],
    ['a topic of another scheme', 'topic=20000065', '?topic'],
    ['a tag of blanks', 'tag=%20%E2%80%83', '?tag'],
    ['a name longer than any', `author=${'x'.repeat(201)}`, '?author'],
    ['a name with a control character', 'place=Al%00maty', '?place'],
    ['a name that is not UTF-8', 'person=%C3%28', '?person'],
    ['half of a surrogate pair', 'tag=%ED%A0%80', '?tag'],
  ])('refuses %s, and asks for nothing', async (_, asked, pointer) => {
    const operations = await operationsOf(proxy, async () => {
      const { status, json } = await list(asked);
      expect(status).toBe(400);
      expect(problemSchema.parse(json).errors?.map((error) => error.pointer)).toEqual([pointer]);
    });
    expect(operations).toEqual([]);
  });
});

describe('a listing of two dimensions', () => {
  const dimensions = {
    section: ['conflicts-and-war', { section: 'conflicts-and-war' }],
    topic: ['medtop:20000069', { topics: ['medtop:20000069'] }],
    tag: ['Pair Tag', { tags: ['pair tag'] }],
    place: ['Pair Place', { places: ['Pair place'] }],
    person: ['Pair Person', { people: ['pair person'] }],
    author: ['Pair Author', { authors: [{ name: 'Pair author' }] }],
  } as const;
  const names = Object.keys(dimensions) as (keyof typeof dimensions)[];
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));

  beforeAll(async () => {
    const all = Object.assign({}, ...names.map((name) => dimensions[name][1]));
    await published({ headline: 'Both, first', ...all });
    for (const name of names) await published({ headline: `Only ${name}`, ...dimensions[name][1] });
    await published({ headline: 'Both, last', ...all });
  });

  test('is one of fifteen', () => {
    expect(pairs).toHaveLength(15);
  });

  test.each(pairs)('finds what has this %s and this %s, in at most two requests', async (one, other) => {
    const asked = query({ [one]: dimensions[one][0], [other]: dimensions[other][0] });
    const operations = await operationsOf(proxy, async () => {
      expect(await headlines(asked)).toEqual(['Both, last', 'Both, first']);
    });
    // A row names its section.
    expect(operations).toEqual(one === 'section' ? ['Query'] : ['Query', 'BatchGetItem']);
  });

  test.each(names)('finds each %s alone, too', async (name) => {
    const found = await headlines(query({ [name]: dimensions[name][0], limit: '3' }));
    expect(found).toEqual(['Both, last', `Only ${name}`, 'Both, first']);
  });

  test('needs one request more where it is empty, to look for the section', async () => {
    const asked = query({ person: 'Pair Person', section: 'nowhere' });
    expect(await operationsOf(proxy, async () => expect(await headlines(asked)).toEqual([]))).toEqual([
      'Query',
      'GetItem',
    ]);
  });

  test('of which one finds nothing is empty', async () => {
    expect(await headlines(query({ person: 'Pair Person', tag: 'nothing' }))).toEqual([]);
    expect(await headlines(query({ person: 'nobody', tag: 'Pair Tag' }))).toEqual([]);
  });

  test.each([
    [['section', 'topic', 'tag']],
    [['person', 'author', 'place']],
    [['section', 'topic', 'tag', 'place', 'person', 'author']],
  ] as (typeof names)[][])('is of no more than two: %j is refused, and each is named', async (asked) => {
    const { status, json } = await list(query(Object.fromEntries(asked.map((name) => [name, dimensions[name][0]]))));
    expect(status).toBe(400);
    const { errors = [], detail } = problemSchema.parse(json);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(asked.map((name) => `?${name}`).sort());
    for (const name of asked) expect(detail).toContain(`?${name}`);
  });
});
