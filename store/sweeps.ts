import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { articleIdOf, duePartition, type Key, sectionSweepKey, storySweepKey } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { type Condition, commit, type Write } from './transaction.ts';

/** What a sweep is about: a section that was renamed or merged, or a story. */
export type SweepOf = { of: 'section' | 'story'; name: string };

/** `corrected`: the entries of a story's earlier corrections say what it was called before. */
type Cause = 'renamed' | 'killed' | 'corrected';

/**
 * What the clock goes over after a change that a transaction has no room for: once at once, and once more after every
 * publication could have ended that did not know of the change yet. `after` is how far the round came, `missed` whether some
 * story of it was too busy, so that there has to be another.
 */
export type Sweep = SweepOf & {
  because: Cause;
  id: string;
  rounds: number;
  after?: string | undefined;
  missed?: boolean | undefined;
};

/** Milliseconds. A publication has eight seconds to end, and clocks differ a little. */
const longestPublication = 15_000;

/** The write of a sweep that begins now, in the transaction of its change; one that is under way begins anew. */
export function newSweep(database: Database, about: SweepOf & { because: Cause }): Write {
  const now = database.timing.now();
  return putSweep(database, { ...about, id: database.newChangeId(now), rounds: 2 }, now);
}

/** Which sweep an item of the due index is. */
export function sweepOf({ pk, sk }: Record<string, unknown>): SweepOf | undefined {
  if (sk === storySweepKey('').sk) return { of: 'story', name: articleIdOf(pk) };
  const prefix = sectionSweepKey('').sk;
  return String(sk).startsWith(prefix) ? { of: 'section', name: String(sk).slice(prefix.length) } : undefined;
}

/** The sweep as it stands; undefined when it has ended, or its next round is not due yet. */
export async function findSweep(database: Database, about: SweepOf): Promise<Sweep | undefined> {
  const command = new GetCommand({ TableName: database.editorialTable, Key: keyOf(about), ConsistentRead: true });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  // Another run may have ended the round since the index was read.
  if (!Item || String(Item.dueAt) > new Date(database.timing.now()).toISOString()) return undefined;
  const { because, id, rounds, after, missed } = Item as Sweep;
  return { ...about, because, id, rounds, after, missed };
}

/** Says how far a round came, so that the next run goes on from there. */
export async function saveProgress(
  database: Database,
  sweep: Sweep,
  { after, missed }: { after: string; missed: boolean },
): Promise<void> {
  await commitUnlessAnew(database, putSweep(database, { ...sweep, after, missed }, database.timing.now()), sweep);
}

/** Ends a round, begun at `startedAt` (epoch ms). A sweep that another change began anew meanwhile stays as it is. */
export async function endRound(
  database: Database,
  done: Sweep,
  { startedAt, missed }: { startedAt: number; missed: boolean },
): Promise<void> {
  const next = { ...done, rounds: missed ? done.rounds : done.rounds - 1, after: undefined, missed: undefined };
  const write: Write =
    next.rounds > 0
      ? putSweep(database, next, startedAt + longestPublication)
      : { table: database.editorialTable, delete: keyOf(done) };
  await commitUnlessAnew(database, write, done);
}

async function commitUnlessAnew(database: Database, write: Write, { id, rounds, name }: Sweep): Promise<void> {
  const condition: Condition = {
    expression: 'id = :id AND rounds = :rounds',
    values: { ':id': id, ':rounds': rounds },
    refusal: () => new BegunAnew(name),
  };
  await commit(database, [{ ...write, condition }]).catch((error: unknown) => {
    if (!(error instanceof BegunAnew)) throw error;
  });
}

class BegunAnew extends Error {}

function putSweep(database: Database, sweep: Sweep, at: number): Write {
  const { because, id, rounds, after, missed } = sweep;
  const dueAt = new Date(at).toISOString();
  const progress = { ...(after === undefined ? {} : { after }), ...(missed ? { missed } : {}) };
  const item = { ...keyOf(sweep), v: layout, dueKey: duePartition, dueAt, because, id, rounds, ...progress };
  return { table: database.editorialTable, put: item };
}

function keyOf({ of, name }: SweepOf): Key {
  return of === 'section' ? sectionSweepKey(name) : storySweepKey(name);
}
