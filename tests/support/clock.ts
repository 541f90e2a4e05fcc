import type { Database } from '../../store/database.ts';
import { systemTiming } from '../../store/retry.ts';

/** What a run of the clock has, in milliseconds, as infra/ gives it. */
const runTime = 55_000;

/** The database as a run of the clock has it that begins at this time: its clock goes on from there. */
export function databaseAt(database: Database, at: Date | string, time = runTime): Database {
  const ahead = new Date(at).getTime() - Date.now();
  const now = () => Date.now() + ahead;
  return { ...database, timing: { ...systemTiming, now }, deadline: now() + time };
}

/** `milliseconds` from now, to the second. */
export function later(milliseconds: number): string {
  return new Date(Math.ceil((Date.now() + milliseconds) / 1000) * 1000).toISOString();
}
