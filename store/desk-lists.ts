import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EditorialSummary } from '../contract/schemas/editorial-article.ts';
import { type PublicState, type Stage, stages } from '../contract/stages.ts';
import { publicStatesAt } from '../domain/article/lifecycle.ts';
import { cursorAt, positionOf } from './cursor.ts';
import type { Database } from './database.ts';
import { recentPartition, stagePartition, stagePartitionBefore } from './keys.ts';
import { withRetries } from './retry.ts';
import { tables } from './tables.ts';

export type DeskList = {
  stage?: Stage | undefined;
  publication?: PublicState | undefined;
  /** An instant; articles that were changed then or later. */
  changedSince?: string | undefined;
  /** What else has to be so, looked for in a bounded number of articles: a page may then be thin, or empty. */
  matches?: ((article: EditorialSummary) => boolean) | undefined;
  /** What this caller may see. Little is hidden, so that no more is read for it. */
  shows: (article: EditorialSummary) => boolean;
  /** Everything that the list was asked for, so that a cursor is good for the same question only. */
  name: string;
  limit: number;
  cursor: string | undefined;
};

/** Articles that a page looks at in each partition when something has to be looked for. */
const lookedAt = 250;

/** A page of the desk's lists, the article changed last first. Throws `invalid_request` for a bad cursor. */
export async function listWorkingCopies(
  database: Database,
  list: DeskList,
): Promise<{ items: EditorialSummary[]; nextCursor: string | null }> {
  const { limit, name, cursor, shows, matches } = list;
  const after = cursor === undefined ? undefined : positionOf(name, cursor);
  const depth = matches ? Math.max(limit + 1, lookedAt) : limit + 1;
  const parts = await Promise.all(
    partitionsOf(list).map((partition) => queryPart(database, partition, { after, depth, since: list.changedSince })),
  );
  // Beyond the end of a part that has more, nobody knows what comes next.
  const horizon = parts
    .flatMap(({ rows, hasMore }) => (hasMore ? [rows.at(-1)?.key ?? ''] : []))
    .sort()
    .at(-1);
  const known = parts
    .flatMap(({ rows }) => rows)
    .filter(({ key, article }) => (horizon === undefined || key >= horizon) && isOf(list, article))
    .sort((a, b) => (a.key < b.key ? 1 : -1));
  const found = known.filter(({ article }) => shows(article) && (matches?.(article) ?? true));
  const items = found.slice(0, limit);
  const isCut = found.length > limit;
  const last = isCut ? items.at(-1)?.key : horizon;
  return { items: items.map(({ article }) => article), nextCursor: last === undefined ? null : cursorAt(name, last) };
}

type Partition = { index: 'recent' | 'stage'; value: string };

/** Stage and publication state together are a partition; either alone is a few of them. */
function partitionsOf({ stage, publication }: DeskList): Partition[] {
  if (stage === undefined && publication === undefined) return [{ index: 'recent', value: recentPartition }];
  const wanted = stages.filter((at) => stage === undefined || at === stage);
  const values = wanted.flatMap((at) => [
    ...publicStatesAt[at]
      .filter((state) => publication === undefined || state === publication)
      .map((state) => stagePartition(at, state)),
    ...(stagesBefore.includes(at) ? [stagePartitionBefore(at)] : []),
  ]);
  return values.map((value) => ({ index: 'stage', value }));
}

/** Articles that nobody has touched since there were two stages stand in the partition of their stage alone. */
const stagesBefore: readonly Stage[] = ['draft', 'published'];

function isOf({ publication }: DeskList, article: EditorialSummary): boolean {
  return publication === undefined || (article.publication?.state ?? 'none') === publication;
}

type Row = { key: string; article: EditorialSummary };

async function queryPart(
  database: Database,
  { index, value }: Partition,
  { after, since, depth }: { after: string | undefined; since: string | undefined; depth: number },
): Promise<{ rows: Row[]; hasMore: boolean }> {
  const { partitionKey, sortKey } = tables.editorial.indexes[index];
  const [from, until] = [since ?? '0', after ?? '~'];
  // DynamoDB refuses a range that ends before it begins.
  if (from > until) return { rows: [], hasMore: false };
  const command = new QueryCommand({
    TableName: database.editorialTable,
    IndexName: index,
    // BETWEEN takes both ends in; what stands at the cursor itself was on the page before.
    KeyConditionExpression: `${partitionKey} = :partition AND ${sortKey} BETWEEN :since AND :until`,
    ExpressionAttributeValues: { ':partition': value, ':since': from, ':until': until },
    ScanIndexForward: false,
    Limit: depth + 1,
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  const rows = Items.map((item) => ({ key: String(item[sortKey]), article: summaryFrom(String(item.summary)) }));
  const fresh = rows.filter(({ key }) => key !== after);
  // A page also ends at a megabyte, which DynamoDB Local counts from whole articles, not from what the index projects.
  return { rows: fresh.slice(0, depth), hasMore: fresh.length > depth || LastEvaluatedKey !== undefined };
}

/** What a summary lacks from before there were reviews and schedules. */
const summaryBefore = { tags: [], authors: [], approval: null, schedule: null, trouble: null, purgeAt: null };

function summaryFrom(text: string): EditorialSummary {
  const { publication, ...summary } = JSON.parse(text) as EditorialSummary;
  return {
    ...summaryBefore,
    ...summary,
    publication: publication && { ...publication, kill: publication.kill ?? null },
  };
}
