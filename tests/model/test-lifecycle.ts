import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemTiming } from '../../store/retry.ts';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { clock } from './clock.ts';
import { openNewsroom, watchLog } from './newsroom.ts';
import { play } from './play.ts';
import { simplify } from './simplify.ts';
import { drawSequences, type Step, step } from './steps.ts';

/** MODEL_RUNS makes it longer, and with MODEL_SEED the same sequences are played again. */
const runs = Number(process.env.MODEL_RUNS ?? 20);
const seed = Number(process.env.MODEL_SEED ?? randomInt(2 ** 31));
const length = 40;

/** Milliseconds to look for a simpler sequence that fails. */
const simplifying = 60_000;
/** Milliseconds: what a step takes on a slow machine, and more. */
const slowestStep = 150;

/** Sequences of steps by anybody with any article, each in a newsroom of its own, compared with the model after every one. */
export function testLifecycle({ fourEyes }: { fourEyes: boolean }): void {
  const engine = useEngine();
  const desk = useDesk(engine);
  let log: ReturnType<typeof watchLog>;
  beforeAll(() => {
    log = watchLog();
  });
  afterAll(() => log.stop());

  test('the code under test has the model’s clock', () => {
    expect(systemTiming.now()).toBe(clock.now());
  });

  const playAll = async () => {
    let told = '';
    const fails = async (steps: readonly Step[]) => {
      const newsroom = await openNewsroom(engine, desk.call, fourEyes);
      log.errors();
      const failure = await play(newsroom, steps, log.errors);
      await newsroom.close();
      if (failure) told = `${newsroom.story.join('\n')}\n\n${failure.problems.join('\n')}`;
      return failure?.steps;
    };
    for (const steps of drawSequences({ count: runs, length, seed })) {
      if ((await fails(steps)) === undefined) continue;
      const stopAt = performance.now() + simplifying;
      await simplify(steps, { fails, step, isTimeUp: () => performance.now() > stopAt });
      throw new Error(`MODEL_SEED=${seed} MODEL_RUNS=${runs} repeats it. At its simplest:\n\n${told}`);
    }
  };
  test('whatever a newsroom does, it goes as the model says', playAll, simplifying + runs * length * slowestStep);
}
