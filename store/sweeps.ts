import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articleIdOf, duePartition, type Key, killedSweepKey, sectionSweepKey } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { type Condition, commit, type Write } from './transaction.ts';

/** What a sweep is about: a section that was renamed or merged, or a story that was killed. */
export type SweepOf = { of: 'section' | 'killed'; name: string };

/**
 * What the clock goes over after a change of many stories: once at once, and once more after every publication could have
 * ended that did not know of the change yet.
 */
export type Sweep = SweepOf & { id: string; rounds: number };

/** Milliseconds. A publication has eight seconds to end, and clocks differ a little. */
const longestPublication = 15_000;

/** The write of a sweep that begins now, in the transaction of its change; one that is under way begins anew. */
export function newSweep(database: Database, about: SweepOf): Write {
  const now = database.timing.now();
  return putSweep(database, { ...about, id: database.newChangeId(now), rounds: 2 }, now);
}

/** Which sweep an item of the due index is. */
export function sweepOf({ pk, sk }: Record<string, unknown>): SweepOf | undefined {
  if (sk === killedSweepKey('').sk) return { of: 'killed', name: articleIdOf(pk) };
  const prefix = sectionSweepKey('').sk;
  return String(sk).startsWith(prefix) ? { of: 'section', name: String(sk).slice(prefix.length) } : undefined;
}

/** The sweep as it stands; undefined once it has ended. */
export async function findSweep(database: Database, about: SweepOf): Promise<Sweep | undefined> {
  const command = new GetCommand({ TableName: database.editorialTable, Key: keyOf(about), ConsistentRead: true });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return Item && { ...about, id: String(Item.id), rounds: Number(Item.rounds) };
}

/** Ends a round, begun at `startedAt` (epoch ms). A sweep that another change began anew meanwhile stays as it is. */
export async function endRound(database: Database, done: Sweep, startedAt: number): Promise<void> {
  const condition: Condition = {
    expression: 'id = :id AND rounds = :rounds',
    values: { ':id': done.id, ':rounds': done.rounds },
    refusal: () => new BegunAnew(done.name),
  };
  const next = { ...done, rounds: done.rounds - 1 };
  const write: Write =
    next.rounds > 0
      ? { ...putSweep(database, next, startedAt + longestPublication), condition }
      : { table: database.editorialTable, delete: keyOf(done), condition };
  await commit(database, [write]).catch((error: unknown) => {
    if (!(error instanceof BegunAnew)) throw error;
  });
}

class BegunAnew extends Error {}

function putSweep(database: Database, sweep: Sweep, at: number): Write {
  const { id, rounds } = sweep;
  const item = { ...keyOf(sweep), v: layout, dueKey: duePartition, dueAt: new Date(at).toISOString(), id, rounds };
  return { table: database.editorialTable, put: item };
}

function keyOf({ of, name }: SweepOf): Key {
  return of === 'section' ? sectionSweepKey(name) : killedSweepKey(name);
}
