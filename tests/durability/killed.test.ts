import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Publication } from '../../domain/article/working-copy.ts';
import { openClient } from '../../store/database.ts';
import { unpack } from '../../store/items.ts';
import { killSystem, type System, startSystem } from '../support/system.ts';

process.env.AWS_REGION ??= 'us-east-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

const rounds = 12;
const workers = 8;

type Item = Record<string, unknown> & { pk: string; sk: string };

/** What the server said yes to: the least that must be there afterwards. */
type Acknowledged = Map<string, { version: number; slug: string }>;

let folder: string;
let running: System | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-killed-'));
});
afterAll(async () => {
  if (running) await kill(running);
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<System> {
  running = await startSystem(folder);
  return running;
}

async function kill(system: System): Promise<void> {
  await killSystem(system);
  running = undefined;
}

type Note = (id: string, answer: { version: number; slug: string }) => void;

/** Creates, publishes, changes, publishes again and now and then withdraws, until the connection breaks. */
async function publishForEver({ url, tokens }: System, note: Note, name: string): Promise<never> {
  const send = async (method: string, path: string, body: object | undefined, ifMatch?: number) => {
    const headers = {
      authorization: `Bearer ${tokens.editor}`,
      'content-type': 'application/json',
      ...(ifMatch ? { 'if-match': `"${ifMatch}"` } : {}),
    };
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return {
      status: answer.status,
      json: (await answer.json()) as { id: string; version: number; publication: Publication },
    };
  };
  for (let count = 1; ; count += 1) {
    const draft = await send('POST', '/editorial/v1/articles', {
      headline: `Story ${name} ${count}`,
      section: 'world',
      tags: ['one', 'two'],
      places: ['Almaty'],
      body: { text: 'First version.' },
    });
    const path = `/editorial/v1/articles/${draft.json.id}`;
    const steps: [string, string, object | undefined][] = [
      ['POST', `${path}/publish`, undefined],
      ['PATCH', path, { deck: 'Changed', tags: ['two', 'three'], slug: `renamed-${name}-${count}` }],
      ['POST', `${path}/publish`, { kind: 'update' }],
      ...(count % 3 === 0 ? ([['POST', `${path}/unpublish`, undefined]] as [string, string, undefined][]) : []),
    ];
    for (const [index, [method, target, body]] of steps.entries()) {
      const { status, json } = await send(method, target, body, index + 1);
      if (status !== 200) throw new Error(`${method} ${target}: ${status} ${JSON.stringify(json)}`);
      if (method === 'POST') note(json.id, { version: json.version, slug: json.publication.slug });
    }
  }
}

/** Kills the system as soon as `count` more stories have been acknowledged, whatever is under way then. */
async function workUntilKilled(
  system: System,
  acknowledged: Acknowledged,
  round: number,
  count: number,
): Promise<void> {
  const until = acknowledged.size + count;
  let killed: Promise<void> | undefined;
  const work = Array.from({ length: workers }, async (_, index) => {
    const note = (id: string, answer: { version: number; slug: string }) => {
      acknowledged.set(id, answer);
      if (acknowledged.size >= until) killed ??= kill(system);
    };
    await publishForEver(system, note, `r${round}w${index}`).catch((error: Error) => {
      if (!killed) throw error;
    });
  });
  await Promise.all(work);
  await killed;
}

async function everything(endpoint: string, table: string): Promise<Map<string, Item>> {
  const client = openClient(endpoint);
  const items = new Map<string, Item>();
  let start: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName: table, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    for (const item of (page.Items ?? []) as Item[]) items.set(`${item.pk} ${item.sk}`, item);
    start = page.LastEvaluatedKey;
  } while (start);
  client.destroy();
  return items;
}

/** Every way in which what is stored could contradict itself, as sentences. */
function contradictions(
  editorial: Map<string, Item>,
  content: Map<string, Item>,
  acknowledged: Acknowledged,
): string[] {
  const wrong: string[] = [];
  const rows = new Set([...content.keys()].filter((key) => key.startsWith('LIST#')));
  for (const head of [...editorial.values()].filter((item) => item.sk === 'HEAD')) {
    const id = head.pk.slice('ARTICLE#'.length);
    const publication = head.publication as Publication | null;
    const revision = editorial.get(`${head.pk} REV#${String(head.revision).padStart(8, '0')}`);
    if (!revision) wrong.push(`${id} has no revision ${head.revision}`);
    const lines = [...editorial.keys()].filter((key) => key.startsWith(`${head.pk} LOG#`));
    if (lines.length !== head.version)
      wrong.push(`${id} is at version ${head.version} with ${lines.length} history lines`);
    wrong.push(...publicContradictions(id, publication, content, rows));
  }
  if (rows.size > 0) wrong.push(`rows that no article knows of: ${[...rows].slice(0, 3).join(', ')}`);
  for (const [id, { version }] of acknowledged) {
    const found = Number(editorial.get(`ARTICLE#${id} HEAD`)?.version ?? 0);
    if (found < version) wrong.push(`${id} was acknowledged at version ${version} and is at ${found}`);
  }
  return wrong;
}

function publicContradictions(
  id: string,
  publication: Publication | null,
  content: Map<string, Item>,
  rows: Set<string>,
): string[] {
  const wrong: string[] = [];
  const current = content.get(`ARTICLE#${id} SLUG`);
  if (current?.seq !== publication?.seq)
    wrong.push(`${id}: seq ${current?.seq} in public, ${publication?.seq} on the desk`);
  const versions = [...content.keys()].filter((key) => key.startsWith(`ARTICLE#${id} VERSION#`));
  if (versions.length !== (publication?.seq ?? 0))
    wrong.push(`${id}: ${versions.length} versions for seq ${publication?.seq}`);
  if (!publication) return wrong;
  const document = content.get(`SLUG#${publication.slug} DOC`);
  if (publication.state === 'withdrawn') return document ? [...wrong, `${id} is withdrawn and still public`] : wrong;
  const served = document?.gz ? (unpack(document.gz as Uint8Array) as { id: string; revision: number }) : undefined;
  if (served?.id !== id || served.revision !== publication.revision)
    wrong.push(`${id}: the public document is another one`);
  for (const listing of publication.listKeys)
    if (!rows.delete(`LIST#${listing} ${publication.sortAt}#${id}`)) wrong.push(`${id} is missing from ${listing}`);
  return wrong;
}

test(`a server and an engine killed ${rounds} times in the middle of publishing leave every story whole, and every acknowledged one there`, async () => {
  const acknowledged: Acknowledged = new Map();
  let system = await start();
  for (let round = 1; round <= rounds; round += 1) {
    // A different moment each time: some stories in, and wherever the workers then are.
    await workUntilKilled(system, acknowledged, round, 10 + ((round * 7) % 20));
    system = await start();
    const [editorial, content] = [
      await everything(system.endpoint, 'dateline-editorial'),
      await everything(system.endpoint, 'dateline-content'),
    ];
    expect(contradictions(editorial, content, acknowledged)).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(200);
}, 240_000);
