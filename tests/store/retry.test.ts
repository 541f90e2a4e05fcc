import { describe, expect, test } from '@jest/globals';
import type { Database } from '../../store/database.ts';
import { isPassing, type Timing, withRetries } from '../../store/retry.ts';
import { commit } from '../../store/transaction.ts';

/** A clock that only sleeping moves. */
function frozenClock(random = 1): Timing & { slept: number[] } {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => random,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const cancelled = (...codes: string[]) =>
  Object.assign(new Error('cancelled'), {
    name: 'TransactionCanceledException',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('what may succeed a moment later', () => {
  test.each<[string, unknown, boolean]>([
    ['throttling', throttled, true],
    ['a conflict of transactions', cancelled('None', 'TransactionConflict'), true],
    ['a throttled transaction', cancelled('ThrottlingError', 'None'), true],
    ['a failed condition', cancelled('ConditionalCheckFailed'), false],
    ['a conflict and a failed condition', cancelled('TransactionConflict', 'ConditionalCheckFailed'), false],
    ['a malformed request', cancelled('ValidationError'), false],
    ['a 500', Object.assign(new Error(), { $metadata: { httpStatusCode: 500 } }), true],
    ['a 400', Object.assign(new Error(), { $metadata: { httpStatusCode: 400 } }), false],
    ['a broken connection', Object.assign(new Error(), { code: 'ECONNRESET' }), true],
    ['a bug', new TypeError('x is not a function'), false],
  ])('%s', (_, error, expected) => {
    expect(isPassing(error)).toBe(expected);
  });
});

test('pauses grow with full jitter up to a second, and end before the deadline', async () => {
  const timing = frozenClock();
  const attempt = () => Promise.reject(throttled);
  await expect(withRetries(attempt, { deadline: timing.now() + 4000, timing })).rejects.toMatchObject({
    code: 'busy',
    retryAfter: 1,
  });
  expect(timing.slept).toEqual([25, 50, 100, 200, 400, 800, 1000, 1000]);
});

test('a send is given up after five seconds, however long the caller would wait', async () => {
  const timing = frozenClock();
  const client = { send: () => Promise.reject(throttled) } as unknown as Database['client'];
  const database = { client, timing, deadline: Number.POSITIVE_INFINITY } as unknown as Database;
  await expect(commit(database, [])).rejects.toMatchObject({ code: 'busy' });
  const total = timing.slept.reduce((sum, pause) => sum + pause, 0);
  expect(total).toBeLessThan(5000);
  expect(total).toBeGreaterThan(3000);
});
