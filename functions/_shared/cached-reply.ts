import { weakEtag } from '../../store/etag.ts';
import { isNotModified } from './published.ts';
import type { Reply, Request } from './request.ts';

/** What a reader may keep, and what it is. */
export type Cached = { body: string; contentType: string; headers: Record<string, string> };

/**
 * A reply with an ETag made of it, or 304 to whoever has it. A date would say too little: a listing that a story was taken
 * from is no younger than it was with it, and whoever asked by the date would keep the story.
 */
export function cachedReply(request: Pick<Request, 'header'>, { body, contentType, headers }: Cached): Reply {
  const etag = weakEtag(body);
  const kept = { etag, vary: 'Accept-Encoding', ...headers };
  if (isNotModified(request.header('if-none-match'), etag)) return { status: 304, headers: kept, body: '' };
  return { status: 200, headers: { ...kept, 'content-type': contentType }, body };
}
