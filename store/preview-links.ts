import { hash } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { Actor } from '../contract/roles.ts';
import type { PreviewLink } from '../contract/schemas/preview.ts';
import { actorOf } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { previewLinkKey, previewLinkPrefix, previewPartition, previewTokenKey } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { commit, type Write } from './transaction.ts';

/** Open links that an article may have. Of several that are made at the same moment, one or two may be beyond it. */
export const mostPreviewLinks = 50;

/** Links deleted in one transaction, two items each: below DynamoDB's hundred. */
const atOnce = 40;

/** Of the digest, in hexadecimal digits: 96 bits tell the links of an article apart, and nobody finds a token by them. */
const idLength = 24;

type LinkItem = { sk: string; by: Actor; at: string; expiresAt: number };

/**
 * Keeps a link to the article for so many minutes. Its token is kept nowhere, only what it can be checked by. Throws
 * `not_allowed` when there are too many.
 *
 * Nothing is asked of the article: a link that is made while the article goes shows nothing, and is over within a week.
 */
export async function addPreviewLink(
  database: Database,
  articleId: string,
  { token, by, minutes }: { token: string; by: Actor; minutes: number },
): Promise<PreviewLink> {
  const { editorialTable: table } = database;
  const now = database.timing.now();
  const items = await linkItems(database, articleId);
  const open = items.filter((item) => isOpen(item, now));
  if (open.length >= mostPreviewLinks) throw tooMany(open);
  const digest = digestOf(token);
  const expiresAt = Math.ceil(now / 1000) + minutes * 60;
  const { pk, sk } = previewLinkKey(articleId, digest);
  const item = { sk, by: actorOf(by), at: new Date(now).toISOString(), expiresAt };
  // DynamoDB takes days to delete what is over, and the local engine for ever.
  const over = items.filter((other) => !isOpen(other, now)).slice(0, atOnce);
  await commit(database, [
    { table, put: { ...previewTokenKey(digest), v: layout, articleId, expiresAt } },
    { table, put: { pk, v: layout, ...item } },
    ...over.flatMap((other) => deletesOf(database, articleId, other)),
  ]);
  return linkFrom(item);
}

/** The open links of an article, newest first. */
export async function listPreviewLinks(database: Database, articleId: string): Promise<PreviewLink[]> {
  const now = database.timing.now();
  const open = (await linkItems(database, articleId)).filter((item) => isOpen(item, now));
  return open.map(linkFrom).sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}

/** Ends a link before its time, and returns what it was. Throws `not_found` when it is not open any more. */
export async function removePreviewLink(database: Database, articleId: string, linkId: string): Promise<PreviewLink> {
  const now = database.timing.now();
  const item = (await linkItems(database, articleId, linkId)).find((candidate) => isOpen(candidate, now));
  if (!item) throw new AppError('not_found', `The article has no open preview link ${linkId}.`);
  await commit(database, deletesOf(database, articleId, item));
  return linkFrom(item);
}

/** The article that a token opens, and until when. Read consistently, so that a link is over when it is revoked. */
export async function findPreview(
  database: Database,
  token: string,
): Promise<{ articleId: string; expiresAt: string } | undefined> {
  const command = new GetCommand({
    TableName: database.editorialTable,
    Key: previewTokenKey(digestOf(token)),
    ConsistentRead: true,
  });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  const item = Item as { articleId: string; expiresAt: number } | undefined;
  if (!item || !isOpen(item, database.timing.now())) return undefined;
  return { articleId: item.articleId, expiresAt: instantOf(item.expiresAt) };
}

/** Deletes every link of an article, open or not. As often as one likes. */
export async function deletePreviewLinks(database: Database, articleId: string): Promise<void> {
  const items = await linkItems(database, articleId);
  for (let start = 0; start < items.length; start += atOnce)
    await commit(
      database,
      items.slice(start, start + atOnce).flatMap((item) => deletesOf(database, articleId, item)),
    );
}

function digestOf(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Expired items stay readable until DynamoDB gets round to them. */
function isOpen({ expiresAt }: { expiresAt: number }, now: number): boolean {
  return expiresAt * 1000 > now;
}

function linkFrom({ sk, by, at, expiresAt }: LinkItem): PreviewLink {
  const id = sk.slice(previewLinkPrefix.length, previewLinkPrefix.length + idLength);
  return { id, createdAt: at, createdBy: actorOf(by), expiresAt: instantOf(expiresAt) };
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function deletesOf({ editorialTable: table }: Database, articleId: string, { sk }: LinkItem): Write[] {
  const digest = sk.slice(previewLinkPrefix.length);
  return [
    { table, delete: previewTokenKey(digest) },
    { table, delete: previewLinkKey(articleId, digest) },
  ];
}

function tooMany(open: readonly LinkItem[]): AppError {
  const first = instantOf(Math.min(...open.map(({ expiresAt }) => expiresAt)));
  return new AppError(
    'not_allowed',
    `The article has ${open.length} open preview links, and may have ${mostPreviewLinks}. Revoke one, or wait until the first is over at ${first}.`,
  );
}

/** The links of an article, those that are over too, or the one of this id. */
async function linkItems(database: Database, articleId: string, linkId = ''): Promise<LinkItem[]> {
  const items: LinkItem[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: database.editorialTable,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :link)',
      ExpressionAttributeValues: { ':pk': previewPartition(articleId), ':link': `${previewLinkPrefix}${linkId}` },
      ConsistentRead: true,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    const page = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
    items.push(...((page.Items ?? []) as LinkItem[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}
