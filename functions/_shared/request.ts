import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Parameters, Values } from '../../contract/parameters.ts';
import type { Route } from '../../contract/route.ts';
import type { Caller } from '../../domain/article/working-copy.ts';

export type HttpEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;
export type HttpContext = Pick<Context, 'getRemainingTimeInMillis'>;

type BodyOf<R extends Route> = R['body'] extends { schema: infer Schema extends z.ZodMiniType }
  ? z.output<Schema>
  : R['body'] extends { mediaTypes: readonly ['text/plain'] }
    ? string
    : undefined;

type PathValues<P extends Parameters> = { [Name in keyof P]: NonNullable<Values<P>[Name]> };

/** A request that has been checked against its route: what is not in the type was not asked for. */
export type Request<R extends Route = Route> = {
  id: string;
  now: Date;
  /** Epoch milliseconds at which the caller is answered, whatever the database does. */
  deadline: number;
  path: R extends { pathParameters: infer P extends Parameters } ? PathValues<P> : Record<never, string>;
  query: R extends { query: infer Q extends Parameters } ? Values<Q> : Record<never, never>;
  body: BodyOf<R>;
  /** The version that the change is based on, from If-Match; null where nothing may be there, from If-None-Match. */
  basedOn: R extends { ifMatch: true } ? number : R extends { ifMatch: 'or none' } ? number | null : undefined;
  /** Whoever the token names. Public routes have none. */
  caller: R extends { permission: 'public' } ? undefined : Caller;
  header: (name: string) => string | undefined;
  /** Where the caller found this API, without a slash at the end: `https://cms.example.org`. */
  origin: string;
  /** The query as it was sent, with its question mark; empty without one. */
  search: string;
  /** What makes a repeat the same request: the route, its path, query, precondition and body as sent. */
  asSent: readonly string[];
};

/** What a use case answers with. `body` is text, or base64 when `isBase64Encoded`. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded?: true;
};

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
