import { listReads } from './list-reads.ts';
import type { Read } from './readable.ts';
import { storyReads } from './story-reads.ts';

/** Every route that the public may ask, in the ways that differ in what they take. */
export const reads = { ...storyReads, ...listReads } as const satisfies Record<string, Read>;

export type ReadId = keyof typeof reads;
export const readIds = Object.keys(reads) as ReadId[];
export const readOf = (id: ReadId): Read => reads[id];

/** The requests with those that went side by side by name, since they arrive in any order. */
export function inOrder(requests: readonly string[], steps: Read['requests']): string[] {
  const left = [...requests];
  const told = steps.flatMap((step) =>
    typeof step === 'string' ? left.splice(0, 1) : left.splice(0, step.length).sort(),
  );
  return [...told, ...left];
}

/** The same, as they should be. */
export const requestsOf = ({ requests }: Read): string[] =>
  requests.flatMap((step) => (typeof step === 'string' ? [step] : [...step].sort()));
