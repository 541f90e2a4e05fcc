import { setImmediate as turn } from 'node:timers/promises';
import { processIdentity } from '../../local/process-identity.ts';

/** Resolves when the process is gone. The test's own time limit is the limit. */
export async function untilGone(pid: number): Promise<void> {
  while ((await processIdentity(pid)) !== undefined) await turn();
}
