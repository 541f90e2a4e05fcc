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
