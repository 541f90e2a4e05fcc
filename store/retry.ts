import { AppError } from '../contract/errors.ts';

/** What a retry needs of the world. `now` is in epoch milliseconds, `random` gives 0 to 1. */
export type Timing = { now: () => number; random: () => number; sleep: (milliseconds: number) => Promise<void> };

export const systemTiming: Timing = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** First and longest pause, in milliseconds. DynamoDB's own guidance: exponential backoff with full jitter. */
const firstPause = 25;
const longestPause = 1000;

/** One attempt's share of the time, in milliseconds; a transaction of a hundred items takes well under a second. */
const longestAttempt = 3000;

const passing = new Set([
  'AbortError',
  'InternalServerError',
  'ItemCollectionSizeLimitExceededException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** DynamoDB answered for some of the keys of a batch only, which is how a batch is throttled. */
export class Unprocessed extends Error {
  override name = 'ThrottlingException';
}

/** How DynamoDB refuses a signature whose clock is off (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv4-troubleshooting.html). */
export const skewed: ReadonlySet<string> = new Set([
  'InvalidSignatureException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

const brokenConnection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'EAI_AGAIN']);

type Failure = {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; clockSkewCorrected?: boolean };
  CancellationReasons?: { Code?: string }[];
};

/** Whether the same request may succeed a moment later: throttling, conflicts, 5xx, broken connections. */
export function isPassing(error: unknown): boolean {
  const { name, code, $metadata, CancellationReasons } = error as Failure;
  if (name === 'TransactionCanceledException') return isContended(CancellationReasons ?? []);
  if (name !== undefined && passing.has(name)) return true;
  if (code !== undefined && brokenConnection.has(code)) return true;
  // The SDK says so of every failure once the clock is off, a failed condition among them.
  if ($metadata?.clockSkewCorrected === true && name !== undefined && skewed.has(name)) return true;
  return ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** Whether the request may have been carried out all the same: the connection broke, or the time was up. */
export function isWithoutAnswer(error: unknown): boolean {
  const { name, code } = error as Failure;
  return name === 'AbortError' || name === 'TimeoutError' || (code !== undefined && brokenConnection.has(code));
}

/** A transaction that met another one, or a throttled table, and no failed condition. */
function isContended(reasons: readonly { Code?: string }[]): boolean {
  const codes = new Set(reasons.map((reason) => reason.Code).filter((code) => code && code !== 'None'));
  const contention = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];
  return codes.size > 0 && [...codes].every((code) => contention.includes(code ?? ''));
}

/**
 * Repeats `attempt` while it fails in passing, with jitter, until `deadline` (epoch ms), which bounds a hanging attempt
 * too. Then throws `busy`, which says when to come back; any other failure is thrown as it is.
 */
export async function withRetries<Result>(
  attempt: (abortSignal: AbortSignal) => Promise<Result>,
  { deadline, timing }: { deadline: number; timing: Timing },
): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    const timeUp = new AbortController();
    const left = Math.max(1, Math.min(longestAttempt, deadline - timing.now()));
    // AbortSignal.timeout would keep a timer for each request until it fires, long after the answer.
    const timer = setTimeout(() => timeUp.abort(), left);
    try {
      return await attempt(timeUp.signal);
    } catch (error) {
      if (!isPassing(error)) throw error;
      const pause = timing.random() * Math.min(longestPause, firstPause * 2 ** tries);
      if (timing.now() + pause >= deadline)
        throw new AppError('busy', 'The database is too busy to answer. Send the same request again in a moment.', {
          cause: error,
          retryAfter: 1,
        });
      await timing.sleep(pause);
    } finally {
      clearTimeout(timer);
    }
  }
}
