import { latestStory } from './latest-story.ts';
import { nextSteps } from './next-steps.ts';
import { complain, say } from './progress.ts';
import { StartError } from './start-error.ts';
import { type LocalSystem, startLocal } from './start-local.ts';
import { startOptions } from './start-options.ts';

const parentPollMs = 200;

let system: LocalSystem | undefined;
let stopping = false;

/** A second signal, or one that comes while starting, does not wait: the engine goes with this process either way. */
async function stop(exitCode: number): Promise<void> {
  if (stopping || !system) process.exit(exitCode || 130);
  stopping = true;
  await system.stop();
  process.exit(exitCode);
}

function fail(error: unknown): void {
  complain(
    error instanceof StartError ? error.message : `Dateline failed: ${error instanceof Error ? error.stack : error}`,
  );
}

/** Starts the system, says what to do next, and stops it at a signal without leaving a process behind. */
export async function run(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  if (process.env.npm_lifecycle_event !== undefined) stopWithParent();
  try {
    await start();
  } catch (error) {
    fail(error);
    await system?.stop();
    process.exit(1);
  }
}

/** npm hands a SIGTERM to the shell between it and this process, and the shell dies of it without a word. */
function stopWithParent(): void {
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    void stop(0);
  }, parentPollMs).unref();
}

async function start(): Promise<void> {
  const { options, watch } = startOptions(process.argv.slice(2), process.env);
  system = await startLocal({ ...options, report: say, log: complain });
  const { url, dataFolder, failed } = system;
  void failed.then((error) => {
    fail(error);
    void stop(1);
  });
  const shownUrl = url.replace('127.0.0.1', 'localhost');
  const story = await latestStory(url);
  // Counted from the start of the process, with all that it had to load.
  say(`Dateline serves on ${shownUrl} after ${Math.round(performance.now())} ms.`);
  say(nextSteps({ url: shownUrl, story, dataFolder, databaseEndpoint: options.databaseEndpoint }));
  if (!watch) return;
  const { watchSources } = await import('./watch.ts');
  await watchSources(system, say);
  say('Watching contract/, domain/, store/, functions/ and seeds/ for changes.');
}
