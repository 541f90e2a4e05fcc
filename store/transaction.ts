import { randomUUID } from 'node:crypto';
import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import type { NewItem } from './items.ts';
import type { Key } from './keys.ts';
import { isWithoutAnswer, withRetries } from './retry.ts';

/** A condition, and the error when the item that is there does not meet it (undefined when there is none). */
export type Condition = {
  expression: string;
  /** For names that DynamoDB reserves. */
  names?: Record<string, string>;
  values?: Record<string, string | number>;
  refusal: (found: Record<string, unknown> | undefined) => Error;
};

export type Write =
  | { put: NewItem; table: string; condition?: Condition }
  | { delete: Key; table: string; condition?: Condition };

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A change id is minted when a send begins and given up after this, so that the change log's readers miss nothing. */
const longestSend = 5000;

/**
 * Makes all the writes or none. A failed condition throws its refusal, the first in the order of `writes`; contention is
 * retried until the deadline and then thrown as `busy`. The request token makes a repeat after a lost reply harmless.
 */
export async function commit(database: Database, writes: readonly Write[]): Promise<void> {
  const { client, timing } = database;
  const command = new TransactWriteCommand({
    TransactItems: writes.map(transactItem),
    ClientRequestToken: randomUUID(),
  });
  const deadline = Math.min(database.deadline, timing.now() + longestSend);
  let unanswered = false;
  const attempt = async (abortSignal: AbortSignal) => {
    try {
      await client.send(command, { abortSignal });
    } catch (error) {
      unanswered ||= isWithoutAnswer(error);
      throw error;
    }
  };
  try {
    await withRetries(attempt, { deadline, timing });
  } catch (error) {
    throw refusalOf(error, writes) ?? (unanswered ? doubtOf(error) : undefined) ?? error;
  }
}

/** When an attempt broke off without an answer, nobody knows whether it was made; `busy` alone would say it was not. */
function doubtOf(error: unknown): Error | undefined {
  if (!(error instanceof AppError) || error.code !== 'busy') return undefined;
  const detail =
    'The database did not answer in time: the change may have been made or not. Read before you repeat it.';
  return new AppError('busy', detail, { cause: error, retryAfter: 1 });
}

function transactItem(write: Write): TransactItem {
  const { table: TableName, condition } = write;
  const check = condition && {
    ConditionExpression: condition.expression,
    ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
    ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  if ('put' in write) return { Put: { TableName, Item: write.put, ...check } };
  return { Delete: { TableName, Key: write.delete, ...check } };
}

function refusalOf(error: unknown, writes: readonly Write[]): Error | undefined {
  if ((error as Error).name !== 'TransactionCanceledException') return undefined;
  const reasons = (error as TransactionCanceledException).CancellationReasons ?? [];
  const failed = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
  const found = reasons[failed]?.Item;
  return writes[failed]?.condition?.refusal(found && unmarshall(found));
}
