import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Section } from '../domain/article/public-document.ts';
import type { Database } from './database.ts';
import { articleIdOf, listingPartition, recentPartition } from './keys.ts';
import { withRetries } from './retry.ts';
import { tables } from './tables.ts';

/** Stories of a section as its listing shows them: their ids, and the section that each row names. */
export async function listPublishedIn(
  database: Database,
  slug: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ stories: { id: string; section: Section }[]; next: string | undefined }> {
  const command = new QueryCommand({
    TableName: database.contentTable,
    KeyConditionExpression: 'pk = :pk AND sk > :after',
    ExpressionAttributeValues: { ':pk': listingPartition(`section#${slug}`), ':after': after ?? '0' },
    Limit: limit,
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  const stories = Items.flatMap(({ row }) => (row === undefined ? [] : [JSON.parse(String(row)) as StoryRow]));
  return {
    stories: stories.map(({ id, section }) => ({ id, section })),
    next: LastEvaluatedKey && String(LastEvaluatedKey.sk),
  };
}

type StoryRow = { id: string; section: Section };

/**
 * How many articles are in sections of these slugs: in their working copies, killed ones aside, or in what readers see. Reads the
 * line of every article that there is, once, so it is for taking a section away and nothing more frequent.
 */
export async function countArticlesIn(database: Database, slugs: readonly string[]): Promise<number> {
  const ids = new Set<string>();
  for (const slug of slugs) {
    let after: string | undefined;
    do {
      const page = await listPublishedIn(database, slug, { after, limit: 1000 });
      for (const { id } of page.stories) ids.add(id);
      after = page.next;
    } while (after !== undefined);
  }
  let from: Record<string, unknown> | undefined;
  do {
    const page = await copiesIn(database, slugs, from);
    for (const id of page.ids) ids.add(id);
    from = page.next;
  } while (from);
  return ids.size;
}

async function copiesIn(database: Database, slugs: readonly string[], from: Record<string, unknown> | undefined) {
  const named = slugs.map((slug, index) => [`:section${index}`, `"section":${JSON.stringify(slug)}`] as const);
  const command = new QueryCommand({
    TableName: database.editorialTable,
    IndexName: 'recent',
    KeyConditionExpression: `${tables.editorial.indexes.recent.partitionKey} = :all`,
    FilterExpression: `(${named.map(([name]) => `contains(summary, ${name})`).join(' OR ')}) AND NOT contains(summary, :killed)`,
    ExpressionAttributeValues: {
      ':all': recentPartition,
      ':killed': '"stage":"killed"',
      ...Object.fromEntries(named),
    },
    ProjectionExpression: 'pk',
    ...(from ? { ExclusiveStartKey: from } : {}),
  });
  const page = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return { ids: (page.Items ?? []).map(({ pk }) => articleIdOf(pk)), next: page.LastEvaluatedKey };
}
