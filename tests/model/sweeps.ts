import type { Sweep, World } from './model.ts';

/** What is begun anew while it is under way is begun anew. */
export function beginSweep({ sweeps }: World, about: string, because: Sweep['because'], at: number): void {
  sweeps.set(about, { because, dueAt: at, rounds: 2 });
}

/** What there is to go over at this time. */
export const dueSweeps = ({ sweeps }: World, now: number): string[] =>
  [...sweeps].flatMap(([about, { dueAt }]) => (dueAt <= now ? [about] : []));
