import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { packAnswer, unpack } from './items.ts';
import { idempotencyKey, type Key } from './keys.ts';
import { layout } from './layout.ts';
import { withRetries } from './retry.ts';
import type { Write } from './transaction.ts';

/** A key that a caller chose, and a digest of everything the request was, so that another request is told apart. */
export type RequestKey = { actor: string; key: string; fingerprint: string };

/** An answer to be given again when its request is repeated. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

/** A request's key with its answer, kept in the transaction that the answer tells of. */
export type Remembered = RequestKey & { answer: Answer };

/** 24 hours, in seconds. */
const lifetime = 24 * 60 * 60;

/** Thrown by a save when the key was used in the meantime: the same request ran twice, or the key was reused. */
export class KeyAlreadyUsed extends Error {
  override name = 'KeyAlreadyUsed';
}

/** What the key was used for and answered with, within its 24 hours. */
export async function findAnswer(
  database: Database,
  { actor, key }: RequestKey,
): Promise<{ fingerprint: string; answer: Answer } | undefined> {
  const command = new GetCommand({
    TableName: database.editorialTable,
    Key: idempotencyKey(actor, key),
    ConsistentRead: true,
  });
  const { Item } = await withRetries((abortSignal) => database.client.send(command, { abortSignal }), database);
  // Expired items stay readable until DynamoDB gets round to them, which can take days.
  if (!Item || Number(Item.expiresAt) * 1000 <= database.timing.now()) return undefined;
  return { fingerprint: String(Item.fingerprint), answer: unpack(Item.answer as Uint8Array) as Answer };
}

/** The item that keeps an answer. */
export function rememberedKey({ actor, key }: RequestKey): Key {
  return idempotencyKey(actor, key);
}

/** The write that keeps the answer, first in its transaction so that its refusal wins. */
export function rememberAnswer(database: Database, remembered: Remembered | undefined, articleId: string): Write[] {
  if (!remembered) return [];
  const { actor, key, fingerprint, answer } = remembered;
  const now = Math.floor(database.timing.now() / 1000);
  return [
    {
      table: database.editorialTable,
      put: {
        ...idempotencyKey(actor, key),
        v: layout,
        fingerprint,
        // Whose text the answer holds.
        articleId,
        answer: packAnswer(answer),
        expiresAt: now + lifetime,
      },
      condition: {
        expression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        values: { ':now': now },
        refusal: () => new KeyAlreadyUsed(key),
      },
    },
  ];
}
