import { hash } from 'node:crypto';
import { isNotModified } from './published.ts';
import type { Reply, Request } from './request.ts';

/** What a reader may keep, and what it is. */
export type Cached = {
  body: string;
  contentType: string;
  headers: Record<string, string>;
  /** When it last changed, where that is known. */
  lastModified?: string | undefined;
};

/** Weak: one reply, several encodings. */
export function etagOf(body: string): string {
  return `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
}

/** A reply with an ETag made of it, or 304 to whoever has it. */
export function cachedReply(
  request: Pick<Request, 'header'>,
  { body, contentType, headers, lastModified }: Cached,
): Reply {
  const etag = etagOf(body);
  const kept = {
    etag,
    vary: 'Accept-Encoding',
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...headers,
  };
  if (isCurrent(request, etag, lastModified)) return { status: 304, headers: kept, body: '' };
  return { status: 200, headers: { ...kept, 'content-type': contentType }, body };
}

/** RFC 9110 §13.1.3: a date counts only where no ETag was sent. */
function isCurrent({ header }: Pick<Request, 'header'>, etag: string, lastModified: string | undefined): boolean {
  const ifNoneMatch = header('if-none-match');
  if (ifNoneMatch !== undefined) return isNotModified(ifNoneMatch, etag);
  const since = header('if-modified-since');
  return lastModified !== undefined && since !== undefined && Date.parse(lastModified) <= Date.parse(since);
}
