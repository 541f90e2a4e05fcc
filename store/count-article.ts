import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { PublishedSummary } from '../contract/schemas/published-article.ts';
import type { Database } from './database.ts';
import { type Counted, countedKey, countKey, currentSlugKey, type Key } from './keys.ts';
import { layout } from './layout.ts';
import { Unprocessed, withRetries } from './retry.ts';
import { commit, type Write } from './transaction.ts';

/** What an article is counted by, while it is public. */
type Standing = {
  section: { slug: string; name: string };
  topics: { id: string; name: string }[];
  /** Of UTC, by its place in the listing of all stories. */
  day: string;
  publishedAt: string;
};

/** How often others may count in the same place meanwhile. */
const mostTries = 10;

/**
 * Makes the counts of sections, topics and days right about one article: what it is counted by is compared with what it was
 * counted by before, whatever happened in between. So it may come twice, late, or in any order. False if nothing had changed.
 * Throws `busy`.
 */
export async function countArticle(database: Database, articleId: string): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const [before, now] = await Promise.all([countedBefore(database, articleId), standingOf(database, articleId)]);
    if (before === now) return false;
    const changes = differencesOf(parsed(before), parsed(now));
    const counts = await findCounts(database, changes);
    const writes = [
      putCounted(database, { articleId, before, now }),
      ...changes.map((change) => putCount(database, change, counts.get(nameOf(change)))),
    ];
    try {
      await commit(database, writes);
      return true;
    } catch (error) {
      if (!(error instanceof CountedMeanwhile)) throw error;
      if (tries === mostTries)
        throw new AppError('busy', 'Too many stories are counted at once.', { cause: error, retryAfter: 1 });
    }
  }
}

class CountedMeanwhile extends Error {}

const parsed = (standing: string | undefined) =>
  standing === undefined ? undefined : (JSON.parse(standing) as Standing);

async function getItem(database: Database, key: Key) {
  const command = new GetCommand({ TableName: database.contentTable, Key: key, ConsistentRead: true });
  return (await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database)).Item;
}

async function countedBefore(database: Database, articleId: string): Promise<string | undefined> {
  const item = await getItem(database, countedKey(articleId));
  return item && String(item.standing);
}

/** As JSON, so that two are the same when their texts are; undefined when the article is not public. */
async function standingOf(database: Database, articleId: string): Promise<string | undefined> {
  const item = await getItem(database, currentSlugKey(articleId));
  if (item?.row === undefined) return undefined;
  const { section, publishedAt } = JSON.parse(String(item.row)) as PublishedSummary;
  const topics = JSON.parse(String(item.topics)) as Standing['topics'];
  const standing: Standing = { section, topics, day: String(item.sortAt).slice(0, 10), publishedAt };
  return JSON.stringify(standing);
}

type Change = { of: Counted; name: string; label?: string | undefined; by: number };
const nameOf = ({ of, name }: Pick<Change, 'of' | 'name'>): string => `${of} ${name}`;

/** Each place whose count or name is another one now. */
function differencesOf(before: Standing | undefined, now: Standing | undefined): Change[] {
  const changes = new Map<string, Change>();
  const add = (standing: Standing | undefined, by: number) => {
    for (const place of placesOf(standing)) {
      const known = changes.get(nameOf(place));
      const isSame = known !== undefined && known.label === place.label && known.by === -by;
      // A day has changed when a story of it was published again.
      if (isSame && (place.of !== 'day' || before?.publishedAt === now?.publishedAt)) changes.delete(nameOf(place));
      else changes.set(nameOf(place), { ...place, by: (known?.by ?? 0) + by });
    }
  };
  add(before, -1);
  add(now, 1);
  return [...changes.values()];
}

function placesOf(standing: Standing | undefined): Omit<Change, 'by'>[] {
  if (!standing) return [];
  const { section, topics, day } = standing;
  return [
    { of: 'section', name: section.slug, label: section.name },
    ...topics.map(({ id, name }) => ({ of: 'topic' as const, name: id, label: name })),
    { of: 'day', name: day },
  ];
}

type CountItem = { n: number; label?: string };

async function findCounts(database: Database, changes: readonly Change[]): Promise<Map<string, CountItem>> {
  const counts = new Map<string, CountItem>();
  let keys: Record<string, unknown>[] = changes.map(({ of, name }) => countKey(of, name));
  if (keys.length === 0) return counts;
  await withRetries(async (abortSignal) => {
    const command = new BatchGetCommand({
      RequestItems: { [database.contentTable]: { Keys: keys, ConsistentRead: true } },
    });
    const { Responses, UnprocessedKeys } = await database.client.send(command, { abortSignal });
    for (const { pk, sk, ...item } of Responses?.[database.contentTable] ?? [])
      counts.set(`${String(pk).slice('COUNTS#'.length)} ${sk}`, item as CountItem);
    keys = UnprocessedKeys?.[database.contentTable]?.Keys ?? [];
    if (keys.length > 0) throw new Unprocessed();
  }, database);
  return counts;
}

function putCount(database: Database, { of, name, label, by }: Change, found: CountItem | undefined): Write {
  const changedAt = of === 'day' ? { changedAt: new Date(database.timing.now()).toISOString() } : {};
  // A story that goes may know the place by an earlier name than those that stay.
  const kept = by < 0 ? (found?.label ?? label) : (label ?? found?.label);
  const item = { n: (found?.n ?? 0) + by, ...(kept === undefined ? {} : { label: kept }), ...changedAt };
  return {
    table: database.contentTable,
    put: { ...countKey(of, name), v: layout, ...item },
    condition: {
      ...(found ? { expression: 'n = :n', values: { ':n': found.n } } : { expression: 'attribute_not_exists(pk)' }),
      refusal: () => new CountedMeanwhile(),
    },
  };
}

type Counting = { articleId: string; before: string | undefined; now: string | undefined };

function putCounted({ contentTable: table }: Database, { articleId, before, now }: Counting): Write {
  const key = countedKey(articleId);
  const condition = {
    ...(before === undefined
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'standing = :before', values: { ':before': before } }),
    refusal: () => new CountedMeanwhile(),
  };
  if (now === undefined) return { table, delete: key, condition };
  return { table, put: { ...key, v: layout, standing: now }, condition };
}
