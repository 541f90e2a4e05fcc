import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findEngine } from '../../local/find-engine.ts';
import type { NewItem } from '../../store/items.ts';
import type { Key } from '../../store/keys.ts';
import { keys } from '../../store/tables.ts';

export type KeyedItem = readonly [Key, NewItem];

/**
 * Writes tables as DynamoDB exports them to S3, and has the engine make a file of them
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html): rows by the hundred thousand
 * take minutes as requests, and a table that is streamed takes longer for each one the more it has.
 */
export async function writeTables(
  folder: string,
  tables: Readonly<Record<string, Iterable<KeyedItem>>>,
): Promise<{ file: string; rows: number }> {
  let rows = 0;
  for (const [name, items] of Object.entries(tables)) {
    const data = join(folder, 'export', name, 'data');
    await mkdir(data, { recursive: true });
    rows += await writeLines(join(data, 'items.json'), items);
  }
  const schema = join(folder, 'schema.json');
  await writeFile(schema, JSON.stringify(Object.keys(tables).map(schemaOf)));
  const file = join(folder, 'tables.db');
  await importTables(['--source', join(folder, 'export'), '--schema', schema, '--output', file]);
  return { file, rows };
}

/** Bytes that are written at once. */
const chunk = 1_000_000;

async function writeLines(file: string, items: Iterable<KeyedItem>): Promise<number> {
  const stream = createWriteStream(file);
  let lines = '';
  let count = 0;
  for (const [key, item] of items) {
    lines += `${JSON.stringify({ Item: attributesOf({ ...key, ...item }) })}\n`;
    count += 1;
    if (lines.length < chunk) continue;
    if (!stream.write(lines)) await once(stream, 'drain');
    lines = '';
  }
  stream.end(lines);
  await once(stream, 'finish');
  return count;
}

function attributesOf(item: NewItem): Record<string, object> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: unknown): object {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (Buffer.isBuffer(value)) return { B: value.toString('base64') };
  throw new TypeError(`An item of the content table has a ${typeof value}.`);
}

function schemaOf(name: string) {
  const [partition, sort] = [keys.partition, keys.sort];
  return {
    Table: {
      TableName: name,
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [partition, sort].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    },
  };
}

async function importTables(options: string[]): Promise<void> {
  const child = spawn(await findEngine(), ['import', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The engine could not import the tables: ${said}`);
}
