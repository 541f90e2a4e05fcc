import { describe, expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const desk = useDesk(useEngine());

const create = (key: string, headline = 'Once', extra: { name?: string; headers?: Record<string, string> } = {}) =>
  desk.call('createArticle', { body: { headline }, ...extra, headers: { 'idempotency-key': key, ...extra.headers } });

describe('an Idempotency-Key', () => {
  test('sent again gets the first answer again, quoted or bare', async () => {
    const first = await create('"k-1"');
    const again = await create('k-1');
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers).toMatchObject({
      etag: '"1"',
      location: first.headers.location,
      'idempotency-replayed': 'true',
    });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
  });

  test('sent by twenty at once makes one article', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('k-2')));
    expect(new Set(answers.map((answer) => answer.json.id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
  });

  test('with another body is refused', async () => {
    await create('k-3');
    expect(await create('k-3', 'Something else')).toMatchObject({
      status: 422,
      json: { code: 'idempotency_key_reused' },
    });
  });

  test('with another If-Match or on another article is refused', async () => {
    const [one, two] = [await desk.draft(), await desk.draft()];
    const publish = (articleId: string, version: string) =>
      desk.call('publishArticle', { path: { articleId }, headers: { 'if-match': version, 'idempotency-key': 'k-4' } });
    expect((await publish(one.id, '"1"')).status).toBe(200);
    expect((await publish(one.id, '"2"')).status).toBe(422);
    expect((await publish(two.id, '"1"')).status).toBe(422);
  });

  test('of one caller means nothing to another', async () => {
    const [first, second] = [await create('k-5'), await create('k-5', 'Other', { name: 'ben' })];
    expect(second.status).toBe(201);
    expect(second.json.id).not.toBe(first.json.id);
  });

  test('whose request failed is free again', async () => {
    expect((await create('k-6', '')).status).toBe(400);
    expect((await create('k-6')).status).toBe(201);
  });

  test('on a publication replays it after the article has moved on', async () => {
    const { id } = await desk.draft();
    const options = { path: { articleId: id }, headers: { 'if-match': '"1"', 'idempotency-key': 'k-7' } };
    const first = await desk.call('publishArticle', options);
    await desk.call('updateArticle', {
      path: { articleId: id },
      headers: { 'if-match': '"2"' },
      body: { deck: 'later' },
    });
    const again = await desk.call('publishArticle', options);
    expect(again).toMatchObject({ status: 200, body: first.body });
  });

  test('sent by ten at once on a publication publishes once, and all ten are told', async () => {
    const { id } = await desk.draft();
    const options = { path: { articleId: id }, headers: { 'if-match': '"1"', 'idempotency-key': 'k-8' } };
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.call('publishArticle', options)));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.etag}`))).toEqual(new Set(['200 "2"']));
  });
});
