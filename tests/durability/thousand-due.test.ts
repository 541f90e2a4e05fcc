import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { type Done, runDue } from '../../functions/run-due/run-due.ts';
import { databaseAt, later } from '../support/clock.ts';
import { databaseOf, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const count = 1000;
const publishAt = later(24 * 3_600_000);

async function schedule(number: number): Promise<string> {
  const { id } = await desk.draft({ headline: `Result of constituency ${number}`, tags: ['election'] });
  const options = { path: { articleId: id }, headers: { 'if-match': '"1"' }, body: { publishAt } };
  const { status } = await desk.call('scheduleArticle', options);
  if (status !== 200) throw new Error(`Not scheduled: ${status}.`);
  return id;
}

async function inParallel<Result>(total: number, work: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    while (next < total) {
      const index = next;
      next += 1;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return results;
}

async function keysIn(pk: string): Promise<string[]> {
  const keys: string[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: engine.contentTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ProjectionExpression: 'sk',
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    const page = await engine.client.send(command);
    keys.push(...(page.Items ?? []).map(({ sk }) => String(sk)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return keys;
}

test('a thousand stories of one second are published in overlapping runs of the clock, each once', async () => {
  const ids = await inParallel(count, schedule);
  // Two runs at once, as when one takes longer than a minute, until nothing is left: how many depends on the machine.
  const started = performance.now();
  const runs: Done[] = [];
  const run = async () => runs.push((await runDue(databaseAt(databaseOf(engine), publishAt))).done);
  const published = () => runs.reduce((sum, done) => sum + done.published, 0);
  while (published() < count && runs.length < 8) await Promise.all([run(), run()]);
  const seconds = (performance.now() - started) / 1000;
  await run();
  expect(published()).toBe(count);
  expect(runs.filter(({ failed }) => failed > 0)).toEqual([]);
  expect(runs.at(-1)?.published).toBe(0);
  process.stdout.write(`${runs.length - 1} overlapping runs published ${count} stories in ${seconds.toFixed(1)} s.\n`);

  for (const listing of ['LIST#latest', 'LIST#section#world', 'LIST#tag#election']) {
    const listed = (await keysIn(listing)).map((sk) => sk.slice(-36));
    expect([...listed].sort()).toEqual([...ids].sort());
  }
  const changes = await keysIn(`CHANGES#${publishAt.slice(0, 7)}`);
  expect(changes).toHaveLength(count);
  const versions = await inParallel(count, (index) => keysIn(`ARTICLE#${ids[index]}`));
  expect(new Set(versions.map((keys) => keys.filter((sk) => sk.startsWith('VERSION#')).length))).toEqual(new Set([1]));
}, 240_000);
