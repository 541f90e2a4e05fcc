import { describe, expect, test } from '@jest/globals';
import { formats } from '../../contract/formats.ts';
import type { Route } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { cursorAt } from '../../store/cursor.ts';
import { useEngine } from '../support/engine.ts';
import { contentRoutes, named, useContent, withParameter } from './content-routes.ts';
import { useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const content = useContent(newsroom);
const { ask } = content;
const byId = (list: readonly Route[]) => list.map((route) => [route.id, route] as const);

describe('formats', () => {
  const wrong = [
    'pdf',
    'HTML',
    'json ',
    'html,json',
    '',
    'application/json',
    '__proto__',
    'constructor',
    '../html',
    '*',
  ];

  test.each(byId(withParameter('format')))(
    'that there are not are refused by %s, with those that there are',
    async (_, route) => {
      for (const format of wrong) {
        const answer = await ask(route, { query: `format=${encodeURIComponent(format)}` });
        expect({ format, status: answer.status, named: named(answer) }).toEqual({
          format,
          status: 406,
          named: ['?format'],
        });
        for (const known of Object.keys(formats)) expect(answer.json.errors[0].detail).toContain(known);
      }
    },
  );

  test.each(byId(withParameter('format')))(
    'and something else that is wrong is a request that is wrong: %s',
    async (_, route) => {
      const answer = await ask(route, { query: 'format=pdf&fields=secret' });
      expect({ status: answer.status, named: named(answer).sort() }).toEqual({
        status: 400,
        named: ['?fields', '?format'],
      });
    },
  );

  test.each(byId(withParameter('format')))('beside JSON have no fields and nothing related: %s', async (_, route) => {
    if (route.reply.status !== 200) return;
    for (const format of Object.keys(formats).filter((name) => name !== 'json')) {
      const answer = await ask(route, { query: `format=${format}&fields=headline` });
      expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: ['?fields'] });
      expect((await ask(route, { query: `format=${format}` })).status).toBe(200);
    }
  });
});

describe('times', () => {
  test.each(byId(contentRoutes.filter(({ query }) => query?.from !== undefined && query.to !== undefined)))(
    '%s refuses a range that ends before it begins, or then',
    async (_, route) => {
      for (const [from, to] of [
        ['2022-01-06T12:00:00Z', '2022-01-06T11:59:59.999Z'],
        ['2022-01-06T12:00:00Z', '2022-01-06T12:00:00.000Z'],
        ['2022-01-06T12:00:00Z', '2022-01-06T13:00:00%2B02:00'],
        ['9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z'],
      ]) {
        const answer = await ask(route, { query: `from=${from}&to=${to}` });
        expect({ from, to, status: answer.status, named: named(answer) }).toEqual({
          from,
          to,
          status: 400,
          named: ['?to'],
        });
      }
    },
  );

  const at = (query: string) => ask(routes.getPublishedArticle, { query });

  test.each([
    ['a second from now', () => new Date(Date.now() + 1000).toISOString()],
    ['the end of times', () => '9999-12-31T23:59:59Z'],
  ])('nobody knows what will be public: %s', async (_, time) => {
    const answer = await at(`at=${time()}`);
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: ['?at'] });
  });

  test.each(['0000-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '2022-01-06T12:00:00Z'])(
    'nothing was public before: %s',
    async (time) => {
      expect((await at(`at=${time}`)).status).toBe(404);
    },
  );

  test('now is a time that was', async () => {
    const now = new Date(Date.now()).toISOString();
    expect((await at(`at=${now}`)).json.slug).toBe('a-story');
    const answer = await at(`at=${now}&include=related`);
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: ['?include'] });
  });
});

describe('versions', () => {
  test.each([
    [
      'of another story',
      async () => {
        const { json } = await newsroom.call('listPublishedArticles', { query: 'limit=10' });
        const { slug } = json.items.find((item: { slug: string }) => item.slug !== content.path.slug);
        const versions = await newsroom.call('listArticleVersions', { path: { slug } });
        return versions.json.items[0].id as string;
      },
    ],
    [
      'that were made up',
      async () => cursorAt(`version ${content.path.articleId}`, 'VERSION#2022-01-06T12:00:00.000Z#00000001'),
    ],
    ['that are something else of the story', async () => cursorAt(`version ${content.path.articleId}`, 'SLUG')],
    ['that are revisions', async () => '1'],
  ])('%s are none', async (_, make) => {
    const version = await make();
    expect((await ask(routes.getArticleVersion, { path: { version } })).status).toBe(404);
    expect((await ask(routes.compareArticleVersions, { path: { version } })).status).toBe(404);
    expect((await ask(routes.compareArticleVersions, { query: `from=${encodeURIComponent(version)}` })).status).toBe(
      404,
    );
  });
});
