import { expect, test } from '@jest/globals';
import { routes } from '../../contract/routes/index.ts';
import { startGateway } from '../../local/gateway.ts';
import { identity, rawRequest, serve } from './served.ts';

const article = '/content/v1/articles/a-story';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('a request becomes an event of payload format 2.0', async () => {
  const { port, url, events, names } = await serve();
  const headers = ['Host', 'localhost', 'X-Twice', 'a', 'x-twice', 'b', 'Cookie', 'c=1; d=2', 'User-Agent', 'test'];
  await rawRequest(port, '/content/v1/articles/caf%C3%A9%2Fb?tag=a&limit=2&tag=b+c&constructor=x', headers);
  expect(names).toEqual(['get-published-article']);
  expect(events[0]).toMatchObject({
    version: '2.0',
    routeKey: 'GET /content/v1/articles/{slug}',
    rawPath: '/content/v1/articles/café/b',
    rawQueryString: 'tag=a&limit=2&tag=b+c&constructor=x',
    queryStringParameters: { tag: 'a,b c', limit: '2', constructor: 'x' },
    pathParameters: { slug: 'café/b' },
    cookies: ['c=1', 'd=2'],
    headers: { host: 'localhost', 'x-twice': 'a,b', 'x-forwarded-port': new URL(url).port },
    isBase64Encoded: false,
    requestContext: {
      http: {
        method: 'GET',
        path: '/content/v1/articles/café/b',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: expect.stringMatching(uuid),
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
      domainName: 'localhost',
    },
  });
});

test('an event has nothing of what the request has not', async () => {
  const { url, events } = await serve();
  await fetch(`${url}/health`);
  const absent = ['body', 'cookies', 'pathParameters', 'queryStringParameters'];
  expect(absent.filter((name) => name in (events[0] ?? {}))).toEqual([]);
  expect(events[0]?.requestContext).not.toHaveProperty('authorizer');
});

test.each([
  ['application/json', '{"a":"é"}', { body: '{"a":"é"}', isBase64Encoded: false }],
  ['Text/Plain; charset=utf-8', 'é', { body: 'é', isBase64Encoded: false }],
  ['text/plain', Buffer.from([0x61, 0xff]), { body: 'a\uFFFD', isBase64Encoded: false }],
  ['application/merge-patch+json', '{}', { body: 'e30=', isBase64Encoded: true }],
  ['application/x-www-form-urlencoded', 'a=1', { body: 'YT0x', isBase64Encoded: true }],
  ['image/png', Buffer.from([0xff]), { body: '/w==', isBase64Encoded: true }],
])('a body of %s arrives as API Gateway has it', async (contentType, body, expected) => {
  const { url, events } = await serve();
  const { token } = await identity.issueToken({ role: 'editor', name: 'ana' });
  const headers = { 'content-type': contentType, authorization: `Bearer ${token}` };
  await fetch(`${url}/editorial/v1/articles`, { method: 'POST', headers, body });
  expect(events[0]).toMatchObject(expected);
});

test('a reply goes out as the function gave it', async () => {
  const body = Buffer.from([0, 255, 1]).toString('base64');
  const { url } = await serve({
    statusCode: 201,
    headers: { ETag: '"1"', 'x-count': 3 },
    cookies: ['a=1', 'b=2'],
    body,
    isBase64Encoded: true,
  });
  const reply = await fetch(url + article);
  expect(reply.status).toBe(201);
  expect(reply.headers.get('etag')).toBe('"1"');
  expect(reply.headers.get('x-count')).toBe('3');
  expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([...new Uint8Array(await reply.arrayBuffer())]).toEqual([0, 255, 1]);
});

test('HEAD has the headers of GET and no body', async () => {
  const { url, events } = await serve({ statusCode: 200, headers: { etag: 'W/"1"' }, body: 'four' });
  const reply = await fetch(url + article, { method: 'HEAD' });
  expect([reply.headers.get('etag'), reply.headers.get('content-length')]).toEqual(['W/"1"', '4']);
  expect(await reply.text()).toBe('');
  expect(events[0]?.routeKey).toBe('HEAD /content/v1/articles/{slug}');
});

test('304 has no body and no length', async () => {
  const { url } = await serve({ statusCode: 304, headers: { etag: 'W/"1"' } });
  const reply = await fetch(url + article, { redirect: 'manual' });
  expect([reply.status, reply.headers.get('content-length')]).toEqual([304, null]);
});

test.each([
  ['GET', '/nothing', 404, 'Not Found'],
  ['PUT', article, 404, 'Not Found'],
  ['GET', '/content/v1/articles/%E0%A4%A', 400, 'Bad Request'],
])('%s %s is %i', async (method, path, status, message) => {
  const { url, events } = await serve();
  const reply = await fetch(url + path, { method });
  expect([reply.status, await reply.json(), events.length]).toEqual([status, { message }, 0]);
  expect(reply.headers.get('x-request-id')).toMatch(uuid);
});

test.each([
  ['throws', () => Promise.reject(new Error('no'))],
  ['answers with nothing', undefined],
  ['answers with text', 'hello'],
  ['answers with a status that is none', { statusCode: 42 }],
  ['answers with a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['answers with more than 6 MB', { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024 + 1) }],
  ['answers with a header that is none', { statusCode: 200, headers: { 'bad name': 'x' } }],
])('a function that %s is a 500, and a line in the log', async (_what, reply) => {
  const { url, logged } = await serve(reply === undefined ? () => undefined : reply);
  const answer = await fetch(url + article);
  expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  const lines = logged.map((line) => JSON.parse(line));
  expect(lines).toEqual([expect.objectContaining({ level: 'error', requestId: answer.headers.get('x-request-id') })]);
});

test('a body over 10 MB is 413 and reaches no function', async () => {
  const { url, events } = await serve();
  const { token } = await identity.issueToken({ role: 'editor', name: 'ana' });
  const headers = { authorization: `Bearer ${token}` };
  const post = (bytes: number) =>
    fetch(`${url}/editorial/v1/articles`, { method: 'POST', headers, body: new Uint8Array(bytes) });
  const limit = 10 * 1024 * 1024;
  expect((await post(limit)).status).toBe(200);
  const refused = await post(limit + 1);
  expect([refused.status, await refused.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  expect(events).toHaveLength(1);
});

test('answers 503 until it is opened', async () => {
  const gateway = await startGateway({ port: 0, contract: { routes }, runner: { invoke: async () => ({}) }, identity });
  const reply = await fetch(`http://127.0.0.1:${gateway.port}/health`);
  await gateway.close();
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '1']);
});

test('answers what is under way before it closes', async () => {
  const under = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<unknown>();
  const invoke = () => {
    under.resolve();
    return answer.promise;
  };
  const gateway = await startGateway({ port: 0, contract: { routes }, runner: { invoke }, identity });
  gateway.serve();
  const reply = fetch(`http://127.0.0.1:${gateway.port}/health`);
  await under.promise;
  const closed = gateway.close();
  answer.resolve({ statusCode: 200, body: 'late' });
  expect(await (await reply).text()).toBe('late');
  await closed;
});

test('says in one sentence that its port is in use', async () => {
  const { port } = await serve();
  const second = startGateway({ port, contract: { routes }, runner: { invoke: async () => ({}) }, identity });
  await expect(second).rejects.toThrow(
    `Port ${port} is in use by another program: stop that one, or choose another port with PORT=${port + 1} npm start.`,
  );
});
