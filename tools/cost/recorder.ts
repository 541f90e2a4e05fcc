import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TableName, tables } from '../../store/tables.ts';
import { type Change, type StoredItem, storedBytes, writeUnits } from './capacity.ts';

/** One request to the database: what it took by the engine's word (reads) and by DynamoDB's rules (writes). */
export type Recorded = {
  operation: string;
  readUnits: number;
  writeUnits: number;
  /** Those of them that indexes take. */
  indexWriteUnits: number;
  /** Write units as the embedded engine counts them, to be compared. */
  engineWriteUnits: number;
  /** Bytes that stay, as storage is billed. */
  stored: { table: number; indexes: number };
  /** Items that it changed, in the order of the request. */
  changes: readonly (Change & { table: TableName; key: StoredItem })[];
};

export type Recorder = {
  endpoint: string;
  take(): Recorded[];
  /** Passes on what comes meanwhile without a look at it: looking takes longer than doing. */
  unseen<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
};
export type Target = { endpoint: string; names: Readonly<Record<TableName, string>> };

/** Reads, whose units the engine tells, and the one way in which functions write articles. */
const understood = new Set(['GetItem', 'BatchGetItem', 'Query', 'TransactWriteItems']);

type Json = Record<string, unknown>;
type Written = { TableName: string; Item?: StoredItem; Key?: StoredItem };

/** Stands between the functions and the engine, asks for the capacity of each request, and keeps what it learns. */
export async function startRecorder(target: Target): Promise<Recorder> {
  let recorded: Recorded[] = [];
  let isLooking = true;
  const server = createServer((incoming, outgoing) => {
    void record({ target, isLooking }, incoming, outgoing).then((one) => recorded.push(one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    async unseen(work) {
      isLooking = false;
      try {
        return await work();
      } finally {
        isLooking = true;
        recorded = [];
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Look = { target: Target; isLooking: boolean };

async function record(
  { target, isLooking }: Look,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
  const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json;
  if (!understood.has(operation))
    throw new Error(`A function asked for ${operation}: teach tools/cost/recorder.ts about it.`);
  const changes = isLooking ? await changesOf(target, asked) : [];
  const { status, answer } = await send(target.endpoint, operation, { ...asked, ReturnConsumedCapacity: 'INDEXES' });
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  if (status !== 200) throw new Error(`The engine refused ${operation}: ${JSON.stringify(answer)}`);
  return { operation, changes, ...unitsOf(changes, consumedIn(answer)) };
}

function unitsOf(changes: Recorded['changes'], consumed: number) {
  const sum = { writeUnits: 0, indexWriteUnits: 0, stored: { table: 0, indexes: 0 } };
  for (const { table, ...change } of changes) {
    const units = writeUnits(tables[table], change);
    const stored = storedBytes(tables[table], change);
    sum.writeUnits += units.table + units.indexes;
    sum.indexWriteUnits += units.indexes;
    sum.stored.table += stored.table;
    sum.stored.indexes += stored.indexes;
  }
  const writes = changes.length > 0;
  return { ...sum, readUnits: writes ? 0 : consumed, engineWriteUnits: writes ? consumed : 0 };
}

/** The items of a transaction as they were and as they will be. */
async function changesOf(target: Target, asked: Json): Promise<Recorded['changes']> {
  const actions = (asked.TransactItems ?? []) as { Put?: Written; Delete?: Written }[];
  return await Promise.all(
    actions.map(async ({ Put, Delete }) => {
      const { TableName, Item, Key } = Put ?? Delete ?? missing();
      const key = Key ?? keyOf(Item ?? {});
      const { answer } = await send(target.endpoint, 'GetItem', { TableName, Key: key, ConsistentRead: true });
      const table = TableName === target.names.editorial ? 'editorial' : 'content';
      return { table, key, before: answer.Item as StoredItem | undefined, after: Item } as const;
    }),
  );
}

function missing(): never {
  throw new Error(
    'A transaction has an action that is neither a put nor a delete: teach tools/cost/recorder.ts about it.',
  );
}

function keyOf({ pk, sk }: StoredItem): StoredItem {
  if (!pk || !sk) throw new Error('An item was written without a key.');
  return { pk, sk };
}

/** The engine checks no signature, but wants one. */
const signature =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

async function send(endpoint: string, operation: string, body: Json): Promise<{ status: number; answer: Json }> {
  const reply = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: signature,
    },
    body: JSON.stringify(body),
  });
  // As requests are read: in Jest, what fetch makes of JSON never equals what is parsed here.
  return { status: reply.status, answer: JSON.parse(await reply.text()) as Json };
}

function consumedIn({ ConsumedCapacity }: Json): number {
  const consumed = [ConsumedCapacity ?? []].flat() as { CapacityUnits?: number }[];
  return consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
