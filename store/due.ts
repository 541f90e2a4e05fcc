import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type DueAction, dueActions } from '../contract/article-actions.ts';
import { type Decision, dueTimes } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { articleIdOf, dueKey, duePartition } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import { type SweepOf, sweepOf } from './sweeps.ts';
import { tables } from './tables.ts';
import { commit, type Write } from './transaction.ts';

/** Something that may be due: the index lags, so whoever carries it out looks at the article itself. */
export type DueHint = { articleId: string; action: DueAction };

/** Thrown when what was to be carried out was carried out, or taken back, in the meantime. */
export class NotDueAnyMore extends Error {
  override name = 'NotDueAnyMore';
}

/** The writes by which an action makes things due, or not due any more. What it carries out has to be due still. */
export function dueWrites(database: Database, { before, copy, carriesOut }: Decision): Write[] {
  const earlier = before ? dueTimes(before) : {};
  const now = dueTimes(copy);
  return dueActions.flatMap((action): Write[] => {
    const at = now[action];
    if (at === undefined) return earlier[action] === undefined ? [] : [endDue(database, copy.id, action, carriesOut)];
    return at === earlier[action] ? [] : [putDue(database, { articleId: copy.id, action }, { dueAt: at, tries: 0 })];
  });
}

export type Planned = { dueAt: string; tries: number };

function endDue(database: Database, articleId: string, action: DueAction, carriesOut: DueAction | undefined): Write {
  const write = { table: database.editorialTable, delete: dueKey(articleId, action) };
  if (action !== carriesOut) return write;
  const refusal = () => new NotDueAnyMore(`${action} of ${articleId}`);
  return { ...write, condition: { expression: 'attribute_exists(pk)', refusal } };
}

function putDue(database: Database, { articleId, action }: DueHint, { dueAt, tries }: Planned): Write {
  const item = { ...dueKey(articleId, action), v: layout, dueKey: duePartition, dueAt, tries };
  return { table: database.editorialTable, put: item };
}

/** When it is tried next, and how often it was in vain; undefined when it is not due any more. */
export async function findDue(database: Database, { articleId, action }: DueHint): Promise<Planned | undefined> {
  const command = new GetCommand({
    TableName: database.editorialTable,
    Key: dueKey(articleId, action),
    ConsistentRead: true,
  });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  return Item && { dueAt: String(Item.dueAt), tries: Number(Item.tries) };
}

/** Has it tried again later, unless it was carried out, taken back or planned anew meanwhile. */
export async function postpone(database: Database, hint: DueHint, earlier: Planned, dueAt: string): Promise<void> {
  const condition = {
    expression: 'tries = :tries AND dueAt = :dueAt',
    values: { ':tries': earlier.tries, ':dueAt': earlier.dueAt },
    refusal: () => new NotDueAnyMore(`${hint.action} of ${hint.articleId}`),
  };
  await commit(database, [{ ...putDue(database, hint, { dueAt, tries: earlier.tries + 1 }), condition }]).catch(
    (error: unknown) => {
      if (!(error instanceof NotDueAnyMore)) throw error;
    },
  );
}

/** A page of what is due by `now`, what was due first coming first. `after` is where the page before ended. */
export async function listDue(
  database: Database,
  { now, limit, after }: { now: Date; limit: number; after?: Record<string, unknown> | undefined },
): Promise<{ hints: DueHint[]; sweeps: SweepOf[]; next: Record<string, unknown> | undefined }> {
  const { partitionKey, sortKey } = tables.editorial.indexes.due;
  const command = new QueryCommand({
    TableName: database.editorialTable,
    IndexName: 'due',
    KeyConditionExpression: `${partitionKey} = :due AND ${sortKey} <= :now`,
    ExpressionAttributeValues: { ':due': duePartition, ':now': now.toISOString() },
    Limit: limit,
    ...(after ? { ExclusiveStartKey: after } : {}),
  });
  const { Items = [], LastEvaluatedKey } = await withRetries(
    (abortSignal) => database.client.send(command, { abortSignal }),
    database,
  );
  return {
    hints: Items.flatMap((item) => hintFrom(item) ?? []),
    sweeps: Items.flatMap((item) => sweepOf(item) ?? []),
    next: LastEvaluatedKey,
  };
}

function hintFrom({ pk, sk }: Record<string, unknown>): DueHint | undefined {
  const action = dueActions.find((candidate) => sk === `DUE#${candidate}`);
  return action && { articleId: articleIdOf(pk), action };
}
