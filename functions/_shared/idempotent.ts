import { hash } from 'node:crypto';
import { AppError, invalidField } from '../../contract/errors.ts';
import type { Caller } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { findAnswer, KeyAlreadyUsed, type Remembered, type RequestKey } from '../../store/idempotency.ts';
import type { Reply } from './request.ts';

type Keyed = { caller: Caller; header: (name: string) => string | undefined; asSent: readonly string[] };

/** Gives the store what it needs to answer a repeat as it answered the first: undefined when no key was sent. */
export type Remember = (reply: Reply) => Remembered | undefined;

/**
 * Runs the use case once for each Idempotency-Key of a caller; a repeat gets the first answer again. The use case hands
 * `remember(reply)` to its save, so the answer is kept in the transaction that it tells of. Throws
 * `idempotency_key_reused` when the key came with another request before.
 */
export async function idempotently(
  request: Keyed,
  database: Database,
  useCase: (remember: Remember) => Promise<Reply>,
): Promise<Reply> {
  const requestKey = requestKeyOf(request);
  if (!requestKey) return await useCase(() => undefined);
  const earlier = await replay(database, requestKey);
  if (earlier) return earlier;
  try {
    return await useCase((reply) => ({
      ...requestKey,
      answer: { status: reply.status, headers: reply.headers, body: reply.body },
    }));
  } catch (error) {
    // The same request may have won while this one ran; then its answer is this one's too.
    const other = worthAnotherLook(error) ? await replay(database, requestKey) : undefined;
    if (other) return other;
    throw error;
  }
}

function worthAnotherLook(error: unknown): boolean {
  if (error instanceof KeyAlreadyUsed) return true;
  return error instanceof AppError && ['version_conflict', 'slug_taken', 'nothing_to_publish'].includes(error.code);
}

async function replay(database: Database, requestKey: RequestKey): Promise<Reply | undefined> {
  const found = await findAnswer(database, requestKey);
  if (!found) return undefined;
  if (found.fingerprint !== requestKey.fingerprint)
    throw new AppError(
      'idempotency_key_reused',
      'This Idempotency-Key came with another request in the last 24 hours. Send a new key with a new request.',
    );
  return { ...found.answer, headers: { ...found.answer.headers, 'idempotency-replayed': 'true' } };
}

/** The draft standard writes the key as a quoted string; a bare one is taken too. */
function requestKeyOf({ caller, header, asSent }: Keyed): RequestKey | undefined {
  const sent = header('idempotency-key');
  if (sent === undefined) return undefined;
  const key = sent.trim().replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalidField('Idempotency-Key', 'must be 1 to 200 visible ASCII characters');
  const fingerprint = hash('sha256', JSON.stringify(asSent), 'base64url');
  return { actor: caller.sub, key, fingerprint };
}
