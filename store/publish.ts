import { AppError } from '../contract/errors.ts';
import type { PublishDecision, UnpublishDecision } from '../domain/article/publish.ts';
import type { Database } from './database.ts';
import { type Remembered, rememberAnswer } from './idempotency.ts';
import { changeKey, currentSlugKey, listingKey, publicDocumentKey, publishedVersionKey, slugClaimKey } from './keys.ts';
import { layout } from './layout.ts';
import { causeOf, contentWrites, rowId, servedDocument } from './public-items.ts';
import { putHistory } from './save-revision.ts';
import { commit, type Write } from './transaction.ts';
import { putWorkingCopy } from './working-copies.ts';

/**
 * Publishes: the working copy, history, slug, public document, listing rows, version and change log line, all or none.
 * Throws `version_conflict`, `not_found`, `slug_taken`, `too_large`, `busy`.
 */
export async function publish(database: Database, decision: PublishDecision, remembered?: Remembered): Promise<void> {
  const sentAt = database.timing.now();
  await commit(
    database,
    publishWrites(database, decision, { sentAt, changeId: database.newChangeId(sentAt) }, remembered),
  );
}

type Send = { sentAt: number; changeId: string };

/** The transaction of a publication; a test counts the writes of the worst one. */
export function publishWrites(
  database: Database,
  decision: PublishDecision,
  { sentAt, changeId }: Send,
  remembered?: Remembered,
): Write[] {
  const { copy, publication, previous, document, summary } = decision;
  const { slug, seq, publishedAt, kind } = publication;
  const served = servedDocument(document, publishedAt);
  const row = { v: layout, row: JSON.stringify(summary) };
  const kept = new Set(publication.listKeys.map((listing) => rowId(listing, publication.sortAt)));
  const content = contentWrites(database);
  return [
    ...rememberAnswer(database, remembered),
    putWorkingCopy(database, decision),
    ...(slug === previous?.slug ? [] : [claimSlug(database, slug, copy.id)]),
    putHistory(database, decision, changeId),
    content.put(publicDocumentKey(slug), served),
    ...(previous && previous.slug !== slug
      ? [content.put(publicDocumentKey(previous.slug), { v: layout, state: 'redirect', articleId: copy.id })]
      : []),
    content.put(currentSlugKey(copy.id), { v: layout, state: 'live', slug, seq, changeId, ...causeOf(database) }),
    content.put(publishedVersionKey(copy.id, publishedAt, seq), { ...served, slug, seq, kind, changeId }),
    ...(previous?.listKeys ?? [])
      .filter((listing) => !kept.has(rowId(listing, previous?.sortAt ?? '')))
      .map((listing) => content.delete(listingKey(listing, previous?.sortAt ?? '', copy.id))),
    ...publication.listKeys.map((listing) => content.put(listingKey(listing, publication.sortAt, copy.id), row)),
    content.put(changeKey(new Date(sentAt), changeId), { v: layout, articleId: copy.id, slug, kind, seq }),
  ];
}

/**
 * Withdraws: the working copy, history, and the removal of the public document and all its listing rows, all or none.
 * The slug stays claimed. Throws `version_conflict`, `not_found`, `busy`.
 */
export async function unpublish(database: Database, decision: UnpublishDecision): Promise<void> {
  const { copy, previous, publication } = decision;
  const { slug, seq } = publication;
  const sentAt = database.timing.now();
  const changeId = database.newChangeId(sentAt);
  const content = contentWrites(database);
  const withdrawn = { v: layout, state: 'withdrawn', slug, seq, changeId };
  await commit(database, [
    putWorkingCopy(database, decision),
    putHistory(database, decision, changeId),
    content.delete(publicDocumentKey(slug)),
    content.put(currentSlugKey(copy.id), { ...withdrawn, ...causeOf(database) }),
    content.put(publishedVersionKey(copy.id, copy.updatedAt, seq), withdrawn),
    ...previous.listKeys.map((listing) => content.delete(listingKey(listing, previous.sortAt, copy.id))),
    content.put(changeKey(new Date(sentAt), changeId), { v: layout, articleId: copy.id, slug, kind: 'unpublish', seq }),
  ]);
}

/** Slugs are claimed for good; an article may take back one that it had before. */
function claimSlug(database: Database, slug: string, articleId: string): Write {
  return {
    table: database.editorialTable,
    put: { ...slugClaimKey(slug), v: layout, articleId },
    condition: {
      expression: 'attribute_not_exists(pk) OR articleId = :articleId',
      values: { ':articleId': articleId },
      refusal: () => slugTaken(slug),
    },
  };
}

function slugTaken(slug: string): AppError {
  return new AppError(
    'slug_taken',
    `Another article has the slug ${slug}. Give this one another slug and publish again.`,
    {
      fields: [{ pointer: '/slug', detail: 'is the slug of another article' }],
    },
  );
}
