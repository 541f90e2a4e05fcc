// The event that an HTTP API makes of a request, payload format 2.0:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
import type { IncomingMessage } from 'node:http';
import type { Match } from './match-route.ts';

/** Claims as the JWT authorizer hands them on: all of them text. */
export type TextClaims = Record<string, string>;

export type GatewayEvent = {
  version: '2.0';
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  pathParameters?: Record<string, string>;
  requestContext: Record<string, unknown> & { requestId: string; routeKey: string };
  body?: string;
  isBase64Encoded: boolean;
};

export type Received = {
  request: IncomingMessage;
  requestId: string;
  /** As sent, percent-encoded, without the query. */
  path: string;
  query: string;
  match: Match;
  claims?: TextClaims | undefined;
  body?: Buffer | undefined;
  /** Epoch milliseconds. */
  now: number;
};

const accountId = '000000000000';
const apiId = 'local';

export function gatewayEvent(received: Received): GatewayEvent {
  const { request, match, query, body, claims } = received;
  const { headers, cookies } = joinedHeaders(request);
  const rawPath = decoded(received.path);
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers,
    ...(query !== '' && { queryStringParameters: joinedQuery(query) }),
    requestContext: requestContext(received, rawPath, headers, claims),
    ...(match.pathParameters && { pathParameters: match.pathParameters }),
    ...bodyOf(body, headers['content-type']),
  };
}

function requestContext(
  { request, requestId, match, now }: Received,
  path: string,
  headers: Record<string, string>,
  claims: TextClaims | undefined,
): GatewayEvent['requestContext'] {
  return {
    accountId,
    apiId,
    ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
    domainName: headers.host ?? 'localhost',
    domainPrefix: apiId,
    http: {
      method: request.method,
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId,
    routeKey: match.routeKey,
    stage: '$default',
    time: gatewayTime(now),
    timeEpoch: now,
  };
}

/** Despite its name, an HTTP API decodes `rawPath`, unlike a function URL (https://github.com/honojs/hono/issues/2156). */
function decoded(path: string): string {
  return path.includes('%') ? decodeURIComponent(path) : path;
}

/** Names in lower case, repeated ones joined by commas; cookies stand apart. */
function joinedHeaders(request: IncomingMessage): { headers: Record<string, string>; cookies?: string[] } {
  const { rawHeaders, socket } = request;
  const headers: Record<string, string> = {
    'x-forwarded-for': socket.remoteAddress ?? '127.0.0.1',
    'x-forwarded-port': String(socket.localPort),
    'x-forwarded-proto': 'http',
  };
  let cookies: string[] | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'cookie') cookies = [...(cookies ?? []), ...value.split(/;\s*/)];
    else append(headers, name, value);
  }
  return { headers, ...(cookies && { cookies }) };
}

function joinedQuery(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) append(joined, name, value);
  return joined;
}

function append(joined: Record<string, string>, name: string, value: string): void {
  joined[name] = Object.hasOwn(joined, name) ? `${joined[name]},${value}` : value;
}

/** What was found to arrive as text at a real HTTP API (https://github.com/ministackorg/ministack/pull/766); forms do not. */
const textTypes = /^\s*(?:text\/[^;\s]+|application\/(?:json|xml|javascript))\s*(?:;|$)/i;

function bodyOf(body: Buffer | undefined, contentType: string | undefined) {
  if (!body || body.length === 0) return { isBase64Encoded: false };
  const isText = contentType !== undefined && textTypes.test(contentType);
  return isText
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
function gatewayTime(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
