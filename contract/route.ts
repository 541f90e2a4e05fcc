import type * as z from 'zod/mini';
import type { ErrorCode } from './errors.ts';
import type { Parameter, Parameters } from './parameters.ts';
import type { Permission } from './roles.ts';
import type { SchemaName } from './schemas/index.ts';

/** A request's body: its schema, or plain text when there is none. Its limit is `largestBody`. */
export type RequestBody =
  | { mediaTypes: readonly string[]; schema: z.ZodMiniType; name: SchemaName; optional?: boolean }
  | { mediaTypes: readonly ['text/plain']; description: string };

/** What is true of a route. Facts only: four consumers read them, and nothing else describes the API. */
export type Route = {
  /** The OpenAPI operationId; unique. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As API Gateway writes it: `/content/v1/articles/{slug}`. */
  path: string;
  permission: Permission;
  /** The folder under `functions/` that serves it. */
  function: string;
  summary: string;
  description: string;
  pathParameters?: Readonly<Record<string, Parameter>>;
  query?: Parameters;
  body?: RequestBody;
  /** Whether the request must say which version it is based on; `or none`: or that there is nothing yet. */
  ifMatch?: true | 'or none';
  /** Whether the request may carry an Idempotency-Key. */
  idempotencyKey?: true;
  reply: {
    status: 200 | 201 | 301;
    /** Of its JSON, where it has any. */
    schema?: SchemaName;
    /** The media types that it may have instead. */
    alsoAs?: readonly string[];
    /** Headers beside Content-Type and X-Request-Id, which every reply has. */
    headers: readonly ('ETag' | 'Location' | 'Link' | 'Last-Modified' | 'Cache-Control' | 'Content-Language')[];
  };
  /** Whether it may answer 301 with where the thing is now. */
  redirects?: true;
  /** Whether its path is a secret that opens something: it is written into no log. */
  secretPath?: true;
  /** Whether it answers without asking a table, and so is never too busy. */
  standsAlone?: true;
  /** What it can fail with beyond what its request alone implies (`impliedErrors`). */
  errors: readonly ErrorCode[];
};

/** 1 MB, in bytes of UTF-8. API Gateway itself stops at 10 MB, Lambda at 6 MB. */
export const largestBody = 1_000_000;

export const mergePatchMediaTypes = ['application/merge-patch+json', 'application/json'] as const;

/** The errors that every request of this shape can meet, beside those that the route names. */
export function impliedErrors(route: Route): ErrorCode[] {
  const implied: ErrorCode[] = ['invalid_request', 'unexpected'];
  if (route.permission !== 'public') implied.push('forbidden');
  if (route.body) implied.push('too_large', 'unsupported_media_type');
  if (route.ifMatch) implied.push('precondition_required', 'version_conflict');
  if (route.idempotencyKey) implied.push('idempotency_key_reused');
  if (!route.standsAlone) implied.push('busy');
  return implied;
}
