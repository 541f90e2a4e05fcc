import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articleIdOf, recentPartition } from './keys.ts';
import { withRetries } from './retry.ts';
import { tables } from './tables.ts';

/**
 * A page of all articles, the one changed longest ago first: what is changed meanwhile moves to the end, and is not missed.
 * `after` is where the page before ended.
 */
export async function listArticleIds(
  database: Database,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ ids: string[]; next: string | undefined }> {
  const { partitionKey, sortKey } = tables.editorial.indexes.recent;
  const command = new QueryCommand({
    TableName: database.editorialTable,
    IndexName: 'recent',
    KeyConditionExpression: `${partitionKey} = :partition${after === undefined ? '' : ` AND ${sortKey} > :after`}`,
    ExpressionAttributeValues: { ':partition': recentPartition, ...(after === undefined ? {} : { ':after': after }) },
    Limit: limit,
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  const last = LastEvaluatedKey && Items.at(-1);
  return {
    ids: Items.map((item) => articleIdOf(item.pk)),
    next: last && String(last[sortKey]),
  };
}
