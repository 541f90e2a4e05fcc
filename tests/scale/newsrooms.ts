import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { createTables, localCredentials } from '../../local/create-tables.ts';
import { type Engine, startEngine } from '../../local/engine.ts';
import { openClient } from '../../store/database.ts';
import type { TestEngine } from '../support/engine.ts';
import { type EngineFacts, engineFacts } from '../support/engines.ts';
import { contentItems } from './content-items.ts';
import { writeTables } from './written-tables.ts';

/** Public stories of the two newsrooms that are compared. */
export const sizes = [100, 100_000] as const;
export const contentTableOf = (size: number): string => `content-${size}`;

/** An engine of its own that holds the content of both, as it was at `now`. */
export function useNewsrooms(now: Date): TestEngine {
  for (const [name, value] of Object.entries(localCredentials)) process.env[name] ??= value;
  const names = { editorial: 'editorial', content: 'content' };
  let folder: string | undefined;
  let engine: Engine | undefined;
  let opened: { client: ReturnType<typeof openClient>; facts: EngineFacts } | undefined;

  beforeAll(async () => {
    const started = performance.now();
    folder = await mkdtemp(join(tmpdir(), 'dateline-scale-'));
    const tables = Object.fromEntries(sizes.map((size) => [contentTableOf(size), contentItems(size, now)]));
    const { file, rows } = await writeTables(folder, tables);
    engine = await startEngine({ dbPath: file });
    await createTables(engine.endpoint, names);
    opened = { client: openClient(engine.endpoint), facts: await engineFacts(engine.endpoint) };
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${rows} rows of ${sizes.join(' and ')} stories were there after ${seconds} s.\n`);
  }, 600_000);

  afterAll(async () => {
    opened?.client.destroy();
    await engine?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  const there = () => {
    if (!engine || !opened) throw new Error('The engine starts in beforeAll: read this inside a test or a hook.');
    return { endpoint: engine.endpoint, ...opened };
  };
  return {
    editorialTable: names.editorial,
    contentTable: names.content,
    get endpoint() {
      return there().endpoint;
    },
    get client() {
      return there().client;
    },
    get facts() {
      return there().facts;
    },
  };
}
