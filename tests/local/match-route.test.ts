import { expect, test } from '@jest/globals';
import type { Route } from '../../contract/route.ts';
import { getHealth } from '../../contract/routes/get-health.ts';
import { routes } from '../../contract/routes/index.ts';
import { routeMatcher } from '../../local/match-route.ts';

const match = routeMatcher(Object.values(routes));

test.each([
  ['GET', '/health', 'GET /health', undefined],
  ['HEAD', '/health', 'HEAD /health', undefined],
  ['GET', '/content/v1/articles', 'GET /content/v1/articles', undefined],
  ['HEAD', '/content/v1/articles/a-b', 'HEAD /content/v1/articles/{slug}', { slug: 'a-b' }],
  ['GET', '/content/v1/articles/caf%C3%A9%2Fnoir', 'GET /content/v1/articles/{slug}', { slug: 'café/noir' }],
  ['GET', '/content/v1/feeds/latest.rss', 'GET /content/v1/feeds/{feed+}', { feed: 'latest.rss' }],
  ['HEAD', '/content/v1/feeds/tags/caf%C3%A9.rss', 'HEAD /content/v1/feeds/{feed+}', { feed: 'tags/café.rss' }],
  ['GET', '/content/v1/feeds/tags/a%2Fb.rss', 'GET /content/v1/feeds/{feed+}', { feed: 'tags/a/b.rss' }],
  ['GET', '/content/v1/articles/by-id/7', 'GET /content/v1/articles/by-id/{articleId}', { articleId: '7' }],
  ['GET', '/content/v1/articles/a/related', 'GET /content/v1/articles/{slug}/related', { slug: 'a' }],
  ['POST', '/editorial/v1/articles/import', 'POST /editorial/v1/articles/import', undefined],
  ['GET', '/editorial/v1/articles/import', 'GET /editorial/v1/articles/{articleId}', { articleId: 'import' }],
  ['POST', '/editorial/v1/articles/7/publish', 'POST /editorial/v1/articles/{articleId}/publish', { articleId: '7' }],
])('%s %s is %s', (method, path, routeKey, pathParameters) => {
  expect(match(method, path)).toEqual({ route: expect.anything(), routeKey, pathParameters });
});

test.each([
  ['GET', '/'],
  ['GET', '/nothing'],
  ['GET', '/content/v1/articles/'],
  ['GET', '/content/v1//articles'],
  ['GET', '/content/v1/articles/a/b'],
  ['GET', '/content/v1/feeds'],
  ['GET', '/content/v1/feeds/'],
  ['POST', '/content/v1/articles'],
  ['HEAD', '/editorial/v1/articles'],
  ['get', '/health'],
  ['GET', 'health'],
  ['CONNECT', 'example.com:443'],
])('%s %s is no route', (method, path) => {
  expect(match(method, path)).toBeUndefined();
});

test('goes back to a parameter when a literal leads nowhere', () => {
  const at = (path: string): Route => ({ ...getHealth, path });
  const branching = routeMatcher([at('/a/b/c'), at('/a/{x}/d'), at('/{y}/b/e')]);
  expect(branching('GET', '/a/b/d')?.pathParameters).toEqual({ x: 'b' });
  expect(branching('GET', '/a/b/e')?.pathParameters).toEqual({ y: 'a' });
});

test('tries a literal first, then a parameter, and a greedy one for what neither takes to its end', () => {
  const at = (path: string): Route => ({ ...getHealth, path });
  const branching = routeMatcher([at('/a/{rest+}'), at('/a/{x}/b'), at('/a/c')]);
  const found = (path: string) => branching('GET', path);
  expect(found('/a/c')).toMatchObject({ routeKey: 'GET /a/c' });
  expect(found('/a/d/b')?.pathParameters).toEqual({ x: 'd' });
  expect(found('/a/d')?.pathParameters).toEqual({ rest: 'd' });
  expect(found('/a/d/b/e/')?.pathParameters).toEqual({ rest: 'd/b/e/' });
  expect(found('/a/c/b')?.pathParameters).toEqual({ x: 'c' });
});
