import { decodeTime } from 'ulid';
import type { CorrectionEntry } from '../domain/article/corrections.ts';
import { correctionsListing } from '../domain/article/corrections.ts';
import type { PublishDecision } from '../domain/article/publish.ts';
import type { Publication } from '../domain/article/working-copy.ts';
import { claimWrites } from './claim-slug.ts';
import type { Database } from './database.ts';
import type { Remembered } from './idempotency.ts';
import { changeKey, currentSlugKey, listingKey, publicDocumentKey, publishedVersionKey } from './keys.ts';
import { layout } from './layout.ts';
import { cardOf, causeOf, contentWrites, rowId, rowItem, servedDocument } from './public-items.ts';
import { deskWrites } from './save-decision.ts';
import { newSweep } from './sweeps.ts';
import { commit, type Write } from './transaction.ts';

/** The entries of earlier corrections, where they have to be written again: they leave their listing with the story. */
type Entries = readonly CorrectionEntry[];

/**
 * Publishes: the working copy, history, slug, public document, listing rows, version and change log line, all or none.
 * Throws `version_conflict`, `not_found`, `slug_taken`, `too_large`, `busy`, and NotDueAnyMore.
 */
export async function publish(
  database: Database,
  decision: PublishDecision,
  { remembered, corrections = [] }: { remembered?: Remembered | undefined; corrections?: Entries } = {},
): Promise<void> {
  const changeId = database.newChangeId(database.timing.now());
  await commit(database, publishWrites(database, decision, changeId, { remembered, corrections }));
}

/** The transaction of a publication; a test counts the writes of the worst one. */
export function publishWrites(
  database: Database,
  decision: PublishDecision,
  changeId: string,
  { remembered, corrections = [] }: { remembered?: Remembered | undefined; corrections?: Entries } = {},
): Write[] {
  const { copy, before, publication, previous, document, summary, correction } = decision;
  const { slug, seq, publishedAt, kind } = publication;
  const served = servedDocument(document, publication);
  const content = contentWrites(database);
  return [
    ...deskWrites(database, decision, changeId, remembered),
    ...claimWrites(database, slug, before?.slugs ?? [], copy.id),
    content.put(publicDocumentKey(slug), served),
    ...(previous && previous.slug !== slug
      ? [content.put(publicDocumentKey(previous.slug), { v: layout, state: 'redirect', articleId: copy.id })]
      : []),
    content.put(currentSlugKey(copy.id), {
      ...{ v: layout, state: 'live', slug, seq, changeId },
      ...cardOf(document, summary, publication),
      ...causeOf(database),
    }),
    content.put(publishedVersionKey(copy.id, publishedAt, seq), { ...served, slug, seq, kind, changeId }),
    ...rowWrites(database, decision),
    ...[...corrections, ...(correction ? [correction] : [])].map((entry) => putCorrection(database, entry)),
    ...correctionsLeft(previous, publication).map((at) => content.delete(listingKey(correctionsListing, at, copy.id))),
    ...(hasStaleEntries(decision) ? [newSweep(database, { of: 'story', name: copy.id, because: 'corrected' })] : []),
    content.put(changeKey(decodeTime(changeId), changeId), { v: layout, articleId: copy.id, slug, kind, seq }),
  ];
}

function rowWrites(database: Database, { copy, previous, publication, document, summary }: PublishDecision): Write[] {
  const content = contentWrites(database);
  const kept = new Set(publication.listKeys.map((listing) => rowId(listing, publication.sortAt)));
  const before = previous ?? { listKeys: [], sortAt: '' };
  return [
    ...before.listKeys
      .filter((listing) => !kept.has(rowId(listing, before.sortAt)))
      .map((listing) => content.delete(listingKey(listing, before.sortAt, copy.id))),
    ...publication.listKeys.map((listing) =>
      content.put(listingKey(listing, publication.sortAt, copy.id), rowItem(listing, document, summary)),
    ),
  ];
}

export function putCorrection(database: Database, entry: CorrectionEntry): Write {
  const row = { v: layout, row: JSON.stringify(entry) };
  return contentWrites(database).put(listingKey(correctionsListing, entry.at, entry.id), row);
}

/** Whether earlier corrections name the story as it was: the transaction has no room for them, so that the clock does it. */
function hasStaleEntries({ previous, isRenamed }: PublishDecision): boolean {
  return isRenamed && previous?.state === 'live' && previous.corrections.length > 0;
}

/** The times of corrections that are too many. */
function correctionsLeft(previous: Publication | null, publication: Publication): string[] {
  if (previous?.state !== 'live') return [];
  const kept = new Set(publication.corrections.map(({ at }) => at));
  return previous.corrections.flatMap(({ at }) => (kept.has(at) ? [] : [at]));
}
