import type { Decision } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { type Remembered, rememberAnswer } from './idempotency.ts';
import { packArticle } from './items.ts';
import { historyKey, revisionKey } from './keys.ts';
import { layout } from './layout.ts';
import { commit, type Write } from './transaction.ts';
import { putWorkingCopy } from './working-copies.ts';

/**
 * Writes a changed article: the working copy, its new revision and a line of history, all or none. Throws
 * `version_conflict`, `not_found`, `too_large`, `busy`.
 */
export async function saveRevision(database: Database, decision: Decision, remembered?: Remembered): Promise<void> {
  const packed = packArticle(decision.copy.article);
  await commit(database, [
    ...rememberAnswer(database, remembered),
    putWorkingCopy(database, decision, packed),
    putRevision(database, decision, packed),
    putHistory(database, decision, database.newChangeId(database.timing.now())),
  ]);
}

function putRevision(database: Database, { copy }: Decision, packed: Buffer): Write {
  const { id, revision, updatedAt, updatedBy } = copy;
  const item = {
    ...revisionKey(id, revision),
    v: layout,
    revision,
    at: updatedAt,
    by: updatedBy,
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

export function putHistory(database: Database, { copy, history }: Decision, changeId: string): Write {
  return { table: database.editorialTable, put: { ...historyKey(copy.id, changeId), v: layout, ...history } };
}
