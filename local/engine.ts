// The embedded DynamoDB engine as a child process that never outlives this one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findEngine } from './find-engine.ts';
import { StartError } from './start-error.ts';

export type EngineExit = {
  /** Whether `stop` or `kill` ended it. */
  expected: boolean;
  /** One sentence: what the engine said last, or how it ended. */
  reason: string;
};

/** A running DynamoDB-compatible engine on a loopback port of its own. */
export type Engine = {
  /** `http://127.0.0.1:NNNN` */
  endpoint: string;
  pid: number;
  /** Ends it in good order; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL, as a power cut would; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves when the process is gone, whoever ended it. */
  exited: Promise<EngineExit>;
};

export type EngineOptions = {
  /** The SQLite file to keep the data in. In memory when absent. */
  dbPath?: string;
};

const host = '127.0.0.1';
/** It starts in about 12 ms; recovering a long write-ahead log or a machine under load takes longer. */
const startLimitMs = 15_000;
const stopLimitMs = 2_000;
const pollMs = 5;
const portAttempts = 10;

/** Starts an engine on a free loopback port and waits until it answers. Throws a StartError in one sentence. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const binary = await findEngine();
  for (let attempt = 1; ; attempt++) {
    const started = await tryToStart(binary, await freePort(), options);
    if (typeof started !== 'string') return started;
    // Another process can take the port between finding it free and the engine's listening.
    const lostPort = /already in use/i.test(started);
    if (!lostPort || attempt === portAttempts) throw new StartError(sentenceFor(started, options));
  }
}

/** The engine, or what it said when it could not start. */
async function tryToStart(binary: string, port: number, { dbPath }: EngineOptions): Promise<Engine | string> {
  const options = ['serve', '--host', host, '--port', String(port), ...(dbPath ? ['--db-path', dbPath] : [])];
  // A process group of its own: Ctrl-C reaches the whole group of the terminal, and the engine has to outlast the server.
  const child = spawn(binary, options, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const running: Running = { child, said: collect(child), expected: false, watchdog: undefined };
  const exited = watchExit(running);
  running.watchdog = child.pid === undefined ? undefined : startWatchdog(child.pid);
  const ready = await Promise.race([untilReady(port, running), exited.then(() => false)]);
  if (!ready || child.pid === undefined) {
    await end(running, exited, 'SIGKILL');
    return running.said.text || 'it did not answer';
  }
  letGo(child);
  return {
    endpoint: `http://${host}:${port}`,
    pid: child.pid,
    stop: () => end(running, exited, 'SIGTERM'),
    kill: () => end(running, exited, 'SIGKILL'),
    exited,
  };
}

type Said = { text: string };
type Running = { child: ChildProcess; said: Said; expected: boolean; watchdog: ChildProcess | undefined };

function collect(child: ChildProcess): Said {
  const said: Said = { text: '' };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.text = (said.text + text).slice(-4_000);
  });
  return said;
}

function watchExit(running: Running): Promise<EngineExit> {
  const { child, said } = running;
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  return new Promise((resolve) => {
    const settle = (how: string) => {
      process.off('exit', endWithUs);
      running.watchdog?.kill('SIGKILL');
      resolve({ expected: running.expected, reason: lastError(said.text) ?? how });
    };
    child.once('error', (error) => {
      said.text ||= error.message;
      settle(error.message);
    });
    // Not 'exit': only at 'close' has everything that the engine said been read.
    child.once('close', (code, signal) => settle(signal ? `it was ended by ${signal}` : `it ended with code ${code}`));
  });
}

/**
 * Ends the engine when this process is gone, even by kill -9: the pipe to the watchdog closes then, and only then.
 * Windows has no sh; there the data folder's lock lets the next start find the orphan.
 */
function startWatchdog(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const script = 'read -r _; kill -9 "$1"';
  const watchdog = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin?.on('error', () => undefined);
  letGo(watchdog);
  return watchdog;
}

/** An engine that somebody forgot to stop does not keep this process from ending, which then ends the engine. */
function letGo(child: ChildProcess): void {
  child.unref();
  // Pipes are sockets, which can be let go, though their types do not say so.
  for (const pipe of [child.stdin, child.stderr]) (pipe as { unref?: () => void } | null)?.unref?.();
}

async function end(running: Running, exited: Promise<EngineExit>, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  running.expected = true;
  running.child.ref();
  running.child.kill(signal);
  const stubborn = setTimeout(() => running.child.kill('SIGKILL'), stopLimitMs);
  await exited;
  clearTimeout(stubborn);
  await watchdogGone(running.watchdog);
}

async function watchdogGone(watchdog: ChildProcess | undefined): Promise<void> {
  if (watchdog?.pid === undefined || watchdog.exitCode !== null || watchdog.signalCode !== null) return;
  watchdog.ref();
  await once(watchdog, 'exit');
}

async function untilReady(port: number, { said, child }: Running): Promise<boolean> {
  const deadline = performance.now() + startLimitMs;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    // Its own word that it listens, since something else may answer on a port that it lost.
    if (said.text.includes('listening') && (await answers(port))) return true;
    await delay(pollMs);
  }
  return false;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path: '/', agent: false, timeout: 1_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function lastError(text: string): string | undefined {
  const line = text.split('\n').findLast((candidate) => /error|panic/i.test(candidate));
  return line?.replace(/^error:\s*/i, '').trim();
}

function sentenceFor(said: string, { dbPath }: EngineOptions): string {
  const words = lastError(said) ?? said.trim();
  if (dbPath === undefined) return `The database engine could not start: ${words}`;
  if (/not a valid SQLite database|malformed|corrupt/i.test(words))
    return `The data in ${dbPath} is damaged and cannot be read: put back a copy of it, or delete it to start with the seeds alone.`;
  if (/database is locked/i.test(words))
    return `The data in ${dbPath} is in use by another process: stop that one, or set DATELINE_DATA to another folder.`;
  return `The database engine could not open ${dbPath}: ${words}`;
}
