import { type ActionId, startOf } from './actions.ts';
import type { Measured } from './measured.ts';

/**
 * What can't be measured without AWS, stated and chosen high. A figure from a deployment's own logs replaces any of these.
 */
export const estimates = {
  /**
   * Milliseconds of a whole core that each takes, all that follows a change together, once the function is warm: rounded up from medians of 350 calls
   * of the bundles on two shared cores; `npm run bench` measures the reads again.
   */
  coreMilliseconds: {
    readArticle: 1.1,
    readListing: 1.1,
    create: 5,
    edit: 5,
    submit: 5,
    approve: 5,
    schedule: 6,
    publish: 7,
    publishAgain: 7,
    withdraw: 6,
    kill: 7,
    listDesk: 2.5,
    openAtDesk: 2.5,
    followPublication: 8,
    followPublicationAgain: 8,
    followTakedown: 10,
    clockIdle: 2,
    clockPublishes: 10,
    clockSweeps: 10,
  } satisfies Record<ActionId, number>,
  /** A core of Lambda's on arm64 against one of those. */
  slowerCore: 2,
  /** MB at which a function has one core (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). */
  coreMemory: 1_769,
  /** Milliseconds that a function waits for a read, for a transaction, and for CloudFront to take a purge. */
  readWait: 6,
  transactionWait: 30,
  purgeWait: 400,
  /** Milliseconds that functions/purge-edge waits between the two purges of a takedown. */
  settling: 5_000,
  /** Starts of a hundred invocations, and milliseconds that each is billed for. What is called each minute stays warm for hours. */
  startsOfAHundred: { content: 1, editorial: 5, clock: 2 },
  startMilliseconds: { content: 250, editorial: 500 },
  /** Bytes of the headers of a reply, on its way to a reader. */
  headerBytes: 900,
  /** Bytes of one line of the edge's access log, gzipped. */
  edgeLogBytes: 150,
} as const;

/** Milliseconds that all its invocations are billed for, with this much memory (MB), their share of starts included. */
export function billedMilliseconds(id: ActionId, measured: Measured, memory: Memory): number {
  const { invocations, requests, purgedPaths } = measured;
  const { coreMilliseconds, slowerCore, coreMemory, readWait, transactionWait, purgeWait, settling } = estimates;
  const part = partOf(id);
  const computing = (coreMilliseconds[id] * slowerCore) / Math.min(1, memory[part] / coreMemory);
  const waits = requests.map((operation) => (operation.startsWith('Transact') ? transactionWait : readWait));
  const waiting = waits.reduce<number>((sum, wait) => sum + wait, 0);
  const purges = id === 'followTakedown' ? 2 * purgeWait + settling : purgedPaths > 0 ? purgeWait : 0;
  const startsOfAHundred = estimates.startsOfAHundred[startOf(id) === 'clock' ? 'clock' : part];
  const starts = invocations * (startsOfAHundred / 100) * estimates.startMilliseconds[part];
  return Math.ceil(computing + waiting + purges + starts);
}

export type Memory = { content: number; editorial: number };

/** Which of the two memory settings a function has. */
export function partOf(id: ActionId): keyof Memory {
  return id === 'readArticle' || id === 'readListing' ? 'content' : 'editorial';
}

const instant = '2026-11-22T18:56:24.046Z';
const requestId = '6d67e385-053d-4622-a56f-b25bcef23083';

/**
 * What Lambda itself writes about an invocation, as far as its schema tells
 * (https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html). That of the start of an instance is left out.
 */
const platformLines: readonly object[] = [
  { time: instant, type: 'platform.start', record: { requestId, version: '$LATEST' } },
  {
    time: instant,
    type: 'platform.report',
    record: {
      requestId,
      metrics: { durationMs: 12.123, billedDurationMs: 13, memorySizeMB: 1024, maxMemoryUsedMB: 121 },
      status: 'success',
    },
  },
];
export const platformLogBytes = platformLines.reduce<number>((sum, line) => sum + JSON.stringify(line).length + 1, 0);

/** What API Gateway puts for the variables of an access log's format; all others are short or empty. */
const accessLogValues: Readonly<Record<string, string>> = {
  '$context.requestId': 'JKJaXmPLvHcESHA=',
  '$context.requestTimeEpoch': '1795373784046',
  '$context.httpMethod': 'GET',
  '$context.path': '/content/v1/articles/kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues',
  '$context.routeKey': 'GET /content/v1/articles/{slug}',
  '$context.authorizer.claims.sub': requestId,
  '$context.identity.sourceIp': '203.0.113.77',
  '$context.status': '200',
};

/** Bytes of one line of an API's access log, by its format in the template. */
export function accessLogBytes(format: string): number {
  return format.replaceAll(/\$context\.[\w.]*\w/g, (variable) => accessLogValues[variable] ?? '1234').length + 1;
}
