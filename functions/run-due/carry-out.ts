import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { decideFailure } from '../../domain/article/fail.ts';
import { decidePurge, decideWithdrawal } from '../../domain/article/take-down.ts';
import { dueTimes, type WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { type DueHint, findDue, NotDueAnyMore, postpone } from '../../store/due.ts';
import { beginPurge, endPurge } from '../../store/purge.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { takeDown } from '../../store/take-down.ts';
import { findWorkingCopy } from '../../store/working-copies.ts';
import { explain, log } from '../_shared/log.ts';
import { publishCopy } from '../_shared/publish-copy.ts';
import { clock } from './clock.ts';

/** What became of something due: done, so much late; to be tried again; given up; or not due after all. */
export type Outcome = { lateByMs: number } | 'retried' | 'failed' | 'not due';

/** Carries out one thing that is due, if it still is. */
export async function carryOut(database: Database, hint: DueHint): Promise<Outcome> {
  const { articleId, action } = hint;
  const now = new Date(database.timing.now());
  const copy = await findUnpurged(database, hint);
  if (copy === 'purged') return { lateByMs: 0 };
  const dueAt = copy && dueTimes(copy)[action];
  if (!copy || dueAt === undefined || Date.parse(dueAt) > now.getTime()) return 'not due';
  // What was to be public until now, and is not yet, is for its publication to say.
  if (action === 'unpublish' && copy.publication?.state !== 'live') return 'not due';
  const lateByMs = now.getTime() - Date.parse(dueAt);
  try {
    await perform(database, copy, { action, now, lateByMs });
    log('info', 'due', { articleId, action, outcome: 'done', lateByMs });
    return { lateByMs };
  } catch (error) {
    // Somebody else was quicker, or has changed the article: what is still due then is found by the next run.
    if (error instanceof NotDueAnyMore || isConflict(error)) return 'not due';
    return await afterFailure(database, copy, hint, error).catch(unlessConflict);
  }
}

/** A purge that was begun is ended, whoever began it. */
async function findUnpurged(database: Database, { articleId }: DueHint): Promise<WorkingCopy | undefined | 'purged'> {
  try {
    return await findWorkingCopy(database, articleId);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'gone')) throw error;
    await endPurge(database, articleId);
    return 'purged';
  }
}

type Performance = { action: DueHint['action']; now: Date; lateByMs: number };

async function perform(database: Database, copy: WorkingCopy, { action, now, lateByMs }: Performance): Promise<void> {
  const acting = { basedOn: copy.version, caller: clock, now };
  switch (action) {
    case 'publish':
      return await publishScheduled(database, copy, { now, lateByMs });
    case 'unpublish':
      return await takeDown(database, decideWithdrawal(copy, { ...acting, onTime: { lateByMs } }));
    case 'purge':
      await beginPurge(database, decidePurge(copy, { ...acting, onTime: { lateByMs } }));
      return await endPurge(database, copy.id);
  }
}

async function publishScheduled(
  database: Database,
  copy: WorkingCopy,
  { now, lateByMs }: { now: Date; lateByMs: number },
): Promise<void> {
  const { publication, unpublishAt } = copy.schedule ?? {};
  if (!publication) return;
  if (unpublishAt && Date.parse(unpublishAt) <= now.getTime())
    throw new AppError(
      'not_allowed',
      `It was to be public from ${publication.publishAt} to ${unpublishAt}, and that time is over.`,
    );
  const { kind, note, bump } = publication;
  const request = { ...(kind ? { kind } : {}), ...(note === null ? {} : { note }), bump };
  const publishing = { request, basedOn: copy.version, caller: clock, now, fourEyes: false, onTime: { lateByMs } };
  await publishCopy(database, copy, publishing, () => undefined);
}

/** What no repeat would change. */
const lasting: readonly ErrorCode[] = [
  'invalid_request',
  'not_allowed',
  'incomplete',
  'nothing_to_publish',
  'embargoed',
  'slug_taken',
  'four_eyes',
  'too_large',
];
const mostTries = 5;
/** Until the next try, in milliseconds: a minute, two, four, eight; what takes text away is tried every eight for good. */
const patience = (tries: number): number => 60_000 * 2 ** Math.min(tries - 1, 3);

/** Milliseconds to write down a failure, the time for the article itself having run out; a run keeps them back. */
const bookkeeping = 1500;

function inTime(database: Database): Database {
  return { ...database, deadline: Math.max(database.deadline, database.timing.now() + bookkeeping) };
}

/** Tried again later, and behind what is due by then; after some tries the article says so, and why. */
async function afterFailure(
  given: Database,
  copy: WorkingCopy,
  hint: DueHint,
  error: unknown,
): Promise<'retried' | 'failed' | 'not due'> {
  const database = inTime(given);
  const earlier = await findDue(database, hint);
  if (earlier === undefined) return 'not due';
  const tries = earlier.tries + 1;
  const isLasting = error instanceof AppError && lasting.includes(error.code);
  const givesUp = (isLasting || tries >= mostTries) && copy.trouble?.action !== hint.action;
  log('error', 'due', { ...hint, outcome: givesUp ? 'failed' : 'retried', tries, error: explain(error) });
  const now = new Date(database.timing.now());
  if (hint.action !== 'publish' || !givesUp) {
    const dueAt = new Date(now.getTime() + patience(tries)).toISOString();
    await postpone(database, hint, earlier, dueAt);
  }
  if (!givesUp) return 'retried';
  const reason = error instanceof AppError ? error : unexpected();
  await saveDecision(database, decideFailure(copy, { action: hint.action, reason, caller: clock, now }));
  return 'failed';
}

function unexpected(): AppError {
  return new AppError('unexpected', 'This was our fault and has been logged. Whoever runs the system has been told.');
}

function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === 'version_conflict';
}

function unlessConflict(error: unknown): 'not due' {
  if (isConflict(error)) return 'not due';
  throw error;
}

/** Of an article that can't be read, which can't say so itself: tried again like any other, and told to whoever is on duty. */
export async function afterUnreadable(given: Database, hint: DueHint): Promise<'retried' | 'failed' | 'not due'> {
  const database = inTime(given);
  const earlier = await findDue(database, hint);
  if (earlier === undefined) return 'not due';
  const tries = earlier.tries + 1;
  const dueAt = new Date(database.timing.now() + patience(tries)).toISOString();
  await postpone(database, hint, earlier, dueAt);
  return tries >= mostTries ? 'failed' : 'retried';
}
