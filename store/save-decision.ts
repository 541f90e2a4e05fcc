import type { Decision } from '../domain/article/working-copy.ts';
import { claimWrites } from './claim-slug.ts';
import type { Database } from './database.ts';
import { dueWrites } from './due.ts';
import { type Remembered, rememberAnswer, rememberedKey } from './idempotency.ts';
import { pack, packArticle } from './items.ts';
import { historyKey, revisionKey } from './keys.ts';
import { layout } from './layout.ts';
import { commit, type Write } from './transaction.ts';
import { putWorkingCopy } from './working-copies.ts';

/**
 * Saves what was decided and is nobody's business but the desk's, all or none. Throws `version_conflict`, `not_found`,
 * `too_large`, `busy`.
 */
export async function saveDecision(database: Database, decision: Decision, remembered?: Remembered): Promise<void> {
  await commit(database, deskWrites(database, decision, database.newChangeId(database.timing.now()), remembered));
}

/**
 * The writes of the editorial table that every action has: the working copy, its new revision if it has one, what becomes
 * due or is not due any more, a line of history, and the answer that is kept for repeats. Throws `too_large`.
 */
export function deskWrites(database: Database, decision: Decision, changeId: string, remembered?: Remembered): Write[] {
  const { before, copy } = decision;
  const isRevised = copy.revision !== before?.revision;
  const packed = isRevised ? packArticle(copy.article) : pack(copy.article);
  return [
    ...rememberAnswer(database, remembered, copy.id),
    putWorkingCopy(database, decision, packed),
    ...(isRevised ? [putRevision(database, decision, packed)] : []),
    ...dueWrites(database, decision),
    putHistory(database, decision, changeId, remembered),
  ];
}

function putRevision(database: Database, { copy, history }: Decision, packed: Buffer): Write {
  const { id, revision, updatedAt, updatedBy } = copy;
  const item = {
    ...revisionKey(id, revision),
    v: layout,
    revision,
    at: updatedAt,
    by: updatedBy,
    action: history.action,
    article: packed,
  };
  return {
    table: database.editorialTable,
    put: item,
    condition: {
      expression: 'attribute_not_exists(pk)',
      refusal: () => new Error(`Revision ${revision} of article ${id} exists already; revisions never change.`),
    },
  };
}

/** `answer` names the kept answer of the request: a purge has to find it, since it holds the article. */
function putHistory(database: Database, { copy, history }: Decision, changeId: string, remembered?: Remembered): Write {
  const answer = remembered && { answer: rememberedKey(remembered).pk };
  return {
    table: database.editorialTable,
    put: { ...historyKey(copy.id, changeId), v: layout, ...history, ...answer },
  };
}

/** As `saveDecision`, with the claim of the slug that the article is going to be published under. Throws `slug_taken` too. */
export async function saveSchedule(database: Database, decision: Decision): Promise<void> {
  const { before, copy } = decision;
  const slug = copy.schedule?.publication?.slug;
  await commit(database, [
    ...deskWrites(database, decision, database.newChangeId(database.timing.now())),
    ...(slug === undefined ? [] : claimWrites(database, slug, before?.slugs ?? [], copy.id)),
  ]);
}
