import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { edgeKeyHeader, environmentVariables } from '../../contract/environment.ts';
import { type RouteId, routes } from '../../contract/routes/index.ts';
import { type Call, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const desk = useDesk(useEngine());
const key = 'k'.repeat(64);
const next = 'n'.repeat(64);
const throughEdge = { [edgeKeyHeader]: key };

let written: string[];
beforeEach(() => {
  written = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env[environmentVariables.edgeKeys];
});

const lock = (...keys: string[]) => {
  process.env[environmentVariables.edgeKeys] = keys.join(',');
};
const lastLine = () => JSON.parse(written.at(-1) ?? '{}');

describe('behind an edge', () => {
  test.each(Object.keys(routes) as RouteId[])('%s refuses what did not come through it', async (id) => {
    lock(key);
    const path = { articleId: '017e2f3a-5c00-7a1b-8c2d-3e4f5a6b7c8d', slug: 'a-story' };
    const answer = await desk.call(id, { path });
    expect(answer).toMatchObject({
      status: 421,
      json: { type: 'urn:dateline:problem:misdirected', code: 'misdirected', status: 421 },
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
    expect(answer.json.detail).toContain('output Url');
    expect(lastLine()).toMatchObject({ level: 'info', outcome: 'misdirected', status: 421, route: id });
    expect(lastLine()).not.toHaveProperty('actor');
  });

  test('both APIs answer what came through it', async () => {
    lock(key);
    const headers = throughEdge;
    const created = await desk.call('createArticle', { headers, body: { headline: 'Through the edge' } });
    expect(created.status).toBe(201);
    expect((await desk.call('listPublishedArticles', { headers })).status).toBe(200);
    expect((await desk.call('getHealth', { headers })).status).toBe(200);
  });

  test.each([
    ['another key', next],
    ['the beginning of the key', key.slice(0, -1)],
    ['more than the key', `${key}k`],
    ['an empty key', ''],
    ['two keys', `${key},${key}`],
    ['signs that take several bytes', 'é'.repeat(64)],
  ])('%s opens nothing', async (_, given) => {
    lock(key);
    expect((await desk.call('getHealth', { headers: { [edgeKeyHeader]: given } })).status).toBe(421);
  });

  test('is said before anything else: to whom may not, and of what is not valid', async () => {
    lock(key);
    const calls: [RouteId, Call][] = [
      ['publishArticle', { role: 'none', path: { articleId: 'x' } }],
      ['createArticle', { body: '{"headline":' }],
      ['listPublishedArticles', { query: 'nope=1' }],
    ];
    for (const [id, call] of calls) expect((await desk.call(id, call)).json.code).toBe('misdirected');
  });

  test('two keys are taken while one is replaced by the other', async () => {
    lock(key, next);
    for (const given of [key, next])
      expect((await desk.call('getHealth', { headers: { [edgeKeyHeader]: given } })).status).toBe(200);
    lock(next);
    expect((await desk.call('getHealth', { headers: throughEdge })).status).toBe(421);
  });

  test('no variable that was left half empty opens it', async () => {
    for (const keys of [',', `${key},`]) {
      lock(keys);
      expect((await desk.call('getHealth', { headers: { [edgeKeyHeader]: '' } })).status).toBe(421);
      expect((await desk.call('getHealth', {})).status).toBe(421);
    }
  });

  test('preflights are answered, which bring no key and tell nothing', async () => {
    lock(key);
    expect((await desk.call('listPublishedArticles', { method: 'OPTIONS' })).status).toBe(204);
  });
});

test('without an edge everybody is answered, whatever the header says', async () => {
  expect((await desk.call('getHealth', {})).status).toBe(200);
  expect((await desk.call('getHealth', { headers: { [edgeKeyHeader]: 'anything' } })).status).toBe(200);
});

describe('the line of a request', () => {
  const cloudFront = { 'x-amz-cf-id': 'edge-request', 'x-forwarded-for': '198.51.100.9, 203.0.113.7, 127.0.0.1' };

  test('names it as CloudFront does, and never says the key', async () => {
    lock(key);
    await desk.call('listPublishedArticles', { headers: { ...throughEdge, ...cloudFront } });
    expect(lastLine()).toMatchObject({ edgeRequestId: 'edge-request', outcome: 'ok' });
    await desk.call('listPublishedArticles', { headers: { 'x-amz-cf-id': 'x'.repeat(5000) } });
    expect(lastLine().edgeRequestId).toHaveLength(100);
    expect(written.join('')).not.toContain(key);
  });

  test('says where an editor asked from, by the address that CloudFront saw and not one that the editor made up', async () => {
    lock(key);
    await desk.call('listArticles', { headers: { ...throughEdge, ...cloudFront } });
    expect(lastLine().address).toBe('203.0.113.7');
  });

  test('says nothing of a reader’s address, nor of one that nobody vouches for', async () => {
    lock(key);
    await desk.call('listPublishedArticles', { headers: { ...throughEdge, ...cloudFront } });
    await desk.call('listArticles', { headers: cloudFront });
    delete process.env[environmentVariables.edgeKeys];
    await desk.call('listArticles', { headers: cloudFront });
    expect(written).toHaveLength(3);
    expect(written.join('')).not.toMatch(/203\.0\.113\.7|198\.51\.100\.9|"address"/);
  });
});
