import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { type Fault, useProxy } from '../support/proxy.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const desk = useDesk(engine, () => proxy.endpoint);

beforeEach(() => {
  proxy.seen.length = 0;
  proxy.fault = () => undefined;
});

/** Breaks the first `count` requests of this operation. */
function breakFirst(operation: string, count: number, fault: Fault): void {
  let broken = 0;
  proxy.fault = (asked) => {
    if (asked !== operation || broken >= count) return undefined;
    broken += 1;
    return fault;
  };
}

const faults: Fault[] = ['throttle', 'conflict', 'server-error', 'break-before', 'lose-reply'];

describe('a publication', () => {
  test.each(faults)('that meets %s twice is made once, and says so', async (fault) => {
    const { id } = await desk.draft({ headline: `Through ${fault}` });
    breakFirst('TransactWriteItems', 2, fault);
    const answer = await desk.call('publishArticle', { path: { articleId: id }, headers: { 'if-match': '"1"' } });
    expect(answer).toMatchObject({ status: 200, json: { version: 2, stage: 'published' } });
    const now = await desk.call('getArticle', { path: { articleId: id } });
    expect(now.json).toEqual(answer.json);
    const list = await desk.call('listPublishedArticles', { query: 'limit=100' });
    expect(list.json.items.filter((item: { id: string }) => item.id === id)).toHaveLength(1);
  });

  test('that is throttled for longer than the function has is answered 503 with Retry-After, and not made', async () => {
    const { id } = await desk.draft({ headline: 'Throttled for good' });
    proxy.fault = (operation) => (operation === 'TransactWriteItems' ? 'throttle' : undefined);
    const answer = await desk.call('publishArticle', {
      path: { articleId: id },
      headers: { 'if-match': '"1"' },
      remainingMilliseconds: 700,
    });
    expect(answer).toMatchObject({ status: 503, json: { code: 'busy' }, headers: { 'retry-after': '1' } });
    expect((await desk.call('getArticle', { path: { articleId: id } })).json.version).toBe(1);
  });
});

describe('a public read', () => {
  test.each(['throttle', 'server-error', 'html-error', 'html-success', 'break-before', 'lose-reply'] as const)(
    'survives %s',
    async (fault) => {
      await desk.published({ headline: `Read through ${fault}` });
      breakFirst('GetItem', 2, fault);
      const slug = `read-through-${fault}`;
      expect((await desk.call('getPublishedArticle', { path: { slug } })).status).toBe(200);
    },
  );

  test('is signed by the server’s clock once that has refused ours', async () => {
    await desk.published({ headline: 'Read by another clock' });
    proxy.seen.length = 0;
    breakFirst('GetItem', 1, 'clock-skew');
    expect((await desk.call('getPublishedArticle', { path: { slug: 'read-by-another-clock' } })).status).toBe(200);
    // 20220106T120000Z
    const times = proxy.seen.map(({ signedAt }) =>
      Date.parse(signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')),
    );
    expect(times).toHaveLength(2);
    expect(Math.round(((times[1] ?? 0) - (times[0] ?? 0)) / 60_000)).toBe(60);
  });

  test.each(['hang', 'stall'] as const)('of a database that lets it %s is answered 503 in time', async (fault) => {
    proxy.fault = () => fault;
    const started = performance.now();
    const answer = await desk.call('getPublishedArticle', { path: { slug: 'never' }, remainingMilliseconds: 800 });
    expect(answer).toMatchObject({ status: 503, json: { code: 'busy' } });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('of a table that stays throttled is answered 503 with CORS and Retry-After', async () => {
    proxy.fault = () => 'throttle';
    const answer = await desk.call('listPublishedArticles', { remainingMilliseconds: 600 });
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'access-control-allow-origin': '*', 'cache-control': 'no-store' },
    });
  });
});

test('a publication that got no answer and then met throttling says so too', async () => {
  const { id } = await desk.draft({ headline: 'Answered by silence and haste' });
  let sends = 0;
  proxy.fault = (operation) => {
    if (operation !== 'TransactWriteItems') return undefined;
    sends += 1;
    return sends === 1 ? 'break-before' : 'throttle';
  };
  const call = { path: { articleId: id }, headers: { 'if-match': '"1"' }, remainingMilliseconds: 800 };
  const answer = await desk.call('publishArticle', call);
  expect(answer).toMatchObject({ status: 503, json: { detail: expect.stringContaining('may have been made or not') } });
});

test('a slug that seems to redirect to itself is read once more, consistently', async () => {
  const { id } = await desk.published({ headline: 'Round and round' });
  const update = { path: { articleId: id }, headers: { 'if-match': '"2"' }, body: { slug: 'straight-on' } };
  await desk.call('updateArticle', update);
  await desk.call('publishArticle', { path: { articleId: id }, headers: { 'if-match': '"3"' } });
  const slugItem = { pk: `ARTICLE#${id}`, sk: 'SLUG', v: 1, state: 'live', slug: 'round-and-round' };
  await engine.client.send(new PutCommand({ TableName: engine.contentTable, Item: slugItem }));
  proxy.seen.length = 0;
  await desk.call('getPublishedArticle', { path: { slug: 'round-and-round' } });
  expect(proxy.seen.map(({ asked }) => asked.ConsistentRead ?? false)).toEqual([false, false, true, true]);
});

test('a publication that got no answer says that it may have been made', async () => {
  const { id } = await desk.draft({ headline: 'Answered by silence' });
  proxy.fault = (operation) => (operation === 'TransactWriteItems' ? 'hang' : undefined);
  const call = { path: { articleId: id }, headers: { 'if-match': '"1"' }, remainingMilliseconds: 800 };
  const answer = await desk.call('publishArticle', call);
  expect(answer).toMatchObject({ status: 503, json: { detail: expect.stringContaining('may have been made or not') } });
});

test('an unexpected failure is an opaque 500 that names the request', async () => {
  const before = process.env.EDITORIAL_TABLE;
  process.env.EDITORIAL_TABLE = 'no-such-table';
  const answer = await desk.call('getArticle', { path: { articleId: '017e2f42-9600-7747-8640-000000000000' } });
  process.env.EDITORIAL_TABLE = before;
  expect(answer).toMatchObject({ status: 500, json: { code: 'unexpected' } });
  expect(answer.body).not.toMatch(/no-such-table|ResourceNotFound/);
  expect(answer.json.detail).toContain(answer.headers['x-request-id']);
});
