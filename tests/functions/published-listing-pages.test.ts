import { beforeAll, describe, expect, test } from '@jest/globals';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { addRows, operationsOf, useFrontend } from './frontend.ts';
import { timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { published } = newsroom;
const { list, headlines, pages } = useFrontend(newsroom);

describe('among the stories of a listing', () => {
  const at: string[] = [];
  beforeAll(async () => {
    for (const language of ['en', 'en-GB', 'enm', 'de', 'en-Latn-GB']) {
      const { publication } = await published({ headline: `In ${language}`, language, tags: ['spoken'] });
      at.push(publication?.firstPublishedAt ?? '');
      timePasses({ minutes: 1 });
    }
  });

  test.each([
    ['en', ['In en-Latn-GB', 'In en-GB', 'In en']],
    ['EN', ['In en-Latn-GB', 'In en-GB', 'In en']],
    ['en-gb', ['In en-GB']],
    ['en-latn', ['In en-Latn-GB']],
    ['en-G', []],
    ['de', ['In de']],
    ['fr', []],
  ])('language=%s finds it and what is more precise', async (language, expected) => {
    for (const query of [
      `language=${language}`,
      `tag=spoken&language=${language}`,
      `section=world&language=${language}`,
    ])
      expect(await headlines(query)).toEqual(expected);
  });

  test('from is included, and to is not', async () => {
    const range = (from: number, to: number) => `from=${at[from]}&to=${at[to]}`;
    expect(await headlines(range(1, 3))).toEqual(['In enm', 'In en-GB']);
    expect(await headlines(`tag=spoken&${range(0, 1)}`)).toEqual(['In en']);
    expect(await headlines(`section=world&tag=spoken&language=en&${range(1, 4)}`)).toEqual(['In en-GB']);
    expect(await headlines(`from=${at[4]}`)).toEqual(['In en-Latn-GB']);
    expect(await headlines(`to=${at[0]}`)).toEqual([]);
    expect(await headlines('from=9999-12-31T23:59:59Z')).toEqual([]);
    expect(await headlines('to=0000-01-01T00:00:00Z')).toEqual([]);
  });

  test('a time has any offset', async () => {
    const inIndia = new Date(Date.parse(at[3] ?? '') + 330 * 60_000).toISOString().replace('Z', '%2B05:30');
    expect(await headlines(`from=${inIndia}`)).toEqual(['In en-Latn-GB', 'In de']);
    expect(await headlines(`from=${inIndia.replace('%2B', '+')}`)).toEqual(['In en-Latn-GB', 'In de']);
  });

  test('the last page of a range says that it is the last, though the listing goes on', async () => {
    const { json, headers } = await list(`from=${at[3]}&limit=2`);
    expect(json.items).toHaveLength(2);
    expect({ next: json.nextCursor, link: headers.link }).toEqual({ next: null });
    expect((await pages(`from=${at[1]}&limit=2`)).map((page) => page.length)).toEqual([2, 2]);
  });

  test.each([
    ['backwards', () => `from=${at[2]}&to=${at[1]}`, '?to'],
    ['of nothing', () => `from=${at[2]}&to=${at[2]}`, '?to'],
    ['without an offset', () => 'from=2022-01-06T12:00:00', '?from'],
    ['of a day that there is not', () => 'to=2022-02-30T12:00:00Z', '?to'],
    ['of no language', () => 'language=e', '?language'],
    ['of no language at all', () => 'language=', '?language'],
  ])('refuses a range %s', async (_, query, pointer) => {
    for (const asked of [query(), `section=world&${query()}`]) {
      const { status, json } = await list(asked);
      expect({ status, errors: json.errors }).toMatchObject({ status: 400, errors: [{ pointer }] });
    }
  });
});

describe('where stories have to be looked for', () => {
  const isRare = (index: number) => index % 37 === 5;
  const isLate = (index: number) => index >= 300 && index % 3 === 0;
  const rows = Array.from({ length: 330 }, (_, index) => ({
    // Three at a time: rows of one instant are told apart by their ids.
    at: new Date(Date.UTC(2020, 0, 1) + Math.floor(index / 3) * 1000).toISOString(),
    listings: ['tag#thin', ...(isRare(index) ? ['place#rare'] : []), ...(isLate(index) ? ['place#late'] : [])],
    fields: {
      language: isRare(index) ? 'fr' : 'en',
      section: { slug: isRare(index) ? 'rare' : 'world', name: '' },
    },
  }));
  const chosen = (holds: (index: number) => boolean) =>
    rows.flatMap((_, index) => (holds(index) ? [`Row ${index}`] : []));

  beforeAll(async () => {
    const { id } = await published({ headline: 'As rows are' });
    const { json } = await list(`ids=${id}`);
    await addRows(engine, json.items[0] as PublishedSummary, rows);
  });

  test.each([
    ['a place in a tag', 'tag=thin&place=rare', isRare, 2],
    ['a place that comes last', 'tag=thin&place=late', isLate, 2],
    ['a section in a tag', 'tag=thin&section=rare', isRare, 2],
    ['a language in a tag', 'tag=thin&language=fr', isRare, 1],
    ['a place and a language', 'tag=thin&place=rare&language=fr', isRare, 2],
    ['what there is not', 'tag=thin&place=nowhere', () => false, 2],
    ['everything', 'tag=thin&language=en', (index: number) => !isRare(index), 1],
  ])('%s is found to the end, each once and in order, whatever a page has', async (_, query, holds, requests) => {
    const expected = chosen(holds).reverse();
    for (const limit of [1, 3, 50, 100]) {
      if (expected.length / limit > 90) continue;
      proxy.seen.length = 0;
      const found = await pages(`${query}&limit=${limit}`);
      expect(found.flat().map(({ headline }) => headline)).toEqual(expected);
      expect(Math.max(...found.map((page) => page.length), 0)).toBeLessThanOrEqual(limit);
      expect(proxy.seen.length).toBeLessThanOrEqual(found.length * requests);
      expect(found.length).toBeLessThanOrEqual(expected.length / limit + rows.length / 100 + 1);
    }
  });

  test('a page may be empty and lead on', async () => {
    const { json } = await list('tag=thin&place=nowhere');
    expect(json).toEqual({ items: [], nextCursor: expect.any(String) });
  });

  test('a page reads a hundred rows and one, and asks for a hundred in the second listing', async () => {
    const operations = await operationsOf(proxy, () => list('tag=thin&place=rare&limit=100'));
    expect(operations).toEqual(['Query', 'BatchGetItem']);
    const [query, batch] = proxy.seen.map(({ asked }) => asked);
    expect(query).toMatchObject({ Limit: 101 });
    expect(Object.values(batch?.RequestItems ?? {})).toMatchObject([{ Keys: { length: 100 } }]);
  });

  test('Link leads where the cursor does, with everything that was asked for', async () => {
    const query = 'tag=thin&language=EN&fields=slug,headline&limit=2&from=2020-01-01T01:00:00%2B01:00';
    const { json, headers } = await list(query);
    const [, path, next = ''] = /^<([^?>]+)\?([^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    expect(path).toBe('/content/v1/articles');
    expect(Object.fromEntries(new URLSearchParams(next))).toEqual({
      tag: 'thin',
      language: 'EN',
      fields: 'headline,slug',
      limit: '2',
      from: '2020-01-01T00:00:00.000Z',
      cursor: json.nextCursor,
    });
    const followed = await list(next);
    expect(followed.json).toEqual((await list(`${query}&cursor=${json.nextCursor}`)).json);
    expect(followed.json.items).toEqual(
      chosen((index) => !isRare(index))
        .reverse()
        .slice(2, 4)
        .map((headline) => ({
          headline,
          slug: headline.toLowerCase().replace(' ', '-'),
        })),
    );
  });
});
