import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { sweepOne } from '../../functions/run-due/sweep.ts';
import type { Database } from '../../store/database.ts';
import { notePointers } from '../../store/pointers.ts';
import { rerenderArticle } from '../../store/rerender.ts';
import { useEngine } from '../support/engine.ts';
import { ifMatch, runClock, runSweeps, timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const newsroom = useNewsroom(engine);
const { act, attempt, call, database, draft, published } = newsroom;
const admin = { role: 'admin', name: 'ada' } as const;
const kill = (story: EditorialArticle) => act('killArticle', story, { ...admin, body: { notice: 'Withdrawn.' } });
const read = async (slug: string) => (await call('getPublishedArticle', { path: { slug } })).json;

/** What a run has left that has the time for one page of a sweep, in milliseconds. */
const onePage = 7000;

/** As many articles that are said to point at this one, none of which is there. */
async function crowd(target: EditorialArticle, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const from = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    await notePointers(database(), from, [target.id]);
  }
}

async function correctionsOf(id: string) {
  const command = new QueryCommand({
    TableName: engine.contentTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': 'LIST#corrections' },
  });
  const { Items = [] } = await engine.client.send(command);
  return Items.map(({ row }) => JSON.parse(row)).filter((entry) => entry.id === id);
}

describe('after a kill', () => {
  test('nobody gets the story once more by repeating a request, at once and for good', async () => {
    const fresh = await draft();
    const headers = { ...ifMatch(fresh), 'idempotency-key': 'k-1' };
    const publishing = { path: { articleId: fresh.id }, headers };
    expect((await call('publishArticle', publishing)).status).toBe(200);
    expect((await call('publishArticle', publishing)).headers['idempotency-replayed']).toBe('true');
    await kill({ ...fresh, version: 2 });
    expect(await call('publishArticle', publishing)).toMatchObject({ status: 412 });
  });

  test('a key that was used twice for the story, a day apart, holds up nothing', async () => {
    const wrong = await draft();
    const again = { 'idempotency-key': 'k-2' };
    const live = await act('publishArticle', wrong, { headers: again });
    const pointing = await published({ headline: 'Pointing across a day', related: [wrong.id] });
    timePasses({ days: 1, minutes: 1 });
    const edited = await act('updateArticle', live, { body: { deck: 'D' } });
    await kill(await act('publishArticle', edited, { headers: again }));
    await runSweeps();
    expect((await read(pointing.publication?.slug ?? '')).related).toEqual([]);
    expect((await runClock()).failed).toBe(0);
  });

  test('a key that came with another article since is left to that one', async () => {
    const wrong = await draft();
    const key = { 'idempotency-key': 'k-3' };
    const live = await act('publishArticle', wrong, { headers: key });
    timePasses({ days: 1, minutes: 1 });
    const other = await draft();
    await act('publishArticle', other, { headers: key });
    await kill(live);
    await runSweeps();
    expect((await attempt('publishArticle', other, { headers: key })).headers['idempotency-replayed']).toBe('true');
  });

  test('runs that are too short for all who point at it take them a page each, and come to the end', async () => {
    const wrong = await published();
    await crowd(wrong, 250);
    const last = await published({ headline: 'Pointing after many', related: [wrong.id] });
    await kill(wrong);
    const rounds = [];
    for (let run = 0; run < 3; run += 1) {
      const short = { ...database(), deadline: Date.now() + onePage };
      rounds.push(await sweepOne(short, { of: 'story', name: wrong.id }));
    }
    expect(rounds).toEqual([false, false, true]);
    expect((await read(last.publication?.slug ?? '')).related).toEqual([]);
  });
});

describe('the entries of a story’s corrections', () => {
  test('say what the story is called now, after a correction of its headline and after its section is renamed', async () => {
    const headers = { 'if-none-match': '*' };
    await call('putSection', { ...admin, path: { section: 'courts' }, headers, body: { name: 'Courts' } });
    let story = await published({ headline: 'Mayor murdered wife', section: 'courts' });
    const correct = async (body: object) => {
      const edited = await act('updateArticle', story, { body });
      story = await act('publishArticle', edited, { body: { kind: 'correction', note: 'We were wrong.' } });
    };
    await correct({ body: { text: 'Another text.' } });
    await correct({ headline: 'Mayor acquitted', slug: 'mayor-acquitted' });
    await runSweeps();
    const [first, second] = await correctionsOf(story.id);
    expect([first.headline, second.headline]).toEqual(['Mayor acquitted', 'Mayor acquitted']);
    expect(first.slug).toBe('mayor-acquitted');

    const section = { section: 'courts' };
    await call('putSection', { ...admin, path: section, headers: { 'if-match': '"1"' }, body: { name: 'Justice' } });
    await runSweeps();
    expect((await correctionsOf(story.id)).map((entry) => entry.section.name)).toEqual(['Justice', 'Justice']);
    await kill(story);
    expect(await correctionsOf(story.id)).toEqual([]);
  });

  test('are rendered anew before the rows are: a kill in between leaves neither', async () => {
    const headers = { 'if-none-match': '*' };
    await call('putSection', { ...admin, path: { section: 'boats' }, headers, body: { name: 'Boats' } });
    const story = await published({ section: 'boats' });
    const edited = await act('updateArticle', story, { body: { deck: 'D' } });
    const corrected = await act('publishArticle', edited, { body: { kind: 'correction', note: 'We were wrong.' } });
    const merging = { path: { section: 'boats' }, query: 'mergeInto=world', headers: { 'if-match': '"1"' } };
    expect((await call('deleteSection', { ...admin, ...merging })).status).toBe(200);
    await expect(rerenderArticle(dyingAfterFirst(), story.id, rendering)).rejects.toThrow('The process is gone.');
    await kill(corrected);
    await runSweeps();
    const rows = (await newsroom.everything()).content.filter(({ pk, sk }) => isRowOf(story.id, `${pk}`, `${sk}`));
    // Feeds are told, and no more.
    expect(rows.filter(({ state }) => state !== 'killed')).toEqual([]);
  });
});

const rendering = { siteUrlTemplate: 'https://news.example/{slug}', followed: false };
const isRowOf = (id: string, pk: string, sk: string): boolean => pk.startsWith('LIST#') && sk.endsWith(id);

/** The tables as a process has them that makes one transaction and is gone. */
function dyingAfterFirst(): Database {
  let transactions = 0;
  const send = async (command: unknown, options: unknown) => {
    if (command instanceof TransactWriteCommand) transactions += 1;
    // The note of what it points at is none: it points at nothing.
    if (transactions > 1) throw new Error('The process is gone.');
    return await engine.client.send(command as TransactWriteCommand, options as object);
  };
  return { ...database(), client: { send } as unknown as Database['client'] };
}
