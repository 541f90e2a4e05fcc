import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articleIdOf, currentSlugKey } from './keys.ts';
import { Unprocessed, withRetries } from './retry.ts';

/** BatchGetItem's limit. */
const batch = 100;

/** Which of these articles were killed. No request for none. */
export async function killedAmong(database: Database, articleIds: readonly string[]): Promise<ReadonlySet<string>> {
  const killed = new Set<string>();
  for (let start = 0; start < articleIds.length; start += batch)
    await addKilled(database, articleIds.slice(start, start + batch), killed);
  return killed;
}

async function addKilled(database: Database, articleIds: readonly string[], killed: Set<string>): Promise<void> {
  let keys: Record<string, unknown>[] = articleIds.map(currentSlugKey);
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
}
