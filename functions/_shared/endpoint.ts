import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { cors } from '../../contract/cors.ts';
import { AppError } from '../../contract/errors.ts';
import { allows, type Claims, roleOf } from '../../contract/roles.ts';
import type { Route } from '../../contract/route.ts';
import type { Caller } from '../../domain/article/working-copy.ts';
import { answerable } from './answerable.ts';
import { explain, log } from './log.ts';
import { machineName } from './machine-name.ts';
import { parseBody } from './parse-body.ts';
import { parseIfMatch, parseParameters } from './parse-request.ts';
import { problemReply } from './problem.ts';
import type { HttpContext, HttpEvent, Reply, Request } from './request.ts';
import { assertThroughEdge, edgeFields, originOf } from './through-edge.ts';

export type Endpoint = {
  (event: HttpEvent, context: HttpContext): Promise<APIGatewayProxyStructuredResultV2>;
  route: Route;
};

/** Kept back from the function's time to write the answer and the log line, in milliseconds. */
const answerTime = 500;
/** Nobody waits longer than this for one request to be retried, in milliseconds. */
const longestRequest = 8000;

/**
 * The Lambda handler of a route: checks the way that the request took and the permission, parses the request, calls the
 * use case, and turns whatever happens into a reply and one log line.
 */
export function endpoint<const R extends Route>(route: R, useCase: (request: Request<R>) => Promise<Reply>): Endpoint {
  const handle = async (event: HttpEvent, context: HttpContext) => {
    if (event.requestContext.http.method === 'OPTIONS') return preflightReply;
    const started = performance.now();
    const requestId = event.requestContext.requestId;
    const outcome = await answer(route, useCase as (request: Request) => Promise<Reply>, event, context);
    const { reply, error, caller } = outcome;
    log(reply.status >= 500 ? 'error' : 'info', 'request', {
      requestId,
      ...edgeFields(route, event),
      route: route.id,
      method: event.requestContext.http.method,
      status: reply.status,
      outcome: error instanceof AppError ? error.code : error ? 'unexpected' : 'ok',
      durationMs: Math.round((performance.now() - started) * 10) / 10,
      actor: caller?.sub,
      articleId: articleOf(event, reply),
      ...(reply.status >= 500 ? { error: explain(error) } : {}),
    });
    return gatewayReply(route, event, reply, requestId);
  };
  return Object.assign(handle, { route });
}

/** Which article the request was about: the one that it names, or the one that it made. */
function articleOf({ pathParameters }: HttpEvent, { status, headers }: Reply): string | undefined {
  const made = status === 201 ? headers.location?.split('/').at(-1) : undefined;
  return (pathParameters?.articleId ?? made)?.slice(0, 36);
}

/** A function that serves several routes: each event goes to the endpoint of its route. */
export function oneOf(...endpoints: readonly Endpoint[]): Endpoint {
  const [first] = endpoints;
  if (!first) throw new Error('A function serves at least one route.');
  const byKey = new Map(endpoints.map((candidate) => [`${candidate.route.method} ${candidate.route.path}`, candidate]));
  const handle: Endpoint = Object.assign(
    (event: HttpEvent, context: HttpContext) => {
      const endpointOf = byKey.get(event.routeKey.replace(/^(HEAD|OPTIONS) /, 'GET '));
      if (!endpointOf) throw new Error(`This function does not serve ${event.routeKey}.`);
      return endpointOf(event, context);
    },
    { route: first.route },
  );
  return handle;
}

type Outcome = { reply: Reply; error?: unknown; caller?: Caller | undefined };

async function answer(
  route: Route,
  useCase: (request: Request) => Promise<Reply>,
  event: HttpEvent,
  context: HttpContext,
): Promise<Outcome> {
  let caller: Caller | undefined;
  try {
    assertThroughEdge(event);
    caller = callerOf(route, event);
    const request = requestFrom(route, event, context, caller);
    return { reply: answerable(request, await useCase(request)), caller };
  } catch (error) {
    return { reply: problemReply(error, event.requestContext.requestId), error, caller };
  }
}

/** Throws `forbidden` unless the token's role allows the route. */
function callerOf(route: Route, event: HttpEvent): Caller | undefined {
  if (route.permission === 'public') return undefined;
  const { requestContext } = event as { requestContext: { authorizer?: { jwt?: { claims?: Claims } } } };
  const claims = requestContext.authorizer?.jwt?.claims ?? {};
  const role = roleOf(claims);
  if (!role || !allows(route.permission, role))
    throw new AppError(
      'forbidden',
      `This takes the role ${route.permission}, and your token ${role ? `has ${role}` : 'has no role here'}.`,
    );
  const sub = String(claims.sub);
  const client = machineName(claims.client_id);
  return { sub, username: String(claims.username ?? client ?? sub), role, client };
}

function requestFrom(route: Route, event: HttpEvent, context: HttpContext, caller: Caller | undefined): Request {
  const header = (name: string) => event.headers[name];
  const { path, query } = parseParameters(route, event);
  const body = route.body && parseBody(route.body, event);
  const isNew = route.ifMatch === 'or none' && header('if-none-match')?.trim() === '*';
  const basedOn = isNew ? null : route.ifMatch && parseIfMatch(header('if-match'), route.ifMatch);
  const now = Date.now();
  return {
    id: event.requestContext.requestId,
    now: new Date(now),
    deadline: now + Math.min(longestRequest, context.getRemainingTimeInMillis() - answerTime),
    path,
    query,
    body,
    basedOn,
    caller,
    header,
    origin: originOf(event),
    search: event.rawQueryString ? `?${event.rawQueryString}` : '',
    asSent: [route.id, event.rawPath, event.rawQueryString, header('if-match') ?? '', event.body ?? ''],
  } as Request;
}

const contentCors = {
  'access-control-allow-origin': cors.content.allowOrigins.join(', '),
  'access-control-expose-headers': cors.content.exposeHeaders.join(', '),
};

/** Browsers ask before they send If-None-Match. The editorial API's preflights are answered by its gateway. */
const preflightReply: APIGatewayProxyStructuredResultV2 = {
  statusCode: 204,
  headers: {
    ...contentCors,
    'access-control-allow-methods': cors.content.allowMethods.join(', '),
    'access-control-allow-headers': cors.content.allowHeaders.join(', '),
    'access-control-max-age': String(cors.content.maxAgeSeconds),
  },
};

function gatewayReply(
  route: Route,
  event: HttpEvent,
  reply: Reply,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const shown = event.requestContext.http.method !== 'HEAD';
  return {
    statusCode: reply.status,
    headers: {
      // A cached reply serves every origin, so it carries its CORS headers whether this request asked for them or not.
      ...(route.permission === 'public' ? contentCors : { 'cache-control': 'no-store' }),
      ...reply.headers,
      'x-request-id': requestId,
      'x-content-type-options': 'nosniff',
    },
    body: shown ? reply.body : '',
    isBase64Encoded: shown && reply.isBase64Encoded === true,
  };
}
