import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { publishedSummarySchema } from '../../contract/schemas/published-article.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { operationsOf, useFrontend } from './frontend.ts';
import { nobody, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { act, draft, published } = newsroom;
const { list, headlines } = useFrontend(newsroom);

const idAt = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const stories: EditorialArticle[] = [];
const idOf = (index: number): string => stories[index]?.id ?? '';

beforeAll(async () => {
  for (const headline of ['First', 'Second', 'Third']) stories.push(await published({ headline }));
});

describe('ids', () => {
  test('find those stories, in the order of any listing, with one BatchGetItem', async () => {
    for (const asked of [`${idOf(0)},${idOf(2)}`, `${idOf(2)},${idOf(0)}`]) {
      const operations = await operationsOf(proxy, async () => {
        const { json, headers } = await list(`ids=${asked}`);
        expect(json).toEqual({
          items: [{ headline: 'Third' }, { headline: 'First' }].map(expect.objectContaining),
          nextCursor: null,
        });
        expect(headers.link).toBeUndefined();
        for (const item of json.items) publishedSummarySchema.parse(item);
      });
      expect(operations).toEqual(['BatchGetItem']);
    }
  });

  test('find what any listing says of the stories', async () => {
    expect((await list(`ids=${stories.map(({ id }) => id).join(',')}`)).json).toEqual((await list('limit=100')).json);
  });

  test('are one id however it is spelled, and however often', async () => {
    const asked = [idOf(1), idOf(1).toUpperCase(), idOf(1)].join(',');
    expect(await headlines(`ids=${asked}`)).toEqual(['Second']);
  });

  test('leave out what is not public', async () => {
    const withdrawn = await published();
    await act('unpublishArticle', withdrawn);
    const killed = await published();
    await act('killArticle', killed, { role: 'admin', body: { notice: 'Gone.' } });
    const { id: unpublished } = await draft();
    const asked = [nobody, withdrawn.id, killed.id, unpublished];
    expect(await headlines(`ids=${asked.join(',')}`)).toEqual([]);
    expect(await headlines(`ids=${[...asked, idOf(0)].join(',')}`)).toEqual(['First']);
  });

  test('are at most a hundred, with one request', async () => {
    const others = Array.from({ length: 99 }, (_, index) => idAt(index));
    const operations = await operationsOf(proxy, async () => {
      expect(await headlines(`ids=${[...others, idOf(0)].join(',')}`)).toEqual(['First']);
    });
    expect(operations).toEqual(['BatchGetItem']);
    const { status, json } = await list(`ids=${[...others, idOf(0), idOf(1)].join(',')}`);
    expect({ status, errors: json.errors }).toMatchObject({
      status: 400,
      errors: [{ pointer: '?ids', detail: expect.stringContaining('100') }],
    });
  });

  test.each([
    'section=world',
    'topic=medtop:20000065',
    'tag=x',
    'person=x',
    'language=en',
    'from=2020-01-01T00:00:00Z',
    'to=2020-01-01T00:00:00Z',
    'limit=5',
    'cursor=AAAA',
  ])('stand alone: not beside %s', async (beside) => {
    const { status, json } = await list(`ids=${idOf(0)}&${beside}`);
    expect({ status, errors: json.errors }).toMatchObject({
      status: 400,
      errors: [{ pointer: `?${beside.split('=')[0]}` }],
    });
  });

  test.each(['', ',', 'x', `${nobody},`, `${nobody} `, `${nobody};${nobody}`, '../x'])(
    'that are none are refused: %j',
    async (ids) => {
      const { status, json } = await list(`ids=${encodeURIComponent(ids)}`);
      expect({ status, errors: json.errors }).toMatchObject({ status: 400, errors: [{ pointer: '?ids' }] });
    },
  );
});

describe('fields', () => {
  test('are what a row has then, sorted and each once, of any page', async () => {
    const whole = await list('limit=2');
    for (const fields of ['slug,headline', 'headline,slug,headline']) {
      const { json, body, headers } = await list(`limit=2&fields=${fields}`);
      expect(json.items).toEqual(
        whole.json.items.map(({ headline, slug }: Record<string, string>) => ({ headline, slug })),
      );
      expect(json.nextCursor).toBe(whole.json.nextCursor);
      expect(body).toMatch(/^\{"items":\[\{"headline":"[^"]+","slug":/);
      expect(new URLSearchParams(headers.link?.split(/[?>]/)[1]).get('fields')).toBe('headline,slug');
      expect(headers.etag).not.toBe(whole.headers.etag);
    }
    const [one, other] = await Promise.all(
      ['slug,id', 'id,slug'].map((fields) => list(`ids=${idOf(0)}&fields=${fields}`)),
    );
    expect(one?.json.items).toEqual([{ id: idOf(0), slug: 'first' }]);
    expect(one?.headers.etag).toBe(other?.headers.etag);
  });

  test('can be all', async () => {
    const all = Object.keys((await list()).json.items[0]);
    expect((await list(`fields=${all.join(',')}`)).json).toEqual((await list()).json);
  });

  test.each([
    ['one that there is not', 'headline,stage', 'stage'],
    ['one of the desk', 'internalNote', 'internalNote'],
    ['one of the article that rows have not', 'body', 'body'],
    ['one in capitals', 'Headline', 'Headline'],
    ['one that every object has', 'constructor', 'constructor'],
    ['none', '', '""'],
    ['one with a blank', 'headline, slug', ' slug'],
    ['more than there are', Array.from({ length: 200 }, () => 'id').join(','), 'at most'],
  ])('refuse %s, and name it', async (_, fields, named) => {
    const { status, json } = await list(`fields=${encodeURIComponent(fields)}`);
    expect({ status, errors: json.errors }).toMatchObject({
      status: 400,
      errors: [{ pointer: '?fields', detail: expect.stringContaining(named) }],
    });
  });
});

describe('a page that a reader has', () => {
  test.each(['', 'section=world', 'section=world&limit=1', 'fields=id', 'tag=nothing'])(
    'is 304 until it changes: %j',
    async (query) => {
      const { headers, status } = await list(query);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        etag: expect.stringMatching(/^W\/"[\w-]{22}"$/),
        'cache-control': expect.stringMatching(
          /^public, max-age=5, s-maxage=30, stale-while-revalidate=\d+, stale-if-error=\d+$/,
        ),
        vary: 'Accept-Encoding',
      });
      for (const known of [headers.etag, `"x", ${headers.etag}`, headers.etag?.replace('W/', ''), '*']) {
        const again = await newsroom.call('listPublishedArticles', {
          query,
          headers: { 'if-none-match': known ?? '' },
        });
        expect(again).toMatchObject({
          status: 304,
          body: '',
          headers: { etag: headers.etag, 'cache-control': headers['cache-control'] },
        });
      }
      const other = await newsroom.call('listPublishedArticles', { query, headers: { 'if-none-match': '"x"' } });
      expect(other.status).toBe(200);
    },
  );

  test('changes with a publication', async () => {
    const before = await list('section=world');
    await published({ headline: 'New' });
    expect((await list('section=world')).headers.etag).not.toBe(before.headers.etag);
  });
});
