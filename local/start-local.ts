// The whole system in one process and one engine: what `npm start`, journeys and benchmarks run.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PublicationSettings } from '../contract/environment.ts';
import type { Role } from '../contract/roles.ts';
import { routes } from '../contract/routes/index.ts';
import { type Clock, startClock } from './clock.ts';
import { claimDataFolder, type DataFolder } from './data-folder.ts';
import type { Engine } from './engine.ts';
import type { Following, FollowOptions } from './follow-stream.ts';
import { type FunctionRunner, functionRunner } from './function-runner.ts';
import { type Gateway, type Page, startGateway } from './gateway.ts';
import { createIdentity, type Identity } from './identity.ts';
import { latestStory } from './latest-story.ts';
import { linksPage } from './links-page.ts';
import { engineFailure, ensureTables, startLocalEngine, tableNames } from './local-database.ts';
import { setEnvironment } from './local-environment.ts';
import { loadSeeds, seedsLine } from './seeds.ts';
import { StartError } from './start-error.ts';
import { keySetPage, tokenPage } from './token-page.ts';

export type LocalOptions = {
  /** 4000 when absent; 0 for any that is free. */
  port?: number | undefined;
  /** The address to listen on; this machine alone when absent. */
  host?: string | undefined;
  /** Where the data lives; `:memory:`, or nothing, keeps nothing. */
  dataFolder?: string | undefined;
  /** A DynamoDB that runs already, instead of the embedded engine. */
  databaseEndpoint?: string | undefined;
  /** Holds the bundles. Without it they are built when stale and taken from dist/functions. */
  functionsFolder?: string | undefined;
  publication?: Partial<PublicationSettings> | undefined;
  /** The commit that `/health` names. */
  commit?: string | undefined;
  editorialOrigins?: readonly string[] | undefined;
  /** Whether to load the seeds; true when absent. */
  seeds?: boolean | undefined;
  /** Takes a line about each step. */
  report?: ((line: string) => void) | undefined;
  /** Takes one JSON line for each request that fails in the gateway. */
  log?: ((line: string) => void) | undefined;
};

export type LocalSystem = {
  /** `http://127.0.0.1:4000` */
  url: string;
  /** Undefined when nothing is kept. */
  dataFolder: string | undefined;
  /** Undefined when the database is not ours. */
  engine: Engine | undefined;
  runner: FunctionRunner;
  gateway: Gateway;
  /** A bearer token for the editorial API. */
  token(role: Role, name: string): Promise<string>;
  /** Answers what is under way, then ends the server and the engine. */
  stop(): Promise<void>;
  /** Resolves with the reason when the system cannot go on; never when it is stopped. */
  failed: Promise<StartError>;
};

type Running = {
  folder?: DataFolder | undefined;
  gateway?: Gateway;
  engine?: Engine;
  reactions?: Following | undefined;
  clock?: Clock;
};

/** As infra/ gives every function that an API calls. */
const functionTimeoutMs = 10_000;
const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts everything and resolves when the seeds are served. Throws a StartError, with nothing left running, when it
 * can't. The functions read their settings from `process.env`, so one process runs one system at a time.
 */
export async function startLocal(options: LocalOptions = {}): Promise<LocalSystem> {
  const running: Running = {};
  try {
    return await start(options, running);
  } catch (error) {
    await stopAll(running);
    throw error;
  }
}

async function start(options: LocalOptions, running: Running): Promise<LocalSystem> {
  const report = options.report ?? (() => undefined);
  const folder = await claimFolder(options.dataFolder);
  running.folder = folder;
  const identity = createIdentity(folder && { keyPath: folder.keyPath });
  const folderOfFunctions = options.functionsFolder ?? join(root, 'dist', 'functions');
  const runner = functionRunner({ folder: folderOfFunctions, timeoutMs: functionTimeoutMs });
  const gateway = await openGateway(options, runner, identity);
  running.gateway = gateway;
  // Side by side: the one waits for the disk and esbuild, the other for the engine.
  const [endpoint] = await allOrFirstError([openDatabase(options, running), prepareBundles(options, report)]);
  const { engine } = running;
  report(engine ? `The database engine answers on ${endpoint}.` : `The database is the one at ${endpoint}.`);
  const { publication, commit, host } = options;
  const shownUrl = `http://${host && !isEverywhere(host) ? inUrl(host) : 'localhost'}:${gateway.port}`;
  setEnvironment({ endpoint, tables: tableNames, url: shownUrl, publication, commit });
  // Side by side: reactions look at what was committed a moment later, once it is served, the seeds too.
  const [, seeds] = await allOrFirstError([
    startReactions(endpoint, running, { runner, report }),
    options.seeds === false ? Promise.resolve(undefined) : loadSeeds(runner),
  ]);
  if (seeds) report(seedsLine(seeds));
  gateway.serve();
  running.clock = startClock({ runner, report });
  return {
    url: urlOf(host, gateway.port),
    dataFolder: folder?.path,
    engine,
    runner,
    gateway,
    token: async (role, name) => (await identity.issueToken({ role, name })).token,
    stop: () => stopAll(running),
    failed: engineFailure(engine, folder?.path),
  };
}

/** A database that is not ours may have no stream to follow: then nothing reacts, which is said. */
async function startReactions(
  endpoint: string,
  running: Running,
  to: Pick<FollowOptions, 'runner' | 'report'>,
): Promise<void> {
  try {
    const { followStream } = await import('./follow-stream.ts');
    const positionPath = running.engine && running.folder?.positionPath;
    running.reactions = await followStream({ endpoint, table: tableNames.content, positionPath, ...to });
  } catch (error) {
    to.report(`Nothing follows publications: ${(error as Error).message}`);
  }
}

async function claimFolder(dataFolder: string | undefined): Promise<DataFolder | undefined> {
  return dataFolder === undefined || dataFolder === ':memory:' ? undefined : await claimDataFolder(dataFolder);
}

async function openGateway(options: LocalOptions, runner: FunctionRunner, identity: Identity): Promise<Gateway> {
  const { port = 4000, host, editorialOrigins, log } = options;
  let url = '';
  const pages = new Map<string, Page>([
    ['GET /', linksPage(() => latestStory(url))],
    ['GET /openapi.json', openApiPage],
    ['POST /local/tokens', tokenPage(identity)],
    ['GET /.well-known/jwks.json', keySetPage(identity)],
  ]);
  const gateway = await startGateway({
    port,
    host,
    contract: { routes },
    runner,
    identity,
    pages,
    editorialOrigins,
    log,
  });
  url = urlOf(host, gateway.port);
  return gateway;
}

const openApiPage: Page = async () => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
  body: await readFile(join(root, 'contract', 'openapi.json'), 'utf8'),
});

async function openDatabase({ databaseEndpoint }: LocalOptions, running: Running): Promise<string> {
  if (databaseEndpoint === undefined) running.engine = await startLocalEngine(running.folder);
  const endpoint = running.engine?.endpoint ?? databaseEndpoint ?? '';
  await ensureTables(endpoint, running.engine && running.folder?.dbPath);
  return endpoint;
}

async function prepareBundles({ functionsFolder }: LocalOptions, report: (line: string) => void): Promise<void> {
  if (functionsFolder !== undefined) return;
  const { buildIfStale } = await import('../tools/build.ts');
  const started = performance.now();
  const wasStale = await buildIfStale().catch((cause: unknown) => {
    throw new StartError(`The functions could not be built: ${(cause as Error).message}`, { cause });
  });
  if (wasStale) report(`Built the functions in ${Math.round(performance.now() - started)} ms.`);
}

/** Waits for all of them even when one fails, so that whatever another one starts can be stopped. */
async function allOrFirstError<A, B>(work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}

async function stopAll(running: Running): Promise<void> {
  await running.gateway?.close();
  await running.clock?.stop();
  await running.reactions?.stop();
  await running.engine?.stop();
  running.folder?.release();
}

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';
const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const urlOf = (host: string | undefined, port: number): string =>
  `http://${host === undefined || isEverywhere(host) ? '127.0.0.1' : inUrl(host)}:${port}`;
