/**
 * The only clock that the code under test sees in this file's process: it stands still until it is told to go on. To be
 * imported before anything that takes hold of Date.now.
 */
const wallTime = Date.now();

/** Begins on a full hour ahead of the wall, so that the engine's own clock never expires an item of ours. */
let now = Math.ceil(wallTime / 3_600_000 + 1) * 3_600_000;

Date.now = () => now;

export const clock = {
  now: (): number => now,
  /** Time never goes back, from one sequence to the next either: change ids rise with it. */
  goOn(milliseconds: number): void {
    now += milliseconds;
  },
  /** So that a sequence sees the same fractions of seconds and hours whenever it is played. */
  goOnToFullHour(): void {
    now = (Math.floor(now / 3_600_000) + 1) * 3_600_000;
  },
};

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const iso = (at: number): string => new Date(at).toISOString();
