import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record as DescribedRecord,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
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
  const shards = await openShards(client, await streamArnOf(options));
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    looking = looking
      .then(() => lookOnce(client, shards, options))
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

/** Where the next look at each shard begins. */
type Shards = Map<string, string>;

async function openShards(client: DynamoDBStreamsClient, StreamArn: string): Promise<Shards> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const shards: Shards = new Map();
  for (const { ShardId, SequenceNumberRange } of StreamDescription?.Shards ?? []) {
    if (ShardId === undefined || SequenceNumberRange?.EndingSequenceNumber !== undefined) continue;
    const request = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST' });
    const { ShardIterator } = await client.send(request);
    if (ShardIterator) shards.set(ShardId, ShardIterator);
  }
  return shards;
}

async function lookOnce(client: DynamoDBStreamsClient, shards: Shards, options: FollowOptions): Promise<void> {
  for (const [shard, ShardIterator] of shards) {
    const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
    if (NextShardIterator) shards.set(shard, NextShardIterator);
    else shards.delete(shard);
    const events = Records.filter(isEvent);
    for (let start = 0; start < events.length; start += batchSize)
      for (const id of Object.keys(reactions) as ReactionId[])
        await react(id, events.slice(start, start + batchSize), options);
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
