import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { createTables, localCredentials } from '../../local/create-tables.ts';
import { startEngine } from '../../local/engine.ts';
import { findEngine } from '../../local/find-engine.ts';
import { processIdentity } from '../../local/process-identity.ts';
import { useEngine } from '../support/engine.ts';
import { untilGone } from './processes.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const database = useEngine({ streamed: true });
const folder = useTemporaryFolder();
const root = fileURLToPath(new URL('../..', import.meta.url));

test('a test file has tables to put into and get from', async () => {
  const item = { pk: 'a', sk: 'b' };
  await database.client.send(new PutCommand({ TableName: database.contentTable, Item: item }));
  const found = await database.client.send(new GetCommand({ TableName: database.contentTable, Key: item }));
  expect(found.Item).toEqual(item);
});

test('makes the tables once, with their indexes and stream', async () => {
  const { endpoint, editorialTable, contentTable } = database;
  await createTables(endpoint, { editorial: editorialTable, content: contentTable });
  const editorial = await database.client.send(new DescribeTableCommand({ TableName: editorialTable }));
  const content = await database.client.send(new DescribeTableCommand({ TableName: contentTable }));
  const indexes = editorial.Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName).sort();
  expect(indexes).toEqual(['due', 'recent', 'stage']);
  expect(content.Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
});

test('refuses a table that lacks an index of today', async () => {
  const { endpoint, contentTable } = database;
  const names = { editorial: contentTable, content: contentTable };
  await expect(createTables(endpoint, names)).rejects.toThrow(/was made by an older Dateline and lacks the index/);
});

test.each(['stop', 'kill'] as const)('%s leaves no process behind', async (how) => {
  const engine = await startEngine();
  await engine[how]();
  expect(await processIdentity(engine.pid)).toBeUndefined();
  expect((await engine.exited).expected).toBe(true);
});

test('keeps what is in its file over a restart', async () => {
  const dbPath = folder.at('kept.db');
  const first = await startEngine({ dbPath });
  await createTables(first.endpoint, { editorial: 'editorial', content: 'content' });
  await first.kill();
  const second = await startEngine({ dbPath });
  const client = new DynamoDBClient({ endpoint: second.endpoint });
  const { TableNames } = await client.send(new ListTablesCommand());
  client.destroy();
  await second.stop();
  expect(TableNames).toEqual(['content', 'editorial']);
});

test('goes when whoever started it is killed', async () => {
  const script = `
    const { startEngine } = await import('./local/engine.ts');
    process.stdout.write(String((await startEngine()).pid));`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root, env: localCredentials });
  const [pid] = await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await untilGone(Number(pid));
});

test('says in one sentence that its file is damaged', async () => {
  const dbPath = await folder.write('damaged.db', Buffer.alloc(20_000, 'not a database '));
  await expect(startEngine({ dbPath })).rejects.toThrow(
    `The data in ${dbPath} is damaged and cannot be read: put back a copy of it, or delete it to start with the seeds alone.`,
  );
});

test('says in one sentence that its file cannot be opened', async () => {
  const dbPath = folder.at('no-such-folder', 'x.db');
  await expect(startEngine({ dbPath })).rejects.toThrow(`The database engine could not open ${dbPath}:`);
});

test('says what to do when there is no engine for the machine', async () => {
  const machine = { platform: 'plan9', arch: 'mips', path: folder.at('empty') };
  await expect(findEngine(machine)).rejects.toThrow(
    'The embedded DynamoDB engine is missing: run "npm ci" to install @dynoxide/plan9-mips, or put "dynoxide" on the ' +
      'PATH, or set DYNAMODB_ENDPOINT to where a DynamoDB answers.',
  );
});

test('takes the engine on the PATH when there is no package for the machine', async () => {
  const file = await folder.write('bin/dynoxide', '#!/bin/sh\n');
  await chmod(file, 0o755);
  const path = [folder.at('empty'), folder.at('bin')].join(':');
  expect(await findEngine({ platform: 'plan9', arch: 'mips', path })).toBe(file);
});
