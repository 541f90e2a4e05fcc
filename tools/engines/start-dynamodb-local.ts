// DynamoDB Local as a child process on loopback, in memory, that never outlives this one.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DynamoDbLocal } from './fetch-dynamodb-local.ts';

const launcher = fileURLToPath(new URL('dynamodb-local/OnLoopback.java', import.meta.url));
/** It starts in about two seconds. */
const startLimitMs = 60_000;
const stopLimitMs = 5_000;

export type Server = { endpoint: string; stop: () => Promise<void> };

/** Resolves when it listens. Throws in one sentence, with what it said last. */
export async function startDynamoDbLocal(engine: DynamoDbLocal, signal: AbortSignal): Promise<Server> {
  // It unpacks its native library there.
  const scratch = await mkdtemp(join(tmpdir(), 'dateline-dynamodb-local-'));
  const child = spawn(engine.java, optionsOf(engine, scratch), {
    cwd: scratch,
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C reaches the whole group of the terminal, and the tests end before their engine.
    detached: true,
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  const stop = async () => {
    await end(child, closed);
    await rm(scratch, { recursive: true, force: true });
  };
  const said = collect(child);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(startLimitMs)]);
  const port = await Promise.race([listening(child), closed, aborted(limit)]);
  if (port !== undefined) return { endpoint: `http://127.0.0.1:${port}`, stop };
  await stop();
  signal.throwIfAborted();
  throw new Error(`DynamoDB Local did not start: ${said.text.trim() || 'it did not answer'}`);
}

function optionsOf({ libraries }: DynamoDbLocal, scratch: string): string[] {
  return [
    `-Djava.io.tmpdir=${scratch}`,
    // Else it leaves a file in the system's folder for temporary files.
    '-XX:-UsePerfData',
    '-classpath',
    [join(libraries, '*'), libraries].join(delimiter),
    launcher,
    '-inMemory',
    // One database whatever the credentials and region, as the embedded engine has it.
    '-sharedDb',
    '-disableTelemetry',
  ];
}

function collect(child: ChildProcess): { text: string } {
  const said = { text: '' };
  child.once('error', (error) => {
    said.text ||= error.message;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.text = (said.text + text).slice(-2_000);
  });
  return said;
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (!child.stdout) return;
    // Read to its end, or it would wait for a reader one day.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /^listening on (\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** It ends when its standard input does. */
async function end(child: ChildProcess, closed: Promise<void>): Promise<void> {
  child.stdin?.on('error', () => undefined).end();
  const patience = new AbortController();
  const stubborn = delay(stopLimitMs, undefined, { signal: patience.signal })
    .then(() => child.kill('SIGKILL'))
    .catch(() => undefined);
  await closed;
  patience.abort();
  await stubborn;
}
