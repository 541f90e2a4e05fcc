// npm run test:engines: the tests that store something, on the embedded engine and then on AWS's own DynamoDB Local, where
// a JDK and Maven are there to have it. docs/engines.md says where the two differ from each other and from AWS.
import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { fetchDynamoDbLocal } from './engines/fetch-dynamodb-local.ts';
import { findTests, runTests, type Tally } from './engines/run-tests.ts';
import { startDynamoDbLocal } from './engines/start-dynamodb-local.ts';
import { Unavailable } from './engines/unavailable.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const stopping = new AbortController();
/** Ends what was started, in good order; pressed twice it ends this process, and with it the rest. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(signal));

type Verdict = { name: string } & (Tally | { notRun: string });

async function onEmbeddedEngine(files: string[]): Promise<Verdict> {
  say(`The embedded engine: ${files.length} files.`);
  return { name: 'The embedded engine', ...(await runTests(files, undefined, stopping.signal)) };
}

async function onDynamoDbLocal(files: string[]): Promise<Verdict> {
  const engine = await fetchDynamoDbLocal(stopping.signal, say).catch((error) => {
    if (error instanceof Unavailable) return error;
    throw error;
  });
  if (engine instanceof Unavailable) return { name: 'DynamoDB Local', notRun: engine.message };
  const name = `DynamoDB Local ${engine.version}`;
  const started = performance.now();
  const server = await startDynamoDbLocal(engine, stopping.signal);
  try {
    say(`${name}, ready after ${secondsSince(started)} s: ${files.length} files.`);
    return { name, ...(await runTests(files, server.endpoint, stopping.signal)) };
  } finally {
    await server.stop();
  }
}

const secondsSince = (started: number) => ((performance.now() - started) / 1000).toFixed(1);

/** An engine that could be had and did not run is a failure, unlike one that could not be had. */
async function timed(engine: (files: string[]) => Promise<Verdict>, files: string[]): Promise<Verdict> {
  const started = performance.now();
  const verdict = await engine(files).catch((error: Error): Verdict => {
    stopping.signal.throwIfAborted();
    return { name: error.message, passed: 0, failed: 1 };
  });
  if ('failed' in verdict) verdict.name += ` (${secondsSince(started)} s)`;
  return verdict;
}

async function report(verdicts: Verdict[], file: string | undefined): Promise<void> {
  const ran = verdicts.filter((verdict) => 'failed' in verdict);
  const passed = ran.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = ran.reduce((sum, tally) => sum + tally.failed, 0);
  const notRun = verdicts.flatMap((verdict) => ('notRun' in verdict ? [`${verdict.name}: ${verdict.notRun}`] : []));
  if (file !== undefined) await writeFile(file, `${JSON.stringify({ passed, failed, notRun })}\n`);
  say('');
  for (const tally of ran) say(`${tally.name}: ${tally.passed} passed, ${tally.failed} failed.`);
  for (const reason of notRun) say(`Not run, which is no failure: ${reason}. It wants a JDK and Maven.`);
  if (failed > 0) say('An engine failed a test: docs/engines.md says where engines may differ.');
  else say(notRun.length > 0 ? 'What ran, passed.' : 'The engines agree.');
  process.exitCode = failed > 0 ? 1 : 0;
}

try {
  const options = { 'json-file': { type: 'string' }, other: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const files = await findTests(positionals);
  if (files.length === 0)
    throw new Error(`No test that asks for an engine has ${positionals.join(' or ')} in its path.`);
  // With --other, only what npm test does not run on.
  const embedded = values.other ? [] : [await timed(onEmbeddedEngine, files)];
  const verdicts = [...embedded, await timed(onDynamoDbLocal, files)];
  await report(verdicts, values['json-file']);
} catch (error) {
  const { reason, aborted } = stopping.signal;
  process.stderr.write(aborted ? 'Stopped.\n' : `${(error as Error).message}\n`);
  process.exitCode = aborted ? 128 + constants.signals[reason as 'SIGINT' | 'SIGTERM'] : 1;
}
