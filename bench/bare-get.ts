// The floor that budgets are measured against: the usual way to read one item, and nothing else.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT ?? '' }));

export async function handler() {
  const { Item } = await client.send(
    new GetCommand({ TableName: process.env.CONTENT_TABLE, Key: { pk: 'BARE', sk: 'NESTED' } }),
  );
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(Item) };
}
