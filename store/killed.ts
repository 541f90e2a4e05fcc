import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articleIdOf, currentSlugKey } from './keys.ts';
import { Unprocessed, withRetries } from './retry.ts';

/** Which of these articles were killed, at most 100. No request for none. */
export async function killedAmong(database: Database, articleIds: readonly string[]): Promise<ReadonlySet<string>> {
  const killed = new Set<string>();
  let keys: Record<string, unknown>[] = [...new Set(articleIds)].map(currentSlugKey);
  if (keys.length === 0) return killed;
  await withRetries(async (abortSignal) => {
    const command = new BatchGetCommand({
      RequestItems: { [database.contentTable]: { Keys: keys, ConsistentRead: true } },
    });
    const { Responses, UnprocessedKeys } = await database.client.send(command, { abortSignal });
    for (const { pk, state } of Responses?.[database.contentTable] ?? [])
      if (state === 'killed') killed.add(articleIdOf(pk));
    keys = UnprocessedKeys?.[database.contentTable]?.Keys ?? [];
    if (keys.length > 0) throw new Unprocessed();
  }, database);
  return killed;
}
