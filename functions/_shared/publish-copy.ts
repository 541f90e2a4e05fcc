import { AppError } from '../../contract/errors.ts';
import type { PublishRequest } from '../../contract/schemas/editorial-article.ts';
import { decidePublication, wantedSlug } from '../../domain/article/publish.ts';
import type { Caller, WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { findFreeSlug } from '../../store/free-slug.ts';
import type { Remembered } from '../../store/idempotency.ts';
import { publish } from '../../store/publish.ts';
import { getSection } from '../../store/sections.ts';
import { publicationSettings } from './environment.ts';

type Publishing = { request: PublishRequest; basedOn: number; caller: Caller; now: Date; publishedAt?: Date };

/** How often a slug that was free a moment ago may turn out to be taken before the caller is told. */
const mostTries = 8;

/**
 * Publishes the copy and returns it as it then is. A slug made from the headline that another article has is numbered
 * (`-2`, `-3`); one that was asked for is refused with `slug_taken`.
 */
export async function publishCopy(
  database: Database,
  copy: WorkingCopy,
  publishing: Publishing,
  remember: (published: WorkingCopy) => Remembered | undefined,
): Promise<WorkingCopy> {
  const { siteUrlTemplate } = publicationSettings();
  const section = copy.article.section === null ? undefined : await getSection(database, copy.article.section);
  const wanted = wantedSlug(copy);
  let slug = wanted.slug;
  for (let tries = 1; ; tries += 1) {
    const decision = decidePublication(copy, { ...publishing, section, slug, siteUrlTemplate });
    try {
      await publish(database, decision, remember(decision.copy));
      return decision.copy;
    } catch (error) {
      const taken = error instanceof AppError && error.code === 'slug_taken';
      if (!taken || wanted.asked || tries === mostTries) throw error;
      slug = await findFreeSlug(database, wanted.slug, copy.id, 2 ** (tries - 1));
    }
  }
}
