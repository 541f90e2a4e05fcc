import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { Actor } from '../contract/roles.ts';
import type { Article } from '../contract/schemas/article.ts';
import type { Revision } from '../contract/schemas/history.ts';
import { actorOf, type WorkingCopy } from '../domain/article/working-copy.ts';
import { cursorAt, positionOf } from './cursor.ts';
import type { Database } from './database.ts';
import { articlePartition, revisionKey, revisionPrefix } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { articleFrom } from './working-copies.ts';

/** A revision whole, as it was saved: it never changes. Throws `not_found`. */
export async function getRevision(database: Database, articleId: string, revision: number): Promise<Revision> {
  const command = new GetCommand({
    TableName: database.editorialTable,
    Key: revisionKey(articleId, revision),
    // It never changes, but it may be a moment old.
    ConsistentRead: true,
  });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  if (!Item) throw new AppError('not_found', `The article ${articleId} has no revision ${revision}.`);
  return { ...lineFrom(Item), article: articleFrom(Item) };
}

/** What the article says, or said, in this revision. */
export async function getArticleAt(database: Database, copy: WorkingCopy, revision: number): Promise<Article> {
  return revision === copy.revision ? copy.article : (await getRevision(database, copy.id, revision)).article;
}

/** The article as it was last public, where that is another revision than the copy's. */
export async function getPublicBefore(database: Database, copy: WorkingCopy): Promise<Article | undefined> {
  const { publication, revision } = copy;
  if (!publication || publication.revision === revision) return undefined;
  return await getArticleAt(database, copy, publication.revision);
}

type RevisionLine = Omit<Revision, 'article'>;

/**
 * A page of the revisions, the last first, without their text. A page ends at a megabyte of the text that it leaves out, so
 * that it may be short. Throws `invalid_request` for a bad cursor.
 */
export async function listRevisions(
  database: Database,
  articleId: string,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<{ items: RevisionLine[]; nextCursor: string | null }> {
  const listing = `revisions ${articleId}`;
  const after = cursor === undefined ? undefined : positionOf(listing, cursor);
  const command = new QueryCommand({
    TableName: database.editorialTable,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
    ExpressionAttributeValues: {
      ':pk': articlePartition(articleId),
      ':from': revisionPrefix,
      ':until': after ?? `${revisionPrefix}:`,
    },
    ProjectionExpression: 'sk, v, revision, #at, #by, #action',
    ExpressionAttributeNames: { '#at': 'at', '#by': 'by', '#action': 'action' },
    ScanIndexForward: false,
    ConsistentRead: true,
    // One for the cursor's own, one that tells whether there are more.
    Limit: limit + 2,
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  const fresh = Items.filter(({ sk }) => sk !== after);
  const items = fresh.slice(0, limit);
  const last = fresh.length > limit || LastEvaluatedKey ? (items.at(-1)?.sk ?? LastEvaluatedKey?.sk) : undefined;
  return { items: items.map(lineFrom), nextCursor: last === undefined ? null : cursorAt(listing, String(last)) };
}

function lineFrom(item: Record<string, unknown>): RevisionLine {
  if (item.v !== layout) throw new Error(`A revision has the layout ${item.v}; this build reads ${layout}.`);
  const { revision, at, by, action } = item as RevisionLine & { by: Actor };
  return { revision, at, by: actorOf(by), action: action ?? null };
}
