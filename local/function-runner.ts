import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a function sees of its invocation: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export type FunctionContext = {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  awsRequestId: string;
  logGroupName: string;
  logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
};

type Handler = (event: unknown, context: FunctionContext) => unknown;

export class FunctionTimeout extends Error {
  override name = 'FunctionTimeout';
}

/** Runs functions from their bundles as Lambda does: one import each, kept for all the invocations that follow. */
export type FunctionRunner = {
  /**
   * The function's reply. Rejects with what it throws, or with FunctionTimeout when it takes longer than `timeoutMs`, or
   * than the runner's own limit.
   */
  invoke(name: string, event: unknown, timeoutMs?: number): Promise<unknown>;
  /** Imports every bundle anew and serves with them from now on; rejects, and serves with the old ones, if one is broken. */
  reload(): Promise<void>;
};

export type RunnerOptions = {
  /** Holds `<function>/index.mjs`, which exports `handler`. */
  folder: string;
  /** How long a function may take, in milliseconds. */
  timeoutMs: number;
};

export function functionRunner({ folder, timeoutMs }: RunnerOptions): FunctionRunner {
  let handlers = new Map<string, Promise<Handler>>();

  const handlerOf = (name: string): Promise<Handler> => {
    const known = handlers.get(name);
    if (known) return known;
    const loading = load(folder, name);
    handlers.set(name, loading);
    loading.catch(() => handlers.delete(name));
    return loading;
  };

  return {
    async invoke(name, event, limit = timeoutMs) {
      const handler = await handlerOf(name);
      return await within(limit, (deadline) => handler(event, contextOf(name, deadline)));
    },
    async reload() {
      const copy = await copyOf(folder);
      const names = (await readdir(copy, { withFileTypes: true })).filter((entry) => entry.isDirectory());
      const loaded = await Promise.all(
        names.map(async ({ name }) => [name, Promise.resolve(await load(copy, name))] as const),
      );
      handlers = new Map(loaded);
    },
  };
}

/** Node keeps what it has imported under one address for good, and bundles import parts of theirs later: so new ones need a new place. */
async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'dateline-functions-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  await cp(folder, copy, { recursive: true });
  return copy;
}

async function load(folder: string, name: string): Promise<Handler> {
  const address = pathToFileURL(join(folder, name, 'index.mjs'));
  const { handler } = (await import(address.href)) as { handler?: Handler };
  if (typeof handler !== 'function') throw new Error(`${name}/index.mjs exports no handler.`);
  return handler;
}

function contextOf(functionName: string, deadline: number): FunctionContext {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function within(timeoutMs: number, run: (deadline: number) => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new FunctionTimeout(`Task timed out after ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([run(Date.now() + timeoutMs), late]);
  } finally {
    clearTimeout(timer);
  }
}
