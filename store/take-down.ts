import { decodeTime } from 'ulid';
import { correctionsListing } from '../domain/article/corrections.ts';
import { fullLatest, isFullListing } from '../domain/article/feed-story.ts';
import type { TakeDownDecision } from '../domain/article/take-down.ts';
import type { Kill } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import type { NewItem } from './items.ts';
import { changeKey, currentSlugKey, listingKey, publicDocumentKey, publishedVersionKey } from './keys.ts';
import { layout } from './layout.ts';
import { causeOf, contentWrites, rowId } from './public-items.ts';
import { deskWrites } from './save-decision.ts';
import { newSweep } from './sweeps.ts';
import { commit, type Write } from './transaction.ts';

/**
 * Withdraws or kills: the working copy, history, the removal of the public document (or the notice in its place) and of all
 * its listing rows, all or none. The slug stays claimed. Throws `version_conflict`, `not_found`, `busy`, and NotDueAnyMore.
 */
export async function takeDown(database: Database, decision: TakeDownDecision): Promise<void> {
  await commit(database, takeDownWrites(database, decision, database.newChangeId(database.timing.now())));
}

/** The transaction of a withdrawal or a kill; a test counts the writes of the worst one. */
export function takeDownWrites(database: Database, decision: TakeDownDecision, changeId: string): Write[] {
  const { copy, previous, publication, history } = decision;
  const { slug, seq, state, kill } = publication;
  const content = contentWrites(database);
  const ended = { v: layout, state, slug, seq, changeId };
  const corrections = previous.state === 'live' ? previous.corrections : [];
  return [
    ...deskWrites(database, decision, changeId),
    kill
      ? content.put(publicDocumentKey(slug), tombstone(kill, { articleId: copy.id, seq }))
      : content.delete(publicDocumentKey(slug)),
    content.put(currentSlugKey(copy.id), { ...ended, ...causeOf(database) }),
    content.put(publishedVersionKey(copy.id, copy.updatedAt, seq), ended),
    ...(kill ? [newSweep(database, { of: 'story', name: copy.id, because: 'killed' })] : []),
    ...rowWrites(database, decision),
    ...corrections.map(({ at }) => content.delete(listingKey(correctionsListing, at, copy.id))),
    content.put(changeKey(decodeTime(changeId), changeId), {
      v: layout,
      articleId: copy.id,
      slug,
      kind: history.action,
      seq,
    }),
  ];
}

/** What stands at the address of a killed story: what readers are told, and nothing of what it said. */
export function tombstone(
  { at, notice, headline }: Kill,
  { articleId, seq }: { articleId: string; seq: number },
): NewItem {
  const kept = headline === null ? {} : { headline };
  return { v: layout, state: 'killed', killedAt: at, notice, articleId, seq, ...kept };
}

/**
 * Its rows go. Of a killed story feeds tell their readers to forget what they have, as news of the time of the kill: what
 * aggregators keep may be older than anything else in a feed. One that was withdrawn before stood in no section any more.
 */
function rowWrites(database: Database, { copy, previous, publication: { kill } }: TakeDownDecision): Write[] {
  const content = contentWrites(database);
  const gone = new Map<string, Write>();
  for (const listing of previous.listKeys)
    gone.set(rowId(listing, previous.sortAt), content.delete(listingKey(listing, previous.sortAt, copy.id)));
  if (!kill) return [...gone.values()];
  const { at, notice } = kill;
  const entry = { v: layout, state: 'killed', killedAt: at, notice };
  for (const listing of new Set([fullLatest, ...previous.listKeys.filter(isFullListing)]))
    gone.set(rowId(listing, at), content.put(listingKey(listing, at, copy.id), entry));
  return [...gone.values()];
}
