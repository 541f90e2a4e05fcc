import { DeleteCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { runDue } from '../../functions/run-due/run-due.ts';
import type { Database } from '../../store/database.ts';
import { addSection } from '../../store/sections.ts';
import { databaseAt, later } from '../support/clock.ts';
import { databaseOf, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const hour = 3_600_000;
const inAnHour = later(hour);
const inTwoHours = later(2 * hour);

beforeEach(async () => {
  await addSection(databaseOf(engine), { slug: 'doomed', name: 'Doomed' });
});

const runAt = (at: string) => runDue(databaseAt(databaseOf(engine), at));

async function scheduled(body: Record<string, unknown> = { publishAt: inAnHour }, fields = {}) {
  const draft = await desk.draft(fields);
  const path = { articleId: draft.id };
  const { status, json } = await desk.call('scheduleArticle', { path, headers: { 'if-match': '"1"' }, body });
  if (status !== 200) throw new Error(JSON.stringify(json));
  return json;
}

const articleOf = async (articleId: string) => (await desk.call('getArticle', { path: { articleId } })).json;
const historyOf = async (articleId: string) => (await desk.call('getHistory', { path: { articleId } })).json.items;

async function versionsOf(articleId: string) {
  const command = new QueryCommand({
    TableName: engine.contentTable,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :version)',
    ExpressionAttributeValues: { ':pk': `ARTICLE#${articleId}`, ':version': 'VERSION#' },
  });
  return (await engine.client.send(command)).Items ?? [];
}

/** How often each was published: once, if all is well. */
async function publications(ids: string[]): Promise<Set<number>> {
  const lines = await Promise.all(ids.map(historyOf));
  const counts = lines.map((items) => items.filter(({ action }: { action: string }) => action === 'publish').length);
  const versions = await Promise.all(ids.map(versionsOf));
  return new Set([...counts, ...versions.map((items) => items.length)]);
}

/** The article's own schedule, as no action would leave it. */
const changeSchedule = (id: string, publishAt: string) =>
  engine.client.send(
    new UpdateCommand({
      TableName: engine.editorialTable,
      Key: { pk: `ARTICLE#${id}`, sk: 'HEAD' },
      UpdateExpression: 'SET schedule.publication.publishAt = :at',
      ExpressionAttributeValues: { ':at': publishAt },
    }),
  );

describe('the clock', () => {
  test('publishes what is due, says how late it was and who decided it, and leaves the rest', async () => {
    const due = await scheduled();
    const not = await scheduled({ publishAt: inTwoHours });
    await runAt(new Date(Date.parse(inAnHour) + 1500).toISOString());
    const article = await articleOf(due.id);
    expect(article).toMatchObject({
      stage: 'published',
      schedule: null,
      publication: { state: 'live', kind: 'initial' },
    });
    const [line] = await historyOf(due.id);
    expect(line).toMatchObject({ action: 'publish', by: { username: 'clock' }, scheduledBy: { username: 'ana' } });
    expect(line.lateByMs).toBeGreaterThanOrEqual(1500);
    expect(line.lateByMs).toBeLessThan(10_000);
    expect((await articleOf(not.id)).stage).toBe('scheduled');
  });

  test('takes down what has an end, and keeps the end until then', async () => {
    const { id } = await scheduled({ publishAt: inAnHour, unpublishAt: inTwoHours });
    await runAt(inAnHour);
    expect(await articleOf(id)).toMatchObject({
      stage: 'published',
      schedule: { publishAt: null, unpublishAt: inTwoHours },
    });
    await runAt(inTwoHours);
    expect(await articleOf(id)).toMatchObject({ stage: 'draft', schedule: null, publication: { state: 'withdrawn' } });
  });

  test('catches up in order after ticks that were missed, and publishes nothing whose time is over', async () => {
    const first = await scheduled();
    const second = await scheduled({ publishAt: later(hour + 60_000) });
    const over = await scheduled({ publishAt: inAnHour, unpublishAt: later(hour + 120_000) });
    await runAt(inTwoHours);
    const [a, b] = await Promise.all([first, second].map(({ id }) => articleOf(id)));
    expect(Date.parse(a.publication.publishedAt)).toBeLessThanOrEqual(Date.parse(b.publication.publishedAt));
    const missed = await articleOf(over.id);
    expect(missed).toMatchObject({
      stage: 'draft',
      publication: null,
      trouble: { action: 'publish', code: 'not_allowed' },
    });
    expect(missed.trouble.detail).toContain('that time is over');
  });

  test('goes by the time that it has: a clock set back publishes nothing twice', async () => {
    const { id } = await scheduled();
    await runAt(inTwoHours);
    await runAt(later(0));
    await runAt(inTwoHours);
    expect(await publications([id])).toEqual(new Set([1]));
  });

  test('looks at the embargo again, and at the article rather than at what the index says', async () => {
    const { id } = await scheduled({ publishAt: inTwoHours }, { embargoUntil: inTwoHours });
    // As an index that lags, or a hand in the table, would have it.
    await engine.client.send(
      new UpdateCommand({
        TableName: engine.editorialTable,
        Key: { pk: `ARTICLE#${id}`, sk: 'DUE#publish' },
        UpdateExpression: 'SET dueAt = :early',
        ExpressionAttributeValues: { ':early': later(0) },
      }),
    );
    expect((await runAt(inAnHour)).done).toMatchObject({ published: 0, failed: 0, retried: 0 });
    expect((await articleOf(id)).stage).toBe('scheduled');
    await changeSchedule(id, inAnHour);
    expect((await runAt(inAnHour)).done).toMatchObject({ published: 0, failed: 1 });
    expect(await articleOf(id)).toMatchObject({ stage: 'draft', trouble: { code: 'embargoed' } });
  });

  test('twice at once publishes each story once', async () => {
    const ids = (await Promise.all(Array.from({ length: 12 }, () => scheduled()))).map(({ id }) => id);
    const runs = await Promise.all(Array.from({ length: 4 }, () => runAt(inTwoHours)));
    expect(runs.reduce((sum, { done }) => sum + done.failed + done.retried, 0)).toBe(0);
    expect(await publications(ids)).toEqual(new Set([1]));
  });
});

/** The engine's client, of which `fails` says what becomes of each transaction of the run: made, lost on the way, or made unheard. */
function brittleAt(at: string, fails: (nth: number, size: number) => 'lost' | 'unheard' | undefined): Database {
  let transactions = 0;
  let gone = false;
  const send = async (command: unknown, options: unknown) => {
    const size = command instanceof TransactWriteCommand ? (command.input.TransactItems?.length ?? 0) : 0;
    if (size > 0) transactions += 1;
    const fate = size > 0 ? fails(transactions, size) : undefined;
    if (gone || fate === 'lost') throw new Error('The process is gone.');
    gone = fate === 'unheard';
    const answer = await engine.client.send(command as TransactWriteCommand, options as object);
    if (gone) throw new Error('The process is gone.');
    return answer;
  };
  return databaseAt({ ...databaseOf(engine), client: { send } as unknown as Database['client'] }, at);
}

/** A publication; whatever the clock only notes is smaller. */
const isPublication = (size: number) => size > 6;

describe('when something fails,', () => {
  test('a run that dies half-way is ended by the next, and nothing is done twice', async () => {
    const ids = (await Promise.all(Array.from({ length: 20 }, () => scheduled()))).map(({ id }) => id);
    // Some were made, of one nobody heard, and the others never arrived.
    const dying = brittleAt(inAnHour, (nth) => (nth < 7 ? undefined : nth === 7 ? 'unheard' : 'lost'));
    await runDue(dying);
    const stages = (await Promise.all(ids.map(articleOf))).map(({ stage }) => stage);
    const made = stages.filter((stage) => stage === 'published').length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(20);
    await runAt(inAnHour);
    expect(await publications(ids)).toEqual(new Set([1]));
  });

  test('one article holds up none of the others, and says why on itself', async () => {
    const broken = await scheduled({ publishAt: inAnHour }, { section: 'doomed' });
    await engine.client.send(
      new DeleteCommand({ TableName: engine.editorialTable, Key: { pk: 'SECTIONS', sk: 'SECTION#doomed' } }),
    );
    const others = await Promise.all(Array.from({ length: 5 }, () => scheduled()));
    const { done } = await runAt(inTwoHours);
    expect(done).toMatchObject({ published: 5, failed: 1, retried: 0 });
    expect(await publications(others.map(({ id }) => id))).toEqual(new Set([1]));
    expect(await articleOf(broken.id)).toMatchObject({
      stage: 'draft',
      schedule: null,
      trouble: { action: 'publish', code: 'incomplete', detail: expect.stringContaining('doomed') },
    });
    const [line] = await historyOf(broken.id);
    expect(line).toMatchObject({ action: 'fail', note: expect.stringContaining('/section') });
    expect((await runAt(inTwoHours)).done.failed).toBe(0);
  });

  test('what may pass is tried again, later each time, until the article gives up', async () => {
    const { id } = await scheduled();
    const start = Date.parse(inAnHour);
    const failAt = (minutes: number) =>
      runDue(
        brittleAt(new Date(start + minutes * 60_000).toISOString(), (_, size) =>
          isPublication(size) ? 'lost' : undefined,
        ),
      );
    const outcomes = [];
    for (const minutes of [0, 0.5, 1.1, 2, 3.2, 7.3, 15.4]) outcomes.push((await failAt(minutes)).done);
    expect(outcomes.map(({ retried, failed }) => [retried, failed])).toEqual([
      [1, 0],
      [0, 0],
      [1, 0],
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(await articleOf(id)).toMatchObject({ stage: 'draft', trouble: { action: 'publish', code: 'unexpected' } });
  });

  test('and what passes in time is published, and says nothing of it', async () => {
    const { id } = await scheduled();
    await runDue(brittleAt(inAnHour, (_, size) => (isPublication(size) ? 'lost' : undefined)));
    await runAt(new Date(Date.parse(inAnHour) + 61_000).toISOString());
    expect(await articleOf(id)).toMatchObject({ stage: 'published', trouble: null });
  });

  test('a takedown is never given up', async () => {
    const { id } = await scheduled({ publishAt: inAnHour, unpublishAt: inTwoHours });
    await runAt(inAnHour);
    const start = Date.parse(inTwoHours);
    for (let tries = 0; tries < 7; tries += 1) {
      const at = new Date(start + tries * 10 * 60_000).toISOString();
      await runDue(brittleAt(at, (_, size) => (isPublication(size) ? 'lost' : undefined)));
    }
    expect(await articleOf(id)).toMatchObject({ publication: { state: 'live' }, trouble: { action: 'unpublish' } });
    await runAt(new Date(start + 2 * hour).toISOString());
    expect(await articleOf(id)).toMatchObject({ publication: { state: 'withdrawn' }, trouble: null });
  });
});
