import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import { type Article, articleSchema } from '../contract/schemas/article.ts';
import type { EditorialSummary } from '../contract/schemas/editorial-article.ts';
import type { Stage } from '../contract/stages.ts';
import { versionConflict } from '../domain/article/version.ts';
import { actorOf, type Decision, editorialSummary, type WorkingCopy } from '../domain/article/working-copy.ts';
import { cursorAt, positionOf } from './cursor.ts';
import type { Database } from './database.ts';
import { type NewItem, pack, unpack } from './items.ts';
import { changedKey, recentPartition, stagePartition, workingCopyKey } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { tables } from './tables.ts';
import type { Write } from './transaction.ts';

/** The article as its last committed action left it, read consistently. Throws `not_found`. */
export async function getWorkingCopy(database: Database, articleId: string): Promise<WorkingCopy> {
  const copy = await findWorkingCopy(database, articleId);
  if (!copy) throw notFound(articleId);
  return copy;
}

export async function findWorkingCopy(database: Database, articleId: string): Promise<WorkingCopy | undefined> {
  const command = new GetCommand({
    TableName: database.editorialTable,
    Key: workingCopyKey(articleId),
    ConsistentRead: true,
  });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return Item && workingCopyFrom(Item);
}

/** A page of the desk's list, the article changed last first. Throws `invalid_request` for a bad cursor. */
export async function listWorkingCopies(
  database: Database,
  { stage, limit, cursor }: { stage: Stage | undefined; limit: number; cursor: string | undefined },
): Promise<{ items: EditorialSummary[]; nextCursor: string | null }> {
  const indexName = stage ? 'stage' : 'recent';
  const { partitionKey, sortKey } = tables.editorial.indexes[indexName];
  const partition = stage ? stagePartition(stage) : recentPartition;
  const command = new QueryCommand({
    TableName: database.editorialTable,
    IndexName: indexName,
    KeyConditionExpression: `${partitionKey} = :partition${cursor === undefined ? '' : ` AND ${sortKey} < :after`}`,
    ExpressionAttributeValues: {
      ':partition': partition,
      ...(cursor === undefined ? {} : { ':after': positionOf(partition, cursor) }),
    },
    ScanIndexForward: false,
    Limit: limit + 1,
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  const items = Items.slice(0, limit);
  // A page also ends at a megabyte, which DynamoDB Local counts from whole articles, not from what the index projects.
  const last = Items.length > limit || LastEvaluatedKey ? items.at(-1) : undefined;
  return {
    items: items.map((item) => JSON.parse(String(item.summary)) as EditorialSummary),
    nextCursor: last ? cursorAt(partition, String(last[sortKey])) : null,
  };
}

/**
 * The write of a working copy, on condition that it is still the one that the change was based on: of the same version, and
 * of the same rendering, which rises where the change is one (`rendered`). `packed` is its article, where that was packed
 * already.
 */
export function putWorkingCopy(
  database: Database,
  { copy, basedOn, rendered = false }: Pick<Decision, 'copy' | 'basedOn'> & { rendered?: boolean },
  packed: Buffer = pack(copy.article),
): Write {
  const { id, article: _, rendering: before, ...standing } = copy;
  const rendering = rendered ? before + 1 : before;
  const item: NewItem = {
    ...workingCopyKey(id),
    v: layout,
    ...standing,
    ...(rendering === 0 ? {} : { rendering }),
    article: packed,
    summary: JSON.stringify(editorialSummary(copy)),
    stageKey: stagePartition(copy.stage),
    recentKey: recentPartition,
    changedKey: changedKey(copy.updatedAt, id),
  };
  if (basedOn === null)
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
      expression: `version = :basedOn AND ${before === 0 ? 'attribute_not_exists(rendering)' : 'rendering = :rendering'}`,
      values: { ':basedOn': basedOn, ...(before === 0 ? {} : { ':rendering': before }) },
      refusal: (found) => (found ? changedMeanwhile(Number(found.version), basedOn) : notFound(id)),
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

function notFound(articleId: string): AppError {
  return new AppError('not_found', `There is no article ${articleId}.`);
}

function workingCopyFrom(item: Record<string, unknown>): WorkingCopy {
  if (item.v !== layout) throw new Error(`${item.pk} has the layout ${item.v}; this build reads ${layout}.`);
  const { stage, version, revision, createdAt, createdBy, updatedAt, updatedBy, publication, headlineSlug } =
    item as WorkingCopy & {
      pk: string;
    };
  return {
    id: String(item.pk).slice('ARTICLE#'.length),
    stage,
    version,
    revision,
    createdAt,
    createdBy: actorOf(createdBy),
    updatedAt,
    updatedBy: actorOf(updatedBy),
    publication,
    rendering: Number(item.rendering ?? 0),
    headlineSlug,
    article: articleFrom(item),
  };
}

/** Checked on the way out too, so that an item which something else wrote is found here and not by readers. */
function articleFrom(item: Record<string, unknown>): Article {
  const result = articleSchema.safeParse(unpack(item.article as Uint8Array));
  if (result.success) return result.data;
  throw new Error(`${item.pk} holds no article of layout ${layout}.`, { cause: result.error });
}
