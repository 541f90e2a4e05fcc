import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { PutCommand, QueryCommand, type QueryCommandInput, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { localClient } from '../../local/create-tables.ts';
import { useEngine } from '../support/engine.ts';

// Where engines differ, and where a test would have to know: each line of docs/engines.md that a test can hold.
const engine = useEngine({ streamed: true });

const put = (TableName: string, Item: Record<string, unknown>) =>
  engine.client.send(new PutCommand({ TableName, Item }));

/** The number of items found, or the name of the error. */
async function query(input: Omit<QueryCommandInput, 'TableName'>): Promise<number | string> {
  try {
    const { Items = [] } = await engine.client.send(new QueryCommand({ TableName: engine.editorialTable, ...input }));
    return Items.length;
  } catch (error) {
    return (error as Error).name;
  }
}

test('a key condition with an empty text', async () => {
  await put(engine.editorialTable, { pk: 'a', sk: 'one' });
  const found = await query({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': 'a', ':prefix': '' },
  });
  expect(found).toBe(engine.facts.refusesEmptyKeysInQueries ? 'ValidationException' : 1);
});

test.each([{ ProjectionExpression: 'article' }, { FilterExpression: 'attribute_not_exists(article)' }])(
  'a query of an index with %j, which it does not project',
  async (what) => {
    await put(engine.editorialTable, { pk: 'b', sk: 'one', recentKey: 'B', changedKey: '1' });
    const found = await query({
      IndexName: 'recent',
      KeyConditionExpression: 'recentKey = :key',
      ExpressionAttributeValues: { ':key': 'B' },
      ...what,
    });
    expect(found).toBe(engine.facts.refusesUnprojectedAttributes ? 'ValidationException' : 1);
  },
);

test('a page of an index over items that are more than a megabyte together', async () => {
  for (let count = 1; count <= 5; count += 1) {
    const article = Buffer.alloc(290_000);
    await put(engine.editorialTable, { pk: 'c', sk: `${count}`, recentKey: 'C', changedKey: `${count}`, article });
  }
  const found = await query({
    IndexName: 'recent',
    KeyConditionExpression: 'recentKey = :key',
    ExpressionAttributeValues: { ':key': 'C' },
  });
  if (engine.facts.countsWholeItemsInIndexPages) expect(found).toBeLessThan(5);
  else expect(found).toBe(5);
});

test('the write units of a transaction, two a kilobyte and item', async () => {
  const puts = ['one', 'two', 'three'].map((sk) => ({
    Put: { TableName: engine.contentTable, Item: { pk: 'e', sk } },
  }));
  const command = new TransactWriteCommand({ TransactItems: puts, ReturnConsumedCapacity: 'TOTAL' });
  const { ConsumedCapacity } = await engine.client.send(command);
  expect(ConsumedCapacity?.[0]?.CapacityUnits).toBe(engine.facts.countsWholeTransactions ? 6 : 2);
});

test('the stream after a put that changed nothing', async () => {
  const before = await streamed(engine.contentTable);
  const item = { pk: 'd', sk: 'one', same: true };
  await put(engine.contentTable, item);
  await put(engine.contentTable, item);
  await put(engine.contentTable, { ...item, same: false });
  const changes = engine.facts.streamsUnchangedPuts ? ['INSERT', 'MODIFY', 'MODIFY'] : ['INSERT', 'MODIFY'];
  expect((await streamed(engine.contentTable)).slice(before.length)).toEqual(changes);
});

/** What the stream of a table has told since it was made. */
async function streamed(table: string): Promise<(string | undefined)[]> {
  const { Table } = await engine.client.send(new DescribeTableCommand({ TableName: table }));
  const StreamArn = Table?.LatestStreamArn;
  const client = new DynamoDBStreamsClient(localClient(engine.endpoint));
  try {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map((record) => record.eventName);
  } finally {
    client.destroy();
  }
}
