import type { Caller } from '../../domain/article/working-copy.ts';

/** Who stands in the history of what happened by itself. */
export const clock: Caller = { sub: 'dateline-clock', username: 'clock', role: 'admin', client: 'clock' };
