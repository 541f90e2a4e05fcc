// What the two HTTP APIs of the stack do, on one port: match a route, ask the authorizer, invoke the function.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cors } from '../contract/cors.ts';
import type { Route } from '../contract/route.ts';
import { type CorsRules, crossOrigin } from './cross-origin.ts';
import { type FunctionRunner, FunctionTimeout } from './function-runner.ts';
import { gatewayEvent, type TextClaims } from './gateway-event.ts';
import { message, type Outgoing, outgoing, send } from './gateway-reply.ts';
import type { Identity } from './identity.ts';
import { type Match, routeMatcher } from './match-route.ts';
import { readBody } from './request-body.ts';
import { StartError } from './start-error.ts';

/** What the gateway serves of the contract; replaced as a whole when the contract changes. */
export type ServedContract = { routes: Readonly<Record<string, Route>>; cors?: CorsRules };

export type PageRequest = { accept: string; host: string; body: string };
/** A page that only the local system has: it stands in no contract and asks no authorizer. */
export type Page = (request: PageRequest) => Promise<Outgoing> | Outgoing;

export type GatewayOptions = {
  /** 0 for any that is free. */
  port: number;
  /** The address to listen on; this machine alone when absent. */
  host?: string | undefined;
  contract: ServedContract;
  runner: Pick<FunctionRunner, 'invoke'>;
  identity: Pick<Identity, 'verifyToken'>;
  /** By method and path: `GET /`. */
  pages?: ReadonlyMap<string, Page>;
  editorialOrigins?: readonly string[] | undefined;
  /** Takes one JSON line for each request that failed here. */
  log?: ((line: string) => void) | undefined;
};

export type Gateway = {
  port: number;
  /** Begins to serve, or goes on with another contract. Before the first call, everything is answered 503. */
  serve(contract?: ServedContract): void;
  /** Takes no more requests; resolves when those under way are answered, or after two seconds. */
  close(): Promise<void>;
};

/** API Gateway's limit on a request, in bytes (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const largestRequest = 10 * 1024 * 1024;
const closeLimitMs = 2_000;

/** Listens at once, so that a port in use is known before anything else is started. Throws a StartError. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const state: State = {
    answer: async () => message(503, 'Service Unavailable', { 'retry-after': '1' }),
    isClosing: false,
    log: options.log,
  };
  const server = createServer((request, response) => void respond(request, response, state));
  server.listen(options.port, options.host ?? '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(error, options);
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve(contract = options.contract) {
      state.answer = answerWith(contract, options);
    },
    async close() {
      state.isClosing = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const stubborn = setTimeout(() => server.closeAllConnections(), closeLimitMs);
      await closed;
      clearTimeout(stubborn);
    },
  };
}

function cannotListen(error: NodeJS.ErrnoException, { port, host }: GatewayOptions): StartError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program: stop that one, or choose another port with PORT=${port + 1} npm start.`,
    EACCES: `Port ${port} may not be opened by this user: choose one above 1023, as in PORT=4000 npm start.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST to one that is, or leave it out.`,
  };
  const otherwise = `The server cannot listen on port ${port}: ${error.message}`;
  return new StartError(reasons[error.code ?? ''] ?? otherwise, { cause: error });
}

type Asked = { request: IncomingMessage; requestId: string; path: string; query: string };
type Answer = (asked: Asked) => Promise<Outgoing>;
type State = { answer: Answer; isClosing: boolean; log: GatewayOptions['log'] };

async function respond(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const requestId = randomUUID();
  const [path, query] = split(request.url ?? '/');
  const reply = (outgoing: Outgoing): void => {
    outgoing.headers['x-request-id'] ??= requestId;
    // A connection that is kept would hold the server open.
    if (state.isClosing) outgoing.headers.connection = 'close';
    send(response, outgoing);
  };
  try {
    reply(await state.answer({ request, requestId, path, query }));
  } catch (error) {
    // Whoever hung up in the middle of the body waits for no answer.
    if (request.destroyed && !request.complete) return;
    state.log?.(failure(error, requestId, request.method, path));
    reply(message(500, 'Internal Server Error'));
  }
}

function split(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function failure(error: unknown, requestId: string, method: string | undefined, path: string): string {
  const { name, message: text, stack } = error instanceof Error ? error : new Error(String(error));
  const details = error instanceof FunctionTimeout ? { error: text } : { error: `${name}: ${text}`, stack };
  return JSON.stringify({ level: 'error', message: 'gateway', requestId, method, path, ...details });
}

function answerWith(contract: ServedContract, options: GatewayOptions): Answer {
  const match = routeMatcher(Object.values(contract.routes));
  const origins = crossOrigin(contract.cors ?? cors, options.editorialOrigins);
  return async (asked) => {
    const { request, path } = asked;
    const { method = 'GET' } = request;
    const page = options.pages?.get(`${method} ${path}`);
    if (page) return await pageReply(page, request);
    const { origin } = request.headers;
    if (method === 'OPTIONS') return { status: 204, headers: { ...origins.preflight(path, origin) }, body: '' };
    const reply = await routeReply(asked, found(match, method, path), options);
    for (const [name, value] of Object.entries(origins.headers(path, origin))) reply.headers[name] = value;
    return reply;
  };
}

async function pageReply(page: Page, request: IncomingMessage): Promise<Outgoing> {
  const body = await readBody(request, largestRequest);
  if (body === 'too large') return message(413, 'Request Entity Too Large');
  const { accept = '', host = 'localhost' } = request.headers;
  return await page({ accept, host, body: body?.toString('utf8') ?? '' });
}

type Found = Match | 'not found' | 'bad request';

function found(match: ReturnType<typeof routeMatcher>, method: string, path: string): Found {
  try {
    // The event holds the path decoded, so all of it has to be decodable.
    if (path.includes('%')) decodeURIComponent(path);
    return match(method, path) ?? 'not found';
  } catch {
    return 'bad request';
  }
}

async function routeReply(asked: Asked, match: Found, { runner, identity, log }: GatewayOptions): Promise<Outgoing> {
  if (match === 'bad request') return message(400, 'Bad Request');
  if (match === 'not found') return message(404, 'Not Found');
  const claims = match.route.permission === 'public' ? undefined : await authorize(asked.request, identity);
  if (claims === 'refused') return message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  const body = await readBody(asked.request, largestRequest);
  if (body === 'too large') return message(413, 'Request Entity Too Large');
  const event = gatewayEvent({ ...asked, match, claims, body, now: Date.now() });
  try {
    return outgoing(await runner.invoke(match.route.function, event));
  } catch (error) {
    log?.(failure(error, asked.requestId, asked.request.method, asked.path));
    return message(500, 'Internal Server Error');
  }
}

/** As the JWT authorizer does, which takes the token with or without the word before it. */
async function authorize(
  request: IncomingMessage,
  identity: GatewayOptions['identity'],
): Promise<TextClaims | 'refused'> {
  const token = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '').trim();
  if (token === '') return 'refused';
  return (await identity.verifyToken(token)) ?? 'refused';
}
