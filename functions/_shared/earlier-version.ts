import { AppError } from '../../contract/errors.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { pointedAt, withoutStories } from '../../domain/article/public-document.ts';
import type { ServedVersion } from '../../store/public-versions.ts';
import { findKilled, type PublishedStore } from '../../store/published.ts';
import { documentIn } from './document-reply.ts';
import { showsEarlierVersions } from './environment.ts';

/** Throws `not_found` where the newsroom shows current versions alone. */
export function assertVersionsShown(): void {
  if (!showsEarlierVersions())
    throw new AppError('not_found', 'This newsroom shows no earlier versions of its stories.');
}

/** BatchGetItem’s limit. */
const mostAsked = 100;

/**
 * What an earlier version said, without links to stories that were killed since, whose titles it may have. `current` is what
 * the story says now: what it still points at was looked at when it was published, and when the other was killed. At most one
 * BatchGetItem.
 */
export async function versionDocument(
  store: PublishedStore,
  version: ServedVersion,
  current: PublishedArticle,
): Promise<PublishedArticle> {
  const document = documentIn(version);
  const known = new Set(pointedAt(current));
  const unknown = pointedAt(document).filter((id) => !known.has(id));
  const asked = unknown.slice(0, mostAsked);
  const killed = await findKilled(store, asked);
  // What is too much to ask about goes too.
  return withoutStories(document, new Set([...killed, ...unknown.slice(mostAsked)]));
}
