import { AssertionError } from 'node:assert';

export type Broken = { step: string; promise: string; why: string };

/** Something that has to be put right before the test can go on: the run ends with its message. */
export class Stop extends Error {
  override name = 'Stop';
  /** What the command that failed printed. */
  readonly output: string | undefined;

  constructor(message: string, output?: string) {
    super(message);
    this.output = output;
  }
}

/** Says what happens as it happens, counts the promises that are kept, and remembers those that are not. */
export class Report {
  passed = 0;
  step = '';
  readonly broken: Broken[] = [];
  readonly #started = performance.now();

  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  begin(step: string): void {
    this.step = step;
    this.say(`== ${step}`);
  }

  say(text: string): void {
    process.stdout.write(`${this.seconds.toFixed(1).padStart(6)} s  ${text}\n`);
  }

  /** Tries whether a promise is kept. What `test` throws breaks it, and the run goes on. */
  async check(promise: string, test: () => unknown): Promise<boolean> {
    try {
      await test();
      this.passed += 1;
      this.say(`  ✓ ${promise}`);
      return true;
    } catch (error) {
      if (error instanceof Stop) throw error;
      this.breaks(promise, explain(error));
      return false;
    }
  }

  breaks(promise: string, why: string): void {
    this.broken.push({ step: this.step, promise, why });
    this.say(`  ✗ ${promise}\n${indented(why)}`);
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AssertionError) return error.message;
  return `${error.name}: ${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`;
}

export function indented(text: string): string {
  return text.replace(/^/gm, '            ');
}
