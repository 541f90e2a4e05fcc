import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import { numberedSlugs } from '../domain/article/address.ts';
import type { Database } from './database.ts';
import { slugClaimKey } from './keys.ts';
import { Unprocessed, withRetries } from './retry.ts';

/** BatchGetItem's limit. */
const batch = 100;
/** A headline that comes every hour of a year, and one more year. */
const mostNumbers = 20_000;

/**
 * One of the first `among` of `base`, `base-2`, `base-3`, … that no other article has claimed. It may be claimed by the
 * time it is used: the claim itself decides. Whoever lost a race before should pick among more.
 */
export async function findFreeSlug(
  database: Database,
  base: string,
  articleId: string,
  among: number,
): Promise<string> {
  for (let from = 1; from < mostNumbers; from += batch) {
    const candidates = numberedSlugs(base, from, batch);
    const taken = await claimedByOthers(database, candidates, articleId);
    const free = candidates.filter((candidate) => !taken.has(candidate)).slice(0, among);
    const chosen = free[Math.floor(database.timing.random() * free.length)];
    if (chosen) return chosen;
  }
  throw new AppError(
    'slug_taken',
    `More than ${mostNumbers} articles have the slug ${base}. Choose one for this article.`,
  );
}

async function claimedByOthers(database: Database, slugs: string[], articleId: string): Promise<Set<string>> {
  const taken = new Set<string>();
  let keys: Record<string, unknown>[] = slugs.map(slugClaimKey);
  await withRetries(async (abortSignal) => {
    const command = new BatchGetCommand({
      RequestItems: { [database.editorialTable]: { Keys: keys, ConsistentRead: true } },
    });
    const { Responses, UnprocessedKeys } = await database.client.send(command, { abortSignal });
    for (const claim of Responses?.[database.editorialTable] ?? [])
      if (claim.articleId !== articleId) taken.add(String(claim.pk).slice('SLUG#'.length));
    keys = UnprocessedKeys?.[database.editorialTable]?.Keys ?? [];
    if (keys.length > 0) throw new Unprocessed();
  }, database);
  return taken;
}
