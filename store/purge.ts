import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { decodeTime } from 'ulid';
import { versionConflict } from '../domain/article/version.ts';
import type { Decision, WorkingCopy } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import {
  articleIdOf,
  articlePartition,
  changeKey,
  currentSlugKey,
  dueKey,
  duePartition,
  historyKey,
  historyPrefix,
  type Key,
  lockKey,
  pointerPrefix,
  publicDocumentKey,
  revisionPrefix,
  slugClaimKey,
  versionPrefix,
  workingCopyKey,
} from './keys.ts';
import { layout } from './layout.ts';
import { deletePreviewLinks } from './preview-links.ts';
import { contentWrites } from './public-items.ts';
import { withRetries } from './retry.ts';
import { tombstone } from './take-down.ts';
import { commit, type Write } from './transaction.ts';

/** Writes of one transaction: below DynamoDB's hundred, and few enough not to hold up the table. */
const atOnce = 50;

/**
 * Begins to delete an article for good: its copy becomes a stub without text, and the rest is due at once. From here on
 * nobody can read or change it. Throws `version_conflict`.
 */
export async function beginPurge(database: Database, { before, copy, history }: Decision): Promise<void> {
  const now = database.timing.now();
  const basedOn = before?.version ?? 0;
  const { editorialTable: table } = database;
  const dueAt = new Date(now).toISOString();
  const stub = {
    ...workingCopyKey(copy.id),
    v: layout,
    version: copy.version,
    purgedAt: history.at,
    purgedBy: history.by,
    // A killed story goes on answering with its notice, so its address stays its own.
    slugs: copy.publication?.kill ? [] : copy.slugs,
    ...(copy.publication?.kill ? { killed: true } : {}),
  };
  await commit(database, [
    {
      table,
      put: stub,
      condition: {
        expression: 'version = :basedOn AND attribute_not_exists(purgedAt)',
        values: { ':basedOn': basedOn },
        refusal: (found) => versionConflict(Number(found?.version), basedOn),
      },
    },
    { table, put: { ...historyKey(copy.id, database.newChangeId(now)), v: layout, ...history } },
    { table, put: { ...dueKey(copy.id, 'purge'), v: layout, dueKey: duePartition, dueAt, tries: 0 } },
    ...bareNotice(database, copy),
  ]);
}

/** Without the headline that an admin may have kept. */
function bareNotice(database: Database, { id, publication }: WorkingCopy): Write[] {
  if (!publication?.kill) return [];
  const bare = tombstone({ ...publication.kill, headline: null }, { articleId: id, seq: publication.seq });
  return [contentWrites(database).put(publicDocumentKey(publication.slug), bare)];
}

/** What is left of a purged article. */
type Stub = { purgedAt: string; slugs: string[]; killed?: true };

/**
 * Deletes what a begun purge left: revisions, notes, preview links, kept answers, public versions, and the slugs, which are
 * words of its headlines. As often as one likes, from wherever an earlier run ended; nothing to do for an article that is not
 * purged.
 */
export async function endPurge(database: Database, articleId: string): Promise<void> {
  const stub = await findStub(database, articleId);
  if (!stub) return;
  const { editorialTable, contentTable } = database;
  // By the pointers the clock finds the stories that still name a killed one.
  const prefixes = [revisionPrefix, lockKey('').sk, ...(stub.killed ? [] : [pointerPrefix])];
  for (const prefix of prefixes) await deleteAll(database, editorialTable, articleId, prefix);
  await deletePreviewLinks(database, articleId);
  await deleteAll(database, contentTable, articleId, versionPrefix);
  await clearHistory(database, articleId, stub);
  for (const slug of stub.slugs) await freeSlug(database, articleId, slug);
  const { slugs: _, ...bare } = stub;
  await commit(database, [
    { table: editorialTable, put: { ...workingCopyKey(articleId), v: layout, ...bare, slugs: [] } },
    ...(stub.slugs.length > 0 ? [contentWrites(database).delete(currentSlugKey(articleId))] : []),
    { table: editorialTable, delete: dueKey(articleId, 'purge') },
  ]);
}

/** What is left of the article, if it was purged. */
export async function findStub(database: Database, articleId: string): Promise<Stub | undefined> {
  const item = await getItem(database, database.editorialTable, workingCopyKey(articleId));
  return item?.purgedAt === undefined ? undefined : (item as Stub);
}

async function deleteAll(database: Database, table: string, articleId: string, prefix: string): Promise<void> {
  for (;;) {
    const found = await itemsOf(database, table, articleId, prefix, { keysOnly: true });
    await commitAll(
      database,
      found.map(({ sk }) => ({ table, delete: { pk: articlePartition(articleId), sk: String(sk) } })),
    );
    // A page also ends at a megabyte, so that a short one need not be the last.
    if (found.length === 0) return;
  }
}

/** What writes a line of the change log. */
const publicActions = ['publish', 'unpublish', 'kill'];

/** The lines stay, with who did what and when; what was said goes, and so do the answers that were kept for repeats. */
async function clearHistory(database: Database, articleId: string, stub: Stub): Promise<void> {
  let after: string | undefined;
  do {
    const lines = await itemsOf(database, database.editorialTable, articleId, historyPrefix, { after });
    await Promise.all(lines.map((line) => clearLine(database, line, stub)));
    after = lines.length === 0 ? undefined : String(lines.at(-1)?.sk);
  } while (after !== undefined);
}

async function clearLine(database: Database, item: Record<string, unknown>, { slugs }: Stub): Promise<void> {
  const { note, answer, ...line } = item;
  const { editorialTable: table } = database;
  const changeId = String(item.sk).slice(historyPrefix.length);
  const isPublic = publicActions.includes(String(item.action));
  if (typeof answer === 'string') await forgetAnswer(database, answer, articleIdOf(item.pk));
  await commitAll(database, [
    ...(note === undefined && answer === undefined ? [] : [{ table, put: line }]),
    ...(slugs.length > 0 && isPublic ? await changeWithoutSlug(database, changeId) : []),
  ]);
}

/** Forgets the answers that were kept for repeats of requests, which hold the article as it was. */
export async function forgetAnswers(database: Database, articleId: string): Promise<void> {
  let after: string | undefined;
  do {
    const lines = await itemsOf(database, database.editorialTable, articleId, historyPrefix, { after });
    for (const answer of new Set(lines.map((line) => line.answer)))
      if (typeof answer === 'string') await forgetAnswer(database, answer, articleId);
    after = lines.length === 0 ? undefined : String(lines.at(-1)?.sk);
  } while (after !== undefined);
}

/** A key may be used again after a day, for another article. */
async function forgetAnswer(database: Database, pk: string, articleId: string): Promise<void> {
  const { editorialTable: table } = database;
  const condition = {
    expression: 'attribute_not_exists(articleId) OR articleId = :articleId',
    values: { ':articleId': articleId },
    refusal: () => new NotOurs(pk),
  };
  await commit(database, [{ table, delete: { pk, sk: 'RECORD' }, condition }]).catch(unlessNotOurs);
}

function unlessNotOurs(error: unknown): void {
  if (!(error instanceof NotOurs)) throw error;
}

/** The line of the change log that this action wrote, if it wrote one: whoever follows the log knows the article by its id. */
async function changeWithoutSlug(database: Database, changeId: string): Promise<Write[]> {
  const key = changeKey(decodeTime(changeId), changeId);
  const found = await getItem(database, database.contentTable, key);
  if (found?.slug === undefined) return [];
  const { slug: _, ...rest } = found;
  return [{ table: database.contentTable, put: rest }];
}

/** The claim says whose the address is: once it is free, another story may stand there. */
async function freeSlug(database: Database, articleId: string, slug: string): Promise<void> {
  const condition = {
    expression: 'articleId = :articleId',
    values: { ':articleId': articleId },
    refusal: () => new NotOurs(slug),
  };
  await commit(database, [
    { table: database.editorialTable, delete: slugClaimKey(slug), condition },
    contentWrites(database).delete(publicDocumentKey(slug)),
  ]).catch(unlessNotOurs);
}

class NotOurs extends Error {}

async function commitAll(database: Database, writes: readonly Write[]): Promise<void> {
  if (writes.length > 0) await commit(database, writes);
}

async function getItem(database: Database, table: string, key: Key): Promise<Record<string, unknown> | undefined> {
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  return (await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database)).Item;
}

async function itemsOf(
  database: Database,
  table: string,
  articleId: string,
  prefix: string,
  { keysOnly = false, after }: { keysOnly?: boolean; after?: string | undefined },
): Promise<Record<string, unknown>[]> {
  const pk = articlePartition(articleId);
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
    ConsistentRead: true,
    Limit: atOnce,
    ...(keysOnly ? { ProjectionExpression: 'pk, sk' } : {}),
    ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
  });
  const { Items = [] } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return Items;
}
