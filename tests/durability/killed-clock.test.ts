import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tableNames } from '../../local/local-database.ts';
import { openClient } from '../../store/database.ts';
import { killSystem, type System, startSystem } from '../support/system.ts';

process.env.AWS_REGION ??= 'us-east-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

const count = 300;
let folder: string;
let running: System | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-clock-'));
});
afterAll(async () => {
  if (running) await killSystem(running);
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<System> {
  running = await startSystem(folder);
  return running;
}

/** Drafts that are due so soon that the clock is at work when the last of them is scheduled. */
async function scheduleAll({ url, tokens }: System): Promise<void> {
  const send = async (path: string, body: object, ifMatch?: string) => {
    const headers = {
      authorization: `Bearer ${tokens.editor}`,
      'content-type': 'application/json',
      ...(ifMatch ? { 'if-match': ifMatch } : {}),
    };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  const schedule = async (number: number) => {
    const headline = `Result ${number}`;
    const { id } = await send('/editorial/v1/articles', { headline, section: 'world', body: { text: 'Text.' } });
    const publishAt = new Date(Date.now() + 2000).toISOString();
    await send(`/editorial/v1/articles/${id}/schedule`, { publishAt }, '"1"');
  };
  for (let number = 0; number < count; number += 10)
    await Promise.all(Array.from({ length: 10 }, (_, index) => schedule(number + index)));
}

type Counts = { due: number; lines: Map<string, number>; versions: Map<string, number> };

/** Publications by article, as the history and the public versions have them, and what is still due. */
async function countAll(endpoint: string): Promise<Counts> {
  const client = openClient(endpoint);
  const items = (await Promise.all(Object.values(tableNames).map((table) => scan(client, table)))).flat();
  client.destroy();
  const published = items.filter(({ sk, by, action }) => isLine(sk) && action === 'publish' && by.username === 'clock');
  return {
    due: items.filter(({ sk }) => sk.startsWith('DUE#')).length,
    lines: countBy(published),
    versions: countBy(items.filter(({ sk }) => sk.startsWith('VERSION#'))),
  };
}

const isLine = (sk: string): boolean => sk.startsWith('LOG#');

type Item = { pk: string; sk: string; action: string; by: { username: string } };

async function scan(client: ReturnType<typeof openClient>, table: string): Promise<Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ...(from ? { ExclusiveStartKey: from } : {}) }));
    items.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

function countBy(items: readonly Item[]): Map<string, number> {
  return new Map([...Map.groupBy(items, ({ pk }) => pk)].map(([pk, group]) => [pk, group.length]));
}

async function until(endpoint: string, holds: (counts: Counts) => boolean): Promise<Counts> {
  for (;;) {
    const counts = await countAll(endpoint);
    if (holds(counts)) return counts;
    await pause(20);
  }
}

test('a clock that is killed while it publishes goes on where it was, and publishes nothing twice', async () => {
  const first = await start();
  await scheduleAll(first);
  const before = await until(first.endpoint, ({ lines }) => lines.size > 0);
  await killSystem(first);
  running = undefined;
  expect(before.due).toBeGreaterThan(0);

  const second = await start();
  const after = await until(second.endpoint, ({ due }) => due === 0);
  expect(after.lines.size).toBe(count);
  expect(new Set(after.lines.values())).toEqual(new Set([1]));
  for (const pk of after.lines.keys()) expect(after.versions.get(pk)).toBe(1);
}, 120_000);
