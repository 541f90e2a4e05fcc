import type { Caller } from '../../domain/article/working-copy.ts';

/** Who stands in the history of a seeded story. */
export const seeder: Caller = { sub: 'dateline-seeds', username: 'seeds', role: 'admin', client: 'seeds' };
