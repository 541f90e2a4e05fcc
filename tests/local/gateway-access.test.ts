import { expect, test } from '@jest/globals';
import { cors } from '../../contract/cors.ts';
import { createIdentity } from '../../local/identity.ts';
import { identity, serve } from './served.ts';

const editorial = '/editorial/v1/articles';
const content = '/content/v1/articles';
const bearer = async (from = identity, lifetime = 60) => {
  const { token } = await from.issueToken({ role: 'contributor', name: 'carla' }, lifetime);
  return `Bearer ${token}`;
};

test.each([
  ['no token', async () => undefined],
  ['an empty one', async () => 'Bearer '],
  ['what is no token', async () => 'Bearer abc'],
  ['an expired one', () => bearer(identity, -1)],
  ['a forged one', () => bearer(createIdentity())],
  ['another scheme', async () => 'Basic YTpi'],
])('editorial routes refuse %s with a 401', async (_what, authorization) => {
  const { url, events } = await serve();
  const value = await authorization();
  const reply = await fetch(url + editorial, { headers: value === undefined ? {} : { authorization: value } });
  expect([reply.status, await reply.json()]).toEqual([401, { message: 'Unauthorized' }]);
  expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  expect(events).toHaveLength(0);
});

test('the function gets the claims of a good token as text', async () => {
  const { url, events } = await serve();
  expect((await fetch(url + editorial, { headers: { authorization: await bearer() } })).status).toBe(200);
  expect(events[0]?.requestContext.authorizer).toEqual({
    jwt: { claims: expect.objectContaining({ username: 'carla', 'cognito:groups': '[contributor]' }), scopes: null },
  });
});

test('public routes ask for no token and ignore a bad one', async () => {
  const { url } = await serve();
  expect((await fetch(url + content, { headers: { authorization: 'Bearer abc' } })).status).toBe(200);
});

const allowedOrigin = (reply: Response) => reply.headers.get('access-control-allow-origin');

test.each([
  [content, 'https://anywhere.example', '*'],
  [content, undefined, '*'],
  [editorial, 'http://localhost:3000', 'http://localhost:3000'],
  [editorial, 'http://127.0.0.1:5173', 'http://127.0.0.1:5173'],
  [editorial, 'http://localhost:3001', null],
  [editorial, 'https://localhost:3000', null],
  [editorial, 'https://anywhere.example', null],
  [editorial, undefined, null],
])('%s asked from %s allows %s, in replies and preflights', async (path, origin, allowed) => {
  const { url, events } = await serve();
  const headers = origin === undefined ? {} : { origin };
  // Unauthorized on the editorial side: a browser has to be let read that, too.
  expect(allowedOrigin(await fetch(url + path, { headers }))).toBe(allowed);
  events.length = 0;
  const preflight = await fetch(url + path, {
    method: 'OPTIONS',
    headers: { ...headers, 'access-control-request-method': 'GET' },
  });
  expect([preflight.status, allowedOrigin(preflight), events.length]).toEqual([204, allowed, 0]);
});

test('a preflight tells what the contract tells', async () => {
  const { url } = await serve();
  const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'PATCH' };
  const reply = await fetch(url + editorial, { method: 'OPTIONS', headers });
  const told = (name: string) => reply.headers.get(`access-control-${name}`);
  expect(told('allow-methods')).toBe(cors.editorial.allowMethods.join(', '));
  expect(told('allow-headers')).toBe(cors.editorial.allowHeaders.join(', '));
  expect(told('max-age')).toBe(String(cors.editorial.maxAgeSeconds));
});

test('a reply exposes what the contract exposes', async () => {
  const { url } = await serve();
  const reply = await fetch(url + editorial, { headers: { origin: 'http://localhost:3000' } });
  expect(reply.headers.get('access-control-expose-headers')).toBe(cors.editorial.exposeHeaders.join(', '));
});

test('the origins of the editorial API are an option', async () => {
  const { url } = await serve(undefined, { editorialOrigins: ['https://desk.example', 'http://*'] });
  const ask = async (origin: string) => allowedOrigin(await fetch(url + editorial, { headers: { origin } }));
  expect(await ask('https://desk.example')).toBe('https://desk.example');
  expect(await ask('http://localhost:8080')).toBe('http://localhost:8080');
  expect(await ask('https://elsewhere.example')).toBeNull();
});
