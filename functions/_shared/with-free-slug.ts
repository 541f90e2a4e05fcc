import { AppError } from '../../contract/errors.ts';
import { wantedSlug } from '../../domain/article/address.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { findFreeSlug } from '../../store/free-slug.ts';

/** How often a slug that was free a moment ago may turn out to be taken before the caller is told. */
const mostTries = 8;

/**
 * Calls `claim` with the slug that the article wants. One made from the headline that another article has is numbered
 * (`-2`, `-3`); one that was asked for is refused with `slug_taken`.
 */
export async function withFreeSlug<Result>(
  database: Database,
  copy: WorkingCopy,
  claim: (slug: string) => Promise<Result>,
): Promise<Result> {
  const wanted = wantedSlug(copy);
  let slug = wanted.slug;
  for (let tries = 1; ; tries += 1) {
    try {
      return await claim(slug);
    } catch (error) {
      const taken = error instanceof AppError && error.code === 'slug_taken';
      if (!taken || wanted.asked || tries === mostTries) throw error;
      slug = await findFreeSlug(database, wanted.slug, copy.id, 2 ** (tries - 1));
    }
  }
}
