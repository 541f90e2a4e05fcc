import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record as DescribedRecord,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsOutput,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { type ReactionId, reactions } from '../contract/events.ts';
import { eventKeys } from '../store/tables.ts';
import { localClient } from './create-tables.ts';
import type { FunctionRunner } from './function-runner.ts';

export type FollowOptions = {
  endpoint: string;
  /** Whose stream. */
  table: string;
  runner: Pick<FunctionRunner, 'invoke'>;
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

/**
 * Runs the reactions of `contract/events.ts` on what is committed from now on, as Lambda does with the stack's event
 * sources: matched by key, in order, in batches, and again when a function says so.
 */
export async function followStream(options: FollowOptions): Promise<Following> {
  const client = new DynamoDBStreamsClient(localClient(options.endpoint));
  const stream: Stream = { client, arn: await streamArnOf(options), iterators: new Map(), opened: new Set() };
  await openShards(stream, 'LATEST');
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
type Stream = { client: DynamoDBStreamsClient; arn: string; iterators: Map<string, string>; opened: Set<string> };

/** Opens the shards that are new: at the start those that grow from now on, later each from its first record. */
async function openShards(stream: Stream, from: 'LATEST' | 'TRIM_HORIZON'): Promise<void> {
  const { StreamDescription } = await stream.client.send(new DescribeStreamCommand({ StreamArn: stream.arn }));
  for (const { ShardId, SequenceNumberRange } of StreamDescription?.Shards ?? []) {
    if (ShardId === undefined || stream.opened.has(ShardId)) continue;
    stream.opened.add(ShardId);
    const isClosed = SequenceNumberRange?.EndingSequenceNumber !== undefined;
    if (!(isClosed && from === 'LATEST')) await openShard(stream, ShardId, from);
  }
}

async function openShard({ client, arn, iterators }: Stream, ShardId: string, from: 'LATEST' | 'TRIM_HORIZON') {
  const request = new GetShardIteratorCommand({ StreamArn: arn, ShardId, ShardIteratorType: from });
  const { ShardIterator } = await client.send(request);
  if (ShardIterator) iterators.set(ShardId, ShardIterator);
}

async function lookOnce(stream: Stream, options: FollowOptions): Promise<void> {
  for (const [shard, iterator] of stream.iterators) {
    const { Records = [], NextShardIterator } = await recordsAt(stream, shard, iterator);
    if (NextShardIterator) stream.iterators.set(shard, NextShardIterator);
    else stream.iterators.delete(shard);
    const events = Records.filter(isEvent);
    for (let start = 0; start < events.length; start += batchSize)
      for (const id of Object.keys(reactions) as ReactionId[])
        await react(id, events.slice(start, start + batchSize), options);
    // A shard ends when another takes over.
    if (!NextShardIterator) await openShards(stream, 'TRIM_HORIZON');
  }
}

/** An iterator is good for fifteen minutes, which a laptop may sleep, and for as long as its records are there. */
const gone = ['TrimmedDataAccessException', 'ExpiredIteratorException'];

/** What an iterator points at may be gone: then from the oldest record that there is, as AWS advises. */
async function recordsAt(stream: Stream, shard: string, ShardIterator: string): Promise<GetRecordsOutput> {
  try {
    return await stream.client.send(new GetRecordsCommand({ ShardIterator }));
  } catch (error) {
    if (!gone.includes((error as Error).name)) throw error;
    await openShard(stream, shard, 'TRIM_HORIZON');
    const again = stream.iterators.get(shard) ?? ShardIterator;
    return await stream.client.send(new GetRecordsCommand({ ShardIterator: again }));
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
