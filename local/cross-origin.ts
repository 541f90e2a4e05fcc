import type { cors as contractCors } from '../contract/cors.ts';

export type CorsRules = typeof contractCors;

/** Where a browser's page may come from to call the editorial API, unless the options say otherwise. */
export const localOrigins: readonly string[] = ['localhost', '127.0.0.1'].flatMap((host) =>
  [3000, 4000, 5173].map((port) => `http://${host}:${port}`),
);

type Headers = Readonly<Record<string, string>>;

/** What the two APIs say to browsers of other origins, as their CORS configuration has API Gateway say it. */
export type CrossOrigin = {
  /** Headers of every reply. */
  headers(path: string, origin: string | undefined): Headers;
  /** Headers of the answer to a preflight request. */
  preflight(path: string, origin: string | undefined): Headers;
};

const none: Headers = {};

/** An origin may be listed exactly, as `http://*` or `https://*`, or as `*`. */
export function crossOrigin(rules: CorsRules, editorialOrigins: readonly string[] = localOrigins): CrossOrigin {
  const contentReply = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': list(rules.content.exposeHeaders),
  };
  const contentPreflight = preflightHeaders(rules.content, '*');
  const editorialReply = { 'access-control-expose-headers': list(rules.editorial.exposeHeaders) };
  const allowed = (origin: string | undefined): origin is string =>
    origin !== undefined && editorialOrigins.some((listed) => covers(listed, origin));
  return {
    headers(path, origin) {
      // A cached reply serves every origin, so content says so whether this request asked or not.
      if (!isEditorial(path)) return contentReply;
      return allowed(origin) ? { 'access-control-allow-origin': origin, ...editorialReply } : none;
    },
    preflight(path, origin) {
      if (!isEditorial(path)) return contentPreflight;
      return allowed(origin) ? preflightHeaders(rules.editorial, origin) : none;
    },
  };
}

export function isEditorial(path: string): boolean {
  return path.startsWith('/editorial/');
}

function covers(listed: string, origin: string): boolean {
  if (!listed.endsWith('*')) return listed === origin;
  return origin.startsWith(listed.slice(0, -1));
}

function preflightHeaders(rules: CorsRules['content' | 'editorial'], origin: string): Headers {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': list(rules.allowMethods),
    'access-control-allow-headers': list(rules.allowHeaders),
    'access-control-max-age': String(rules.maxAgeSeconds),
  };
}

const list = (values: readonly string[]): string => values.join(', ');
