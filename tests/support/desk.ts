import { randomUUID } from 'node:crypto';
import { beforeAll } from '@jest/globals';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ulid } from 'ulid';
import { environmentVariables } from '../../contract/environment.ts';
import type { Role } from '../../contract/roles.ts';
import type { Route } from '../../contract/route.ts';
import { type RouteId, routes } from '../../contract/routes/index.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import type { HttpContext, HttpEvent } from '../../functions/_shared/request.ts';
import type { Database } from '../../store/database.ts';
import { systemTiming } from '../../store/retry.ts';
import { addSection } from '../../store/sections.ts';
import type { TestEngine } from './engine.ts';

export type Call = {
  path?: Record<string, string>;
  query?: string;
  /** An object is sent as JSON, a text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  role?: Role | 'none';
  name?: string;
  /** In place of those of a person with that role and name. */
  claims?: Record<string, string>;
  method?: string;
  base64?: boolean;
  /** What the function has left, in milliseconds. */
  remainingMilliseconds?: number;
};

// biome-ignore lint/suspicious/noExplicitAny: replies of ten routes, looked into by the tests that know them
export type Answer = { status: number; headers: Record<string, string>; json: any; body: string };

type Handler = (event: HttpEvent, context: HttpContext) => Promise<APIGatewayProxyStructuredResultV2>;

export const siteUrlTemplate = 'https://news.example/{section}/{slug}';

/** The real handlers over a test's own tables, called with the events that API Gateway would send. */
export type Desk = {
  call: (route: RouteId, call?: Call) => Promise<Answer>;
  /** A draft that lacks nothing for publication. */
  draft: (fields?: Record<string, unknown>) => Promise<EditorialArticle>;
  published: (fields?: Record<string, unknown>) => Promise<EditorialArticle>;
  database: () => Database;
};

export function databaseOf(engine: TestEngine): Database {
  return {
    client: engine.client,
    editorialTable: engine.editorialTable,
    contentTable: engine.contentTable,
    timing: systemTiming,
    newChangeId: ulid,
    deadline: Number.POSITIVE_INFINITY,
  };
}

/** `endpoint` replaces the engine's own, for a proxy in between. */
export function useDesk(engine: TestEngine, endpoint: () => string = () => engine.endpoint): Desk {
  beforeAll(async () => {
    process.env[environmentVariables.editorialTable] = engine.editorialTable;
    process.env[environmentVariables.contentTable] = engine.contentTable;
    process.env[environmentVariables.dynamodbEndpoint] = endpoint();
    process.env[environmentVariables.publicationName] = 'The Example';
    process.env[environmentVariables.siteUrlTemplate] = siteUrlTemplate;
    process.env[environmentVariables.publicationLanguage] = 'en';
    process.env[environmentVariables.publicationTimeZone] = 'UTC';
    await addSection(databaseOf(engine), { slug: 'world', name: 'World' });
    await addSection(databaseOf(engine), { slug: 'conflicts-and-war', name: 'Conflicts & War' });
  });
  const desk: Desk = {
    call,
    database: () => databaseOf(engine),
    async draft(fields = {}) {
      const body = {
        headline: `Headline ${randomUUID()}`,
        section: 'world',
        body: { text: 'One.\n\nTwo.' },
        ...fields,
      };
      const { status, json } = await call('createArticle', { body });
      if (status !== 201) throw new Error(JSON.stringify(json));
      return json;
    },
    async published(fields) {
      const draft = await desk.draft(fields);
      const { status, json } = await call('publishArticle', {
        path: { articleId: draft.id },
        headers: { 'if-match': '"1"' },
      });
      if (status !== 200) throw new Error(JSON.stringify(json));
      return json;
    },
  };
  return desk;
}

async function call(routeId: RouteId, options: Call = {}): Promise<Answer> {
  const route: Route = routes[routeId];
  const { handler } = (await import(`../../functions/${route.function}/handler.ts`)) as { handler: Handler };
  const reply = await handler(eventFor(route, options), {
    getRemainingTimeInMillis: () => options.remainingMilliseconds ?? 10_000,
  });
  const body = reply.isBase64Encoded ? Buffer.from(reply.body ?? '', 'base64').toString('latin1') : (reply.body ?? '');
  const headers = reply.headers as Record<string, string>;
  const isJson = !reply.isBase64Encoded && body !== '' && /json/.test(headers['content-type'] ?? '');
  return { status: reply.statusCode ?? 0, headers, body, json: isJson ? JSON.parse(body) : undefined };
}

function eventFor(
  route: Route,
  { path = {}, query = '', body, headers = {}, role, name, claims, method, base64 }: Call,
): HttpEvent {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const type = route.body?.mediaTypes[0];
  const rawPath = route.path.replaceAll(/\{(\w+)\+?\}/g, (_, key: string) =>
    encodeURIComponent((path[key] ?? '').toWellFormed()),
  );
  const requestId = randomUUID();
  return {
    version: '2.0',
    routeKey: `${method ?? route.method} ${route.path}`,
    rawPath,
    rawQueryString: query,
    headers: { ...(text === undefined || !type ? {} : { 'content-type': type }), ...headers },
    pathParameters: path,
    requestContext: {
      requestId,
      http: {
        method: method ?? route.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      ...(route.permission === 'public'
        ? {}
        : { authorizer: claims ? { jwt: { claims, scopes: null } } : authorizer(role ?? 'editor', name ?? 'ana') }),
    },
    ...(text === undefined ? {} : { body: text }),
    isBase64Encoded: base64 ?? false,
  } as unknown as HttpEvent;
}

function authorizer(role: Role | 'none', name: string) {
  const groups = role === 'none' ? {} : { 'cognito:groups': `[${role}]` };
  return { jwt: { claims: { sub: `sub-${name}`, username: name, token_use: 'access', ...groups }, scopes: null } };
}
