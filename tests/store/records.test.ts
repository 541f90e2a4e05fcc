import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const put = (TableName: string, Item: Record<string, unknown>) =>
  engine.client.send(new PutCommand({ TableName, Item }));

async function versionsOf(articleId: string) {
  const { Items = [] } = await engine.client.send(
    new QueryCommand({
      TableName: engine.contentTable,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': `ARTICLE#${articleId}`, ':prefix': 'VERSION#' },
    }),
  );
  return Items.map(({ state, seq, gz }) => ({ state, seq, served: gz !== undefined }));
}

test('a withdrawal ends the last published version with a marker', async () => {
  const { id } = await desk.published();
  await desk.call('unpublishArticle', { path: { articleId: id }, headers: { 'if-match': '"2"' } });
  expect(await versionsOf(id)).toEqual([
    { state: 'live', seq: 1, served: true },
    { state: 'withdrawn', seq: 2, served: false },
  ]);
});

test('a revision that is there already is never written over', async () => {
  const { id } = await desk.draft();
  await put(engine.editorialTable, { pk: `ARTICLE#${id}`, sk: 'REV#00000002', kept: true });
  const update = { path: { articleId: id }, headers: { 'if-match': '"1"' }, body: { deck: 'x' } };
  expect((await desk.call('updateArticle', update)).status).toBe(500);
  expect((await desk.call('getArticle', { path: { articleId: id } })).json.version).toBe(1);
});

test('an idempotency record that has expired counts no more, though DynamoDB still has it', async () => {
  const expired = Math.floor(Date.now() / 1000) - 1;
  const record = { pk: 'IDEMPOTENCY#sub-ana#old', sk: 'RECORD', v: 1, fingerprint: 'another', expiresAt: expired };
  await put(engine.editorialTable, record);
  const create = { body: { headline: 'New' }, headers: { 'idempotency-key': 'old' } };
  const answer = await desk.call('createArticle', create);
  expect(answer.status).toBe(201);
  expect((await desk.call('createArticle', create)).body).toBe(answer.body);
});

describe('a redirect', () => {
  const slugItem = (articleId: string, fields: object) =>
    put(engine.contentTable, { pk: `ARTICLE#${articleId}`, sk: 'SLUG', v: 1, ...fields });
  const redirectAt = (slug: string, articleId: string) =>
    put(engine.contentTable, { pk: `SLUG#${slug}`, sk: 'DOC', v: 1, state: 'redirect', articleId });

  test('to itself, as two reads of different moments can give, is never answered', async () => {
    await redirectAt('stale', 'a-1');
    await slugItem('a-1', { state: 'live', slug: 'stale' });
    expect((await desk.call('getPublishedArticle', { path: { slug: 'stale' } })).status).toBe(404);
  });

  test('to a withdrawn article is a 404', async () => {
    await redirectAt('was-here', 'a-2');
    await slugItem('a-2', { state: 'withdrawn', slug: 'is-gone' });
    expect((await desk.call('getPublishedArticle', { path: { slug: 'was-here' } })).status).toBe(404);
  });
});

test('a cursor of one listing is refused by another', async () => {
  for (let count = 0; count < 3; count += 1) await desk.published();
  const { json } = await desk.call('listPublishedArticles', { query: 'limit=1' });
  const answer = await desk.call('listPublishedArticles', { query: `limit=1&section=world&cursor=${json.nextCursor}` });
  expect(answer).toMatchObject({ status: 400, json: { errors: [{ pointer: '?cursor' }] } });
});

test('the desk’s lists refuse each other’s cursors too', async () => {
  const { json } = await desk.call('listArticles', { query: 'limit=1&stage=published' });
  expect((await desk.call('listArticles', { query: `limit=1&cursor=${json.nextCursor}` })).status).toBe(400);
});
