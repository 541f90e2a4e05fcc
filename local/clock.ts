import type { FunctionRunner } from './function-runner.ts';

export type ClockOptions = {
  runner: Pick<FunctionRunner, 'invoke'>;
  /** Takes a line about a run that failed. */
  report: (line: string) => void;
  /** Between two runs, in milliseconds. */
  interval?: number;
};

export type Clock = {
  /** Ends the run that is under way, and begins no other. */
  stop(): Promise<void>;
};

/** The stack's rule calls each minute; nobody at a laptop wants to wait that long to see a story come out. */
const defaultInterval = 5000;
/** As infra/ gives run-due, in milliseconds. */
const timeout = 55_000;

/** Runs what is due, at once and then again and again, as the stack's rule does. One run ends before the next begins. */
export function startClock({ runner, report, interval = defaultInterval }: ClockOptions): Clock {
  let running: Promise<void> | undefined;
  let failure = '';
  const tick = () => {
    running ??= runner
      .invoke('run-due', {}, timeout)
      .then(() => {
        failure = '';
      })
      .catch((error: Error) => {
        // A database that is away is told once, not every few seconds.
        if (error.message !== failure) report(`What is due could not be carried out: ${error.message}`);
        failure = error.message;
      })
      .finally(() => {
        running = undefined;
      });
  };
  tick();
  const timer = setInterval(tick, interval);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
