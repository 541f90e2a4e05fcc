import { AppError } from '../contract/errors.ts';
import type { Actor } from '../contract/roles.ts';
import type { Lock } from '../contract/schemas/editorial-article.ts';
import { actorOf } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { lockKey } from './keys.ts';
import { layout } from './layout.ts';
import { type Condition, commit } from './transaction.ts';

/** Who is editing, unless their time is up: expired items stay readable until DynamoDB gets round to them. */
export function lockFrom(item: Record<string, unknown> | undefined, now: number): Lock | null {
  if (!item || Number(item.expiresAt) * 1000 <= now) return null;
  const { by, at, expiresAt } = item as { by: Actor; at: string; expiresAt: number };
  return { by: actorOf(by), at, expiresAt: new Date(expiresAt * 1000).toISOString() };
}

/** Says that somebody is editing, or goes on to; throws `locked` while it is somebody else. `minutes` from now. */
export async function putLock(database: Database, articleId: string, by: Actor, minutes: number): Promise<Lock> {
  const now = database.timing.now();
  const expiresAt = Math.ceil(now / 1000) + minutes * 60;
  const item = { ...lockKey(articleId), v: layout, by: actorOf(by), at: new Date(now).toISOString(), expiresAt };
  await commit(database, [{ table: database.editorialTable, put: item, condition: ownOrFree(database, by) }]);
  return { by: item.by, at: item.at, expiresAt: new Date(expiresAt * 1000).toISOString() };
}

/** Takes the lock away: one's own, or with `anybodys` whosever it is. Throws `locked` when it is somebody else's. */
export async function deleteLock(
  database: Database,
  articleId: string,
  by: Actor,
  { anybodys }: { anybodys: boolean },
): Promise<void> {
  const condition = anybodys ? {} : { condition: ownOrFree(database, by) };
  await commit(database, [{ table: database.editorialTable, delete: lockKey(articleId), ...condition }]);
}

function ownOrFree({ timing }: Database, { sub }: Actor): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR expiresAt <= :now OR #by.#sub = :sub',
    names: { '#by': 'by', '#sub': 'sub' },
    values: { ':now': Math.floor(timing.now() / 1000), ':sub': sub },
    refusal: (found) => lockedBy(lockFrom(found, 0)),
  };
}

function lockedBy(lock: Lock | null): AppError {
  return new AppError(
    'locked',
    `${lock?.by.username ?? 'Somebody'} is editing this article until ${lock?.expiresAt}. You can save nevertheless: a lock holds nobody up, If-Match decides.`,
  );
}
