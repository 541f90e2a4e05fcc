import type { Database } from '../../store/database.ts';
import { type DueHint, listDue } from '../../store/due.ts';
import type { SweepOf } from '../../store/sweeps.ts';
import { explain, log } from '../_shared/log.ts';
import { afterUnreadable, carryOut } from './carry-out.ts';
import { sweepOne } from './sweep.ts';

/** What a run did: articles by what became of them, and sweeps. */
export type Done = {
  published: number;
  unpublished: number;
  purged: number;
  retried: number;
  failed: number;
  swept: number;
};

/** Articles that are carried out side by side, begun in the order in which they were due. */
const sideBySide = 8;
const pageSize = 100;
/** Nothing is begun that could not end in time, in milliseconds. */
const longestAction = 8000;

const counters = { publish: 'published', unpublish: 'unpublished', purge: 'purged' } as const;

/**
 * Carries out what is due by now, and then what follows changes of many stories, until all is done or the database's
 * deadline is near: the next run takes up the rest. It may run beside itself.
 */
export async function runDue(database: Database): Promise<{ done: Done; lateByMs: number[] }> {
  const done: Done = { published: 0, unpublished: 0, purged: 0, retried: 0, failed: 0, swept: 0 };
  const lateByMs: number[] = [];
  const sweeps: SweepOf[] = [];
  const hasTime = () => database.timing.now() < database.deadline - longestAction;
  const now = new Date(database.timing.now());
  let after: Record<string, unknown> | undefined;
  do {
    const page = await listDue(database, { now, limit: pageSize, after });
    sweeps.push(...page.sweeps);
    await inOrder(page.hints, hasTime, async (hint) => {
      const outcome = await carryOutSafely(database, hint);
      if (outcome === 'failed' || outcome === 'retried') done[outcome] += 1;
      if (typeof outcome === 'object') {
        done[counters[hint.action]] += 1;
        lateByMs.push(outcome.lateByMs);
      }
    });
    after = page.next;
  } while (after && hasTime());
  // What a killed story said comes before what a section is called.
  for (const about of sweeps.toSorted((a, b) => rank(a) - rank(b))) {
    const outcome = hasTime() ? await sweepSafely(database, about) : 'begun';
    if (outcome !== 'begun') done[outcome] += 1;
  }
  return { done, lateByMs };
}

const rank = ({ of }: SweepOf): number => (of === 'story' ? 0 : 1);

/** One article's failure is its own: it holds up none of the others. */
async function carryOutSafely(database: Database, hint: DueHint): ReturnType<typeof carryOut> {
  const deadline = Math.min(database.deadline, database.timing.now() + longestAction);
  try {
    return await carryOut({ ...database, deadline }, hint);
  } catch (error) {
    log('error', 'due', {
      articleId: hint.articleId,
      action: hint.action,
      outcome: 'unexpected',
      error: explain(error),
    });
    return await afterUnreadable({ ...database, deadline }, hint).catch(() => 'retried' as const);
  }
}

async function sweepSafely(database: Database, about: SweepOf): Promise<'swept' | 'begun' | 'failed'> {
  try {
    return (await sweepOne(database, about)) ? 'swept' : 'begun';
  } catch (error) {
    log('error', 'sweep', { [about.of]: about.name, outcome: 'unexpected', error: explain(error) });
    return 'failed';
  }
}

async function inOrder<Item>(
  items: readonly Item[],
  hasTime: () => boolean,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    while (hasTime()) {
      const { value, done } = waiting.next();
      if (done) return;
      await work(value);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}
