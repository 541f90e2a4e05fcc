// First of all: what is loaded after it sees no other clock.
import './clock.ts';

import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { systemTiming } from '../../store/retry.ts';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { clock } from './clock.ts';
import { openNewsroom, watchLog } from './newsroom.ts';
import { play } from './play.ts';
import { sequences } from './steps.ts';

const engine = useEngine();
const desk = useDesk(engine);

/** MODEL_RUNS makes it longer, MODEL_SEED repeats a failure. */
const runs = Number(process.env.MODEL_RUNS ?? 20);
const seed = Number(process.env.MODEL_SEED ?? randomInt(2 ** 31));
const length = Number(process.env.MODEL_STEPS ?? 40);

/** Milliseconds to look for a simpler sequence that fails. */
const simplifying = Number(process.env.MODEL_SIMPLIFY ?? 60) * 1000;

let log: ReturnType<typeof watchLog>;
beforeAll(() => {
  log = watchLog();
});
afterAll(() => log.stop());

test('the code under test has our clock', () => {
  expect(systemTiming.now()).toBe(clock.now());
});

test.each([false, true])('whatever a newsroom does, it goes as it should (four eyes: %s)', async (fourEyes) => {
  let failedAt: number | undefined;
  const isTimeUp = () => failedAt !== undefined && performance.now() - failedAt > simplifying;
  const result = await fc.check(
    fc.asyncProperty(sequences(length), async (steps) => {
      if (isTimeUp()) return;
      const newsroom = await openNewsroom(engine, desk.call, fourEyes);
      log.errors();
      try {
        await play(newsroom, steps, log.errors);
      } catch (error) {
        failedAt ??= performance.now();
        throw error;
      } finally {
        await newsroom.close();
      }
    }),
    { numRuns: runs, seed },
  );
  if (!result.failed) return;
  const { message } = result.errorInstance as Error;
  throw new Error(`MODEL_SEED=${seed} MODEL_RUNS=${runs} repeats it. At its simplest:\n\n${message}`);
}, 1_200_000);
