import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { keys, type Table, type TableName, tables } from '../store/tables.ts';
import { StartError } from './start-error.ts';

/** What a DynamoDB outside AWS accepts: any region and credentials. The SDK insists on some. */
export const localCredentials = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'us-east-1',
} as const;

/** The configuration of an SDK client for it. */
export const localClient = (endpoint: string) => ({
  endpoint,
  region: localCredentials.AWS_REGION,
  credentials: {
    accessKeyId: localCredentials.AWS_ACCESS_KEY_ID,
    secretAccessKey: localCredentials.AWS_SECRET_ACCESS_KEY,
  },
});

/**
 * Makes both tables as the stack does, from the same facts. Tables that exist are left as they are; one that lacks an
 * index of today's definition is refused with a StartError. Without streams for whoever follows none: the embedded engine
 * writes the slower the more records its streams have.
 */
export async function createTables(
  endpoint: string,
  names: Record<TableName, string>,
  { streamed = true } = {},
): Promise<void> {
  const client = new DynamoDBClient(localClient(endpoint));
  try {
    for (const name of Object.keys(tables) as TableName[]) {
      const table: Table = tables[name];
      await createTable(client, names[name], { ...table, stream: table.stream && streamed });
    }
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, name: string, table: Table): Promise<void> {
  try {
    await client.send(new CreateTableCommand(definitionOf(name, table)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    return await expectIndexes(client, name, table);
  }
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: keys.expires, Enabled: true },
    }),
  );
}

async function expectIndexes(client: DynamoDBClient, name: string, table: Table): Promise<void> {
  const { Table: existing } = await client.send(new DescribeTableCommand({ TableName: name }));
  const held = new Set(existing?.GlobalSecondaryIndexes?.map((index) => index.IndexName));
  const missing = Object.keys(table.indexes).filter((index) => !held.has(index));
  if (missing.length === 0) return;
  throw new StartError(
    `The table ${name} was made by an older Dateline and lacks the index ${missing.join(', ')}: delete the data folder, ` +
      'or set DATELINE_DATA to a new one.',
  );
}

function definitionOf(name: string, table: Table): CreateTableCommandInput {
  const indexes = Object.entries(table.indexes);
  const attributes = new Set([
    keys.partition,
    keys.sort,
    ...indexes.flatMap(([, index]) => [index.partitionKey, index.sortKey]),
  ]);
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    KeySchema: keySchema(keys.partition, keys.sort),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([indexName, index]) => ({
        IndexName: indexName,
        KeySchema: keySchema(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.projects] },
      })),
    }),
    ...(table.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
    }),
  };
}

function keySchema(partition: string, sort: string) {
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
}
