// The floor for listings: a page of twenty nested items through the usual client.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT ?? '' }));

export async function handler() {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: process.env.CONTENT_TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'BARE-LIST' },
      ScanIndexForward: false,
      Limit: 20,
    }),
  );
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ items: Items }) };
}
