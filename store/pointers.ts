import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articlePartition, pointerKey, pointerPrefix } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { commit } from './transaction.ts';

/** Writes of one transaction. */
const atOnce = 50;

/**
 * Notes that an article is going to point at these. Before its publication, which has no room for them: whoever kills one of
 * them finds the article by it. A note that came to nothing does no harm.
 */
export async function notePointers(database: Database, from: string, targets: readonly string[]): Promise<void> {
  const { editorialTable: table } = database;
  for (let start = 0; start < targets.length; start += atOnce)
    await commit(
      database,
      targets
        .slice(start, start + atOnce)
        .map((target) => ({ table, put: { ...pointerKey(target, from), v: layout } })),
    );
}

/** A page of the articles that point at this one, or did. `after` is where the page before ended. */
export async function listPointers(
  database: Database,
  target: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ ids: string[]; next: string | undefined }> {
  const pk = articlePartition(target);
  const command = new QueryCommand({
    TableName: database.editorialTable,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :pointers)',
    ExpressionAttributeValues: { ':pk': pk, ':pointers': pointerPrefix },
    ConsistentRead: true,
    Limit: limit,
    ...(after === undefined ? {} : { ExclusiveStartKey: pointerKey(target, after) }),
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  const ids = Items.map(({ sk }) => String(sk).slice(pointerPrefix.length));
  return { ids, next: LastEvaluatedKey && ids.at(-1) };
}
