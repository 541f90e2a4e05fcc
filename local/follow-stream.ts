import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record as DescribedRecord,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsOutput,
  GetShardIteratorCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { type ReactionId, reactions } from '../contract/events.ts';
import { eventKeys } from '../store/tables.ts';
import { localClient } from './create-tables.ts';
import type { FunctionRunner } from './function-runner.ts';
import { readPosition, type StreamPosition, writePosition } from './stream-position.ts';

export type FollowOptions = {
  endpoint: string;
  /** Whose stream. */
  table: string;
  runner: Pick<FunctionRunner, 'invoke'>;
  /** The file that says how far an earlier run came, and is kept up. Without one, each run begins with the oldest record. */
  positionPath?: string | undefined;
  /** Takes a line about what went wrong. */
  report: (line: string) => void;
  /** Between two looks at the stream, in milliseconds. */
  interval?: number;
};

export type Following = {
  /** Reacts to what has been committed by now. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/** What an event source mapping of the stack has; its patience is longer. */
const batchSize = 10;
const mostTries = 3;
/** Records that are asked for at once. Each has two images to parse, during which nobody else is answered. */
const pageSize = 100;

/**
 * Runs the reactions of `contract/events.ts` on what is committed, as Lambda does with the stack's event sources: matched by
 * key, in order, in batches, and again when a function says so. It begins where an earlier run ended, or with the oldest
 * record there is, so that nothing is missed that was committed while nobody looked. What came before a position that was
 * lost comes again, which costs a read or two of each story: reactions are idempotent. The embedded engine keeps all records
 * for good, some four a millisecond to read, so that each start would otherwise go through all that was ever published.
 */
export async function followStream(options: FollowOptions): Promise<Following> {
  const client = new DynamoDBStreamsClient(localClient(options.endpoint));
  const arn = await streamArnOf(options);
  const position = await readPosition(options.positionPath, arn);
  const stream: Stream = { client, arn, position, iterators: new Map(), opened: new Set(), isStopped: false };
  await openShards(stream);
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    looking = looking
      .then(() => lookOnce(stream, options))
      .catch((error: Error) => {
        options.report(`The stream of ${options.table} could not be read: ${error.message}`);
      });
    return looking;
  };
  const timer = setInterval(() => void look(), options.interval ?? 250);
  timer.unref();
  return {
    settle: look,
    async stop() {
      clearInterval(timer);
      stream.isStopped = true;
      await looking;
      client.destroy();
    },
  };
}

async function streamArnOf({ endpoint, table }: FollowOptions): Promise<string> {
  const client = new DynamoDBClient(localClient(endpoint));
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    if (!Table?.LatestStreamArn) throw new Error(`The table ${table} has no stream.`);
    return Table.LatestStreamArn;
  } finally {
    client.destroy();
  }
}

/** The stream, its open shards with where the next look at each begins, and every shard that was ever opened. */
type Stream = {
  client: DynamoDBStreamsClient;
  arn: string;
  position: StreamPosition;
  iterators: Map<string, string>;
  opened: Set<string>;
  isStopped: boolean;
};

/** Opens the shards that are new. The older ones come first, as a parent has to before its children. */
async function openShards(stream: Stream): Promise<void> {
  const { StreamDescription } = await stream.client.send(new DescribeStreamCommand({ StreamArn: stream.arn }));
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    if (ShardId === undefined || stream.opened.has(ShardId)) continue;
    stream.opened.add(ShardId);
    await openShard(stream, ShardId);
  }
}

/** With the last record that was reacted to, if it is there: an older copy of the data may have been put back. */
async function openShard(stream: Stream, shard: string): Promise<void> {
  const last = stream.position.shards[shard];
  const iterator =
    (last === undefined ? undefined : await iteratorWith(stream, shard, last)) ??
    (await iteratorOf(stream, shard, 'TRIM_HORIZON'));
  if (iterator) stream.iterators.set(shard, iterator);
}

async function iteratorWith(stream: Stream, shard: string, sequence: string): Promise<string | undefined> {
  try {
    const iterator = await iteratorOf(stream, shard, 'AT_SEQUENCE_NUMBER', sequence);
    const { Records } = await stream.client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1 }));
    return Records?.[0]?.dynamodb?.SequenceNumber === sequence ? iterator : undefined;
  } catch {
    return undefined;
  }
}

async function iteratorOf({ client, arn }: Stream, ShardId: string, type: ShardIteratorType, SequenceNumber?: string) {
  const request = { StreamArn: arn, ShardId, ShardIteratorType: type, SequenceNumber };
  return (await client.send(new GetShardIteratorCommand(request))).ShardIterator;
}

async function lookOnce(stream: Stream, options: FollowOptions): Promise<void> {
  for (const shard of stream.iterators.keys()) {
    let isBehind = true;
    while (isBehind && !stream.isStopped) isBehind = await readPage(stream, shard, options);
    // A shard ends when another takes over.
    if (!stream.iterators.has(shard)) await openShards(stream);
  }
}

/** Reacts to the next records of a shard. Whether there may be more of them by now. */
async function readPage(stream: Stream, shard: string, options: FollowOptions): Promise<boolean> {
  const { Records = [], NextShardIterator } = await recordsAt(stream, shard, stream.iterators.get(shard) ?? '');
  const events = Records.filter(isEvent);
  for (let start = 0; start < events.length; start += batchSize)
    for (const id of Object.keys(reactions) as ReactionId[])
      await react(id, events.slice(start, start + batchSize), options);
  if (NextShardIterator) stream.iterators.set(shard, NextShardIterator);
  else stream.iterators.delete(shard);
  const last = Records.at(-1)?.dynamodb?.SequenceNumber;
  if (last === undefined) return false;
  stream.position.shards[shard] = last;
  if (options.positionPath !== undefined) await writePosition(options.positionPath, stream.position);
  return NextShardIterator !== undefined;
}

/** An iterator is good for fifteen minutes, which a laptop may sleep, and for as long as its records are there. */
const gone = ['TrimmedDataAccessException', 'ExpiredIteratorException'];

/** What an iterator points at may be gone: then from where we are, or the oldest record that there is, as AWS advises. */
async function recordsAt(stream: Stream, shard: string, ShardIterator: string): Promise<GetRecordsOutput> {
  try {
    return await stream.client.send(new GetRecordsCommand({ ShardIterator, Limit: pageSize }));
  } catch (error) {
    if (!gone.includes((error as Error).name)) throw error;
    await openShard(stream, shard);
    const again = stream.iterators.get(shard) ?? ShardIterator;
    return await stream.client.send(new GetRecordsCommand({ ShardIterator: again, Limit: pageSize }));
  }
}

function isEvent({ dynamodb }: DescribedRecord): boolean {
  const { pk, sk } = dynamodb?.Keys ?? {};
  return sk?.S === eventKeys.sk && (pk?.S ?? '').startsWith(eventKeys.pk.prefix);
}

async function react(id: ReactionId, Records: DescribedRecord[], { runner, report }: FollowOptions): Promise<void> {
  let reason = '';
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const answer = await runner.invoke(id, { Records }).catch((error: Error) => ({ error }));
    const { error, batchItemFailures = [] } = answer as { error?: Error; batchItemFailures?: unknown[] };
    if (!error && batchItemFailures.length === 0) return;
    reason = error ? error.message : 'it asked for them again each time';
  }
  report(`${id} gave up ${Records.length} events: ${reason}.`);
}
