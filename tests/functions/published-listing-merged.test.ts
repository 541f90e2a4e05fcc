import { beforeAll, expect, test } from '@jest/globals';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { operationsOf, useFrontend } from './frontend.ts';
import { runSweeps, useNewsroom } from './newsroom.ts';
import { useTaxonomy } from './taxonomy.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { call, published } = newsroom;
const { list, headlines } = useFrontend(newsroom);
const { add, merge } = useTaxonomy(newsroom);

let oldCursor = '';

beforeAll(async () => {
  await add('oil', 'Oil');
  await add('energy', 'Energy');
  for (const headline of ['First well', 'Second well'])
    await published({ headline, section: 'oil', tags: ['Wells'], people: ['A Driller'], language: 'en-GB' });
  oldCursor = (await list('section=oil&limit=1')).json.nextCursor;
  await merge('oil', 1, 'energy');
  await runSweeps();
});

test.each([
  ['alone', 'section=oil', 'section=energy', ['Query']],
  [
    'with a limit and fields',
    'limit=1&section=oil&fields=slug,id',
    'limit=1&section=energy&fields=slug%2Cid',
    ['Query'],
  ],
  [
    'with a language and a range',
    'section=oil&language=en&from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z',
    'section=energy&language=en&from=2020-01-01T00%3A00%3A00Z&to=2099-01-01T00%3A00%3A00Z',
    ['Query'],
  ],
  ['beside a tag', 'section=oil&tag=Wells', 'section=energy&tag=Wells', ['Query', 'GetItem']],
  [
    'beside a person',
    'person=A%20Driller&section=oil&limit=3',
    'person=A+Driller&section=energy&limit=3',
    ['Query', 'GetItem'],
  ],
  [
    'beside a tag with a letter of a query',
    'tag=R%26D%3D%23&section=oil',
    'tag=R%26D%3D%23&section=energy',
    ['Query', 'GetItem'],
  ],
])(
  'a section that was merged leads to the other one, with the rest of the question: %s',
  async (_, query, asked, requests) => {
    const operations = await operationsOf(proxy, async () => {
      const { status, headers, body } = await list(query);
      expect({ status, headers, body }).toMatchObject({
        status: 301,
        headers: {
          location: `/content/v1/articles?${asked}`,
          'cache-control': 'public, max-age=60, s-maxage=60',
          'access-control-allow-origin': '*',
        },
        body: '',
      });
    });
    expect(operations).toEqual(requests);
  },
);

test('what it leads to has the stories', async () => {
  const { headers } = await list('section=oil&tag=wells&language=en');
  expect(await headlines(headers.location?.split('?')[1])).toEqual(['Second well', 'First well']);
});

test('a place in the old listing is none in the other: reading begins anew', async () => {
  const { headers, status } = await list(`section=oil&limit=1&cursor=${oldCursor}`);
  expect({ status, location: headers.location }).toEqual({
    status: 301,
    location: '/content/v1/articles?section=energy&limit=1',
  });
});

test('a section of which nothing is known leads nowhere', async () => {
  expect(await headlines('section=gas')).toEqual([]);
  expect(await headlines('section=gas&tag=Wells')).toEqual([]);
});

test('HEAD is led on too', async () => {
  const { status, headers } = await call('listPublishedArticles', { query: 'section=oil', method: 'HEAD' });
  expect({ status, location: headers.location }).toEqual({
    status: 301,
    location: '/content/v1/articles?section=energy',
  });
});
