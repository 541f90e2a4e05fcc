import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const times = <Result>(count: number, action: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => action(index)));

function tally(answers: { status: number }[]): Record<number, number> {
  return Object.fromEntries(
    [...Map.groupBy(answers, (answer) => answer.status)].map(([status, group]) => [status, group.length]),
  );
}

/** Those whose sort key begins with `prefix`. DynamoDB refuses an empty one. */
async function itemsOf(table: string, pk: string, prefix?: string) {
  const { Items = [] } = await engine.client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
    }),
  );
  return Items;
}

test('of fifty updates based on the same version one is made, and one revision is stored', async () => {
  const { id } = await desk.draft();
  const answers = await times(50, (index) =>
    desk.call('updateArticle', {
      path: { articleId: id },
      headers: { 'if-match': '"1"' },
      body: { deck: `Deck ${index}` },
    }),
  );
  expect(tally(answers)).toEqual({ 200: 1, 412: 49 });
  expect(await itemsOf(engine.editorialTable, `ARTICLE#${id}`, 'REV#')).toHaveLength(2);
  const winner = answers.find((answer) => answer.status === 200);
  const stored = await desk.call('getArticle', { path: { articleId: id } });
  expect(stored.json).toEqual(winner?.json);
});

test('of fifty publications of the same version one is made, once everywhere', async () => {
  const { id } = await desk.draft({ headline: 'Published by fifty at once' });
  const answers = await times(50, () =>
    desk.call('publishArticle', { path: { articleId: id }, headers: { 'if-match': '"1"' } }),
  );
  expect(tally(answers)).toEqual({ 200: 1, 412: 49 });
  expect(await itemsOf(engine.contentTable, `ARTICLE#${id}`, 'VERSION#')).toHaveLength(1);
  expect(
    await itemsOf(engine.contentTable, 'LIST#latest').then((rows) => rows.filter((row) => row.sk.endsWith(id))),
  ).toHaveLength(1);
  expect(await itemsOf(engine.editorialTable, `ARTICLE#${id}`, 'LOG#')).toHaveLength(2);
});

test('an update and a publication of the same version do not both happen', async () => {
  const { id } = await desk.draft();
  const options = { path: { articleId: id }, headers: { 'if-match': '"1"' } };
  const answers = await Promise.all([
    desk.call('publishArticle', options),
    desk.call('updateArticle', { ...options, body: { deck: 'x' } }),
  ]);
  expect(tally(answers)).toEqual({ 200: 1, 412: 1 });
});

test('stories with one headline are numbered in the order of their publication', async () => {
  const slugs = [];
  for (let count = 1; count <= 3; count += 1)
    slugs.push((await desk.published({ headline: 'Forecast' })).publication?.slug);
  expect(slugs).toEqual(['forecast', 'forecast-2', 'forecast-3']);
});

test('twelve stories with one headline, published at once, all get a slug of their own', async () => {
  const drafts = await times(12, () => desk.draft({ headline: 'Weather' }));
  const answers = await times(12, (index) =>
    desk.call('publishArticle', { path: { articleId: drafts[index]?.id ?? '' }, headers: { 'if-match': '"1"' } }),
  );
  expect(tally(answers)).toEqual({ 200: 12 });
  const slugs = answers.map((answer) => answer.json.publication.slug);
  expect(new Set(slugs).size).toBe(12);
  for (const slug of slugs) expect(slug).toMatch(/^weather(-\d+)?$/);
});

test('a slug that was asked for and is another article’s is refused by name', async () => {
  await desk.published({ headline: 'Mine', slug: 'wanted-by-two' });
  const second = await desk.draft({ headline: 'Also mine', slug: 'wanted-by-two' });
  const answer = await desk.call('publishArticle', { path: { articleId: second.id }, headers: { 'if-match': '"1"' } });
  expect(answer).toMatchObject({ status: 409, json: { code: 'slug_taken', errors: [{ pointer: '/slug' }] } });
  const free = await desk.call('updateArticle', {
    path: { articleId: second.id },
    headers: { 'if-match': '"1"' },
    body: { slug: null },
  });
  expect(free.json.slug).toBe('also-mine');
});
