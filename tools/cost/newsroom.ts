import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ulid } from 'ulid';
import { environmentVariables } from '../../contract/environment.ts';
import type { ReactionId } from '../../contract/events.ts';
import type { Role } from '../../contract/roles.ts';
import type { Route } from '../../contract/route.ts';
import { type RouteId, routes } from '../../contract/routes/index.ts';
import { createTables } from '../../local/create-tables.ts';
import { startEngine } from '../../local/engine.ts';
import { setEnvironment } from '../../local/local-environment.ts';
import { openClient } from '../../store/database.ts';
import { systemTiming } from '../../store/retry.ts';
import { addSection } from '../../store/sections.ts';
import { startEdgeDouble } from './edge-double.ts';
import { type Recorded, startRecorder } from './recorder.ts';

export type Call = {
  path?: Record<string, string>;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
  role?: Role;
};

/** What is looked for in an answer: of an article, of a page, and of a preview link. */
export type Answer = {
  id: string;
  version: number;
  slug: string | null;
  items?: { id: string; at: string }[];
  nextCursor?: string;
  url?: string;
};

/** What was done once, and all that it caused. */
export type Observed = {
  /** Of functions: one, unless several follow the same change. */
  invocations: number;
  json: Answer;
  /** As it travels: gzipped by the function, or by the edge on its way to a reader; to the desk as it is. */
  replyBytes: number;
  database: readonly Recorded[];
  /** Of the lines that the function wrote, with their line ends. */
  logBytes: number;
  purgedPaths: number;
  /** Metrics of its own that it wrote to its log, by name. */
  metrics: readonly string[];
};

/** The real functions over an engine of their own, with everything that they do observed. */
export type Newsroom = {
  /** `later`: so many milliseconds from now. */
  call(routeId: RouteId, call?: Call, later?: number): Promise<Observed>;
  react(reactionId: ReactionId, records: readonly object[]): Promise<Observed>;
  /** A run of the clock, so many milliseconds from now. */
  runDue(later?: number): Promise<Observed>;
  /** What is done meanwhile is done, and what it takes is not told. */
  unseen<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Milliseconds. With no more time than it keeps back for its answer, one that waits for the tables to settle does not. */
const reactionTime: Readonly<Record<ReactionId, number>> = { 'purge-edge': 1_000, 'count-published': 10_000 };

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const names = { editorial: 'editorial', content: 'content' } as const;
const sections = [
  { slug: 'world', name: 'World' },
  { slug: 'conflicts-and-war', name: 'Conflicts & War' },
];

/** The functions read their settings from `process.env`, so one process opens one newsroom. */
export async function openNewsroom(): Promise<Newsroom> {
  const engine = await startEngine();
  const recorder = await startRecorder({ endpoint: engine.endpoint, names });
  const edge = await startEdgeDouble();
  await createTables(engine.endpoint, names);
  const publication = { siteUrlTemplate: 'https://www.example.com/{section}/{slug}' };
  setEnvironment({ endpoint: recorder.endpoint, tables: names, url: 'http://localhost', publication });
  process.env[environmentVariables.edgeDistribution] = 'E2QWRUHAPOMQZL';
  process.env.AWS_ENDPOINT_URL_CLOUDFRONT = edge.endpoint;
  await addSections(engine.endpoint);

  // Metrics are written in Lambda alone.
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'Dateline-prod-FunctionsRunDueFunction3A326E11-aBcDeFgHiJkL';
  const observe = async (folder: string, event: unknown, milliseconds: number): Promise<Observed> => {
    const { handler } = (await import(`../../functions/${folder}/handler.ts`)) as { handler: Handler };
    const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => milliseconds };
    const { result, written } = await withOutput(() => handler(event, context));
    const { json, replyBytes } = replyOf(result as APIGatewayProxyStructuredResultV2, isPublic(folder));
    const logBytes = Buffer.byteLength(written);
    const metrics = metricsIn(written);
    return { invocations: 1, json, replyBytes, logBytes, metrics, database: recorder.take(), purgedPaths: edge.take() };
  };
  return {
    call: (routeId, call = {}, later = 0) =>
      ahead(later, () => observe(routes[routeId].function, eventFor(routes[routeId], call), 10_000)),
    react: (reactionId, Records) => observe(reactionId, { Records }, reactionTime[reactionId]),
    runDue: (later = 0) => ahead(later, () => observe('run-due', {}, 55_000)),
    unseen: (work) => recorder.unseen(work),
    async close() {
      recorder.close();
      edge.close();
      await engine.stop();
    },
  };
}

async function addSections(endpoint: string): Promise<void> {
  const client = openClient(endpoint);
  const database = {
    client,
    editorialTable: names.editorial,
    contentTable: names.content,
    timing: systemTiming,
    newChangeId: ulid,
    deadline: Number.POSITIVE_INFINITY,
  };
  for (const section of sections) await addSection(database, section);
  client.destroy();
}

/** Does it with clocks that are so much ahead: what is scheduled lies in the future. */
async function ahead<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const { now } = Date;
  const timing = systemTiming.now;
  Date.now = () => now() + milliseconds;
  systemTiming.now = Date.now;
  try {
    return await work();
  } finally {
    Date.now = now;
    systemTiming.now = timing;
  }
}

/** Of the lines that CloudWatch reads metrics from. */
function metricsIn(written: string): string[] {
  const names = [...written.matchAll(/"CloudWatchMetrics":\[.*?"Metrics":(\[.*?\])/g)].flatMap(([, list = '[]']) =>
    (JSON.parse(list) as { Name: string }[]).map(({ Name }) => Name),
  );
  return [...new Set(names)];
}

async function withOutput<T>(work: () => Promise<T>): Promise<{ result: T; written: string }> {
  const write = process.stdout.write;
  let written = '';
  process.stdout.write = ((chunk: string | Uint8Array) => {
    written += String(chunk);
    return true;
  }) as typeof write;
  try {
    return { result: await work(), written };
  } finally {
    process.stdout.write = write;
  }
}

const nothing: Answer = { id: '', version: 0, slug: null };

/** Whether the edge stands between it and readers: the desk's replies it never compresses. */
const isPublic = (folder: string): boolean =>
  Object.values(routes).some((route) => route.function === folder && route.permission === 'public');

function replyOf(
  { statusCode = 200, headers = {}, body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2,
  compressed: boolean,
) {
  if (statusCode >= 400) throw new Error(`A function answered ${statusCode}: ${body}`);
  if (body === '') return { json: nothing, replyBytes: 0 };
  if (isBase64Encoded) return { json: nothing, replyBytes: Buffer.byteLength(body, 'base64') };
  const replyBytes = compressed ? gzipSync(body).byteLength : Buffer.byteLength(body);
  const isJson = String(headers['content-type']).startsWith('application/json');
  return { json: isJson ? (JSON.parse(body) as Answer) : nothing, replyBytes };
}

function eventFor(route: Route, { path = {}, query = '', body, headers = {}, role = 'editor' }: Call): object {
  const rawPath = route.path.replaceAll(/\{(\w+)\+?\}/g, (_, key: string) => path[key] ?? '');
  const type = route.body?.mediaTypes[0];
  const claims = { sub: randomUUID(), username: 'ana', token_use: 'access', 'cognito:groups': `[${role}]` };
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath,
    rawQueryString: query,
    headers: {
      'accept-encoding': 'gzip',
      ...(body === undefined || !type ? {} : { 'content-type': type }),
      ...headers,
    },
    pathParameters: path,
    requestContext: {
      // As long as API Gateway's.
      requestId: randomUUID().slice(0, 16),
      http: { method: route.method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'cost' },
      ...(route.permission === 'public' ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
