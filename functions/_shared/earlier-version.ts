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
 * What an earlier version said, without links to stories that were killed since, whose titles it may have. At most one
 * BatchGetItem.
 */
export async function versionDocument(store: PublishedStore, version: ServedVersion): Promise<PublishedArticle> {
  const document = documentIn(version);
  const pointed = pointedAt(document);
  const killed = await findKilled(store, pointed.slice(0, mostAsked));
  // What is too much to ask about goes too.
  return withoutStories(document, new Set([...killed, ...pointed.slice(mostAsked)]));
}
