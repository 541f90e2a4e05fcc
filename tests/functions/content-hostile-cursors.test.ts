import { describe, expect, test } from '@jest/globals';
import type { Route } from '../../contract/route.ts';
import { type RouteId, routes } from '../../contract/routes/index.ts';
import { cursorAt } from '../../store/cursor.ts';
import { useEngine } from '../support/engine.ts';
import { named, useContent, withParameter } from './content-routes.ts';
import { useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const content = useContent(newsroom);
const { ask } = content;
const byId = (list: readonly Route[]) => list.map((route) => [route.id, route] as const);

describe('cursors', () => {
  const paged = withParameter('cursor');
  const ofDesk: Route[] = [routes.listArticles, routes.listRevisions, routes.getHistory];

  async function cursorOf(route: Route): Promise<string> {
    const { json } = await newsroom.call(route.id as RouteId, { path: content.path, query: 'limit=1' });
    expect({ route: route.id, cursor: json.nextCursor }).toEqual({ route: route.id, cursor: expect.any(String) });
    return json.nextCursor;
  }

  test('are those of several routes', () => {
    expect(paged.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['listPublishedArticles', 'listCorrections', 'listChanges']),
    );
  });

  test.each(byId(paged))('of %s are good there', async (_, route) => {
    expect((await ask(route, { query: `cursor=${await cursorOf(route)}` })).status).toBe(200);
  });

  test.each(byId(paged))('of every other route are refused by %s', async (_, route) => {
    for (const other of [...paged, ...ofDesk].filter(({ id }) => id !== route.id)) {
      const answer = await ask(route, { query: `cursor=${await cursorOf(other)}` });
      expect({ of: other.id, status: answer.status, named: named(answer) }).toEqual({
        of: other.id,
        status: 400,
        named: ['?cursor'],
      });
    }
  });

  test.each(byId(paged))('that are broken are refused by %s', async (_, route) => {
    const cursor = await cursorOf(route);
    const broken = [
      ...[
        cursor.slice(0, -1),
        cursor.slice(1),
        cursor.slice(0, 22),
        `${cursor}A`,
        cursor + cursor,
        cursor.toUpperCase(),
      ],
      ...['', 'A', '_-', 'null', Buffer.from('9999-12-31T23:59:59.999Z#x').toString('base64url'), 'A'.repeat(500)],
      ...['%00', '..', '%2e%2e', '%F0%9F%8C%8A', `${cursor}%3D%3D`, `%20${cursor}`, `${cursor}%0A`],
    ];
    for (const text of broken) {
      const answer = await ask(route, { query: `cursor=${text}` });
      expect({ text, status: answer.status, named: named(answer) }).toEqual({ text, status: 400, named: ['?cursor'] });
    }
  });

  test('of the versions of one story are refused by another', async () => {
    const cursor = await cursorOf(routes.listArticleVersions);
    const { json } = await newsroom.call('listPublishedArticles', { query: 'limit=10' });
    const other = json.items.find(({ slug }: { slug: string }) => slug !== content.path.slug);
    const answer = await ask(routes.listArticleVersions, { path: { slug: other.slug }, query: `cursor=${cursor}` });
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: ['?cursor'] });
  });

  test.each([
    ['a month to come', '2999-01|'],
    ['a line to come', '2026-01|7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['a month that there is not', '2026-13|'],
    ['no month', 'x'],
    ['a line that is none', '2026-01|../..'],
  ])('that were made for the change log are refused, of %s', async (_, position) => {
    const answer = await ask(routes.listChanges, { query: `cursor=${cursorAt('changes', position)}` });
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: ['?cursor'] });
  });
});
