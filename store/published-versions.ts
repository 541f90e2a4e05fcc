import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articlePartition, versionPrefix } from './keys.ts';
import { withRetries } from './retry.ts';
import { commit } from './transaction.ts';

/** Writes of one transaction. */
const atOnce = 50;

/** Deletes what an article's public versions said; that there were versions, and when they ended, stays. */
export async function deleteVersions(database: Database, articleId: string): Promise<void> {
  const table = database.contentTable;
  const pk = articlePartition(articleId);
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :versions)',
      FilterExpression: 'attribute_exists(gz)',
      ExpressionAttributeValues: { ':pk': pk, ':versions': versionPrefix },
      ProjectionExpression: 'sk',
      ConsistentRead: true,
      Limit: atOnce,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    const { Items = [], LastEvaluatedKey } = await withRetries(
      (abortSignal) => database.client.send(command, { abortSignal }),
      database,
    );
    if (Items.length > 0)
      await commit(
        database,
        Items.map(({ sk }) => ({ table, delete: { pk, sk: String(sk) } })),
      );
    from = LastEvaluatedKey;
  } while (from);
}
