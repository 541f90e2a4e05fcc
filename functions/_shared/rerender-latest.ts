import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../store/database.ts';
import { type Rerendered, type RerenderOptions, rerenderArticle } from '../../store/rerender.ts';

/** How often an article may be changed by somebody else while it is rendered. */
const mostTries = 5;

/** Renders an article anew, from its state after whatever else was done to it meanwhile. Throws as `rerenderArticle` does. */
export async function rerenderLatest(database: Database, id: string, options: RerenderOptions): Promise<Rerendered> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await rerenderArticle(database, id, options);
    } catch (error) {
      const changed = error instanceof AppError && ['version_conflict', 'busy'].includes(error.code);
      if (!changed || tries === mostTries) throw error;
    }
  }
}
