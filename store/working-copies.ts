import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import { type Article, articleSchema } from '../contract/schemas/article.ts';
import { editorialSummary } from '../domain/article/desk-view.ts';
import { versionConflict } from '../domain/article/version.ts';
import { actorOf, type Decision, publicState, type WorkingCopy } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { type NewItem, pack, unpack } from './items.ts';
import { articleIdOf, changedKey, lockKey, recentPartition, stagePartition, workingCopyKey } from './keys.ts';
import { layout } from './layout.ts';
import { lockFrom } from './lock.ts';
import { withRetries } from './retry.ts';
import type { Write } from './transaction.ts';

/** The article as its last committed action left it, read consistently. Throws `not_found`. */
export async function getWorkingCopy(database: Database, articleId: string): Promise<WorkingCopy> {
  const copy = await findWorkingCopy(database, articleId);
  if (!copy) throw notFound(articleId);
  return copy;
}

/** As `getWorkingCopy`, with who is editing. One Query, for the two lie side by side. Throws `gone` for a purged article. */
export async function findWorkingCopy(database: Database, articleId: string): Promise<WorkingCopy | undefined> {
  const copy = workingCopyKey(articleId);
  const lock = lockKey(articleId);
  const command = new QueryCommand({
    TableName: database.editorialTable,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :copy AND :lock',
    ExpressionAttributeValues: { ':pk': copy.pk, ':copy': copy.sk, ':lock': lock.sk },
    ConsistentRead: true,
  });
  const { Items = [] } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  const item = Items.find(({ sk }) => sk === copy.sk);
  if (!item) return undefined;
  if (item.purgedAt !== undefined) throw purged(articleId, String(item.purgedAt));
  const held = lockFrom(
    Items.find(({ sk }) => sk === lock.sk),
    database.timing.now(),
  );
  return { ...workingCopyFrom(item), lock: held };
}

function purged(articleId: string, at: string): AppError {
  return new AppError('gone', `The article ${articleId} was purged at ${at}: its text is deleted.`);
}

/**
 * The write of a working copy, on condition that it is still the one that the change was based on: of the same version, and
 * of the same rendering, which rises where the change is one (`rendered`). `packed` is its article, where that was packed
 * already.
 */
export function putWorkingCopy(
  database: Database,
  { copy, before, rendered = false }: Pick<Decision, 'copy' | 'before'> & { rendered?: boolean },
  packed: Buffer = pack(copy.article),
): Write {
  const { id, article: _, lock: __, rendering: last, ...standing } = copy;
  const rendering = rendered ? last + 1 : last;
  const item: NewItem = {
    ...workingCopyKey(id),
    v: layout,
    ...standing,
    ...(rendering === 0 ? {} : { rendering }),
    article: packed,
    summary: JSON.stringify(editorialSummary(copy)),
    stageKey: stagePartition(copy.stage, publicState(copy)),
    recentKey: recentPartition,
    changedKey: changedKey(copy.updatedAt, id),
  };
  if (before === null)
    return {
      table: database.editorialTable,
      put: item,
      condition: {
        expression: 'attribute_not_exists(pk)',
        refusal: (found) => versionConflict(Number(found?.version), 0),
      },
    };
  return {
    table: database.editorialTable,
    put: item,
    condition: {
      expression: `version = :basedOn AND ${last === 0 ? 'attribute_not_exists(rendering)' : 'rendering = :rendering'}`,
      values: { ':basedOn': before.version, ...(last === 0 ? {} : { ':rendering': last }) },
      refusal: (found) => (found ? changedMeanwhile(Number(found.version), before.version) : notFound(id)),
    },
  };
}

/** The version is the caller's business; a rendering is not, and the same request will do. */
function changedMeanwhile(version: number, basedOn: number): AppError {
  if (version !== basedOn) return versionConflict(version, basedOn);
  return new AppError('busy', 'What is public of this article was just rendered anew. Send the same request again.', {
    retryAfter: 1,
  });
}

export function notFound(articleId: string): AppError {
  return new AppError('not_found', `There is no article ${articleId}.`);
}

function workingCopyFrom(item: Record<string, unknown>): WorkingCopy {
  if (item.v !== layout) throw new Error(`${item.pk} has the layout ${item.v}; this build reads ${layout}.`);
  const { stage, version, revision, createdAt, createdBy, updatedAt, updatedBy, headlineSlug, ...kept } =
    item as unknown as WorkingCopy;
  const publication = kept.publication && { ...publicationBefore, ...kept.publication };
  return {
    id: articleIdOf(item.pk),
    stage,
    version,
    revision,
    createdAt,
    createdBy: actorOf(createdBy),
    updatedAt,
    updatedBy: actorOf(updatedBy),
    publication,
    // An article from before there were reviews has none of these yet.
    approval: kept.approval ?? null,
    editedBy: kept.editedBy ?? [createdBy.sub],
    schedule: kept.schedule ?? null,
    trouble: kept.trouble ?? null,
    trashedAt: kept.trashedAt ?? null,
    slugs: kept.slugs ?? (publication ? [publication.slug] : []),
    rendering: Number(item.rendering ?? 0),
    headlineSlug,
    lock: null,
    article: articleFrom(item),
  };
}

/** What a publication lacks from before there were corrections and kills. */
const publicationBefore = { corrections: [], kill: null };

/** Checked on the way out too, so that an item which something else wrote is found here and not by readers. */
export function articleFrom(item: Record<string, unknown>): Article {
  const result = articleSchema.safeParse(unpack(item.article as Uint8Array));
  if (result.success) return result.data;
  throw new Error(`${item.pk} holds no article of layout ${layout}.`, { cause: result.error });
}
