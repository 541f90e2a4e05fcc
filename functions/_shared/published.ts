import type { PublishedStore } from '../../store/published.ts';
import { openReader, type Reader } from '../../store/reader.ts';
import { systemTiming } from '../../store/retry.ts';
import { optionalSetting, setting } from './environment.ts';

let reader: Reader | undefined;

/** The content table as this request may read it: until its deadline. The connection outlives the request. */
export function publishedStore({ deadline }: { deadline: number }): PublishedStore {
  reader ??= openReader({
    region: process.env.AWS_REGION ?? 'us-east-1',
    endpoint: optionalSetting('dynamodbEndpoint'),
    // Lambda passes the role's credentials in the environment.
    credentials: () => ({
      accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: process.env.AWS_SESSION_TOKEN,
    }),
    timing: systemTiming,
  });
  return { reader, table: setting('contentTable'), deadline };
}

/** Whether the reader has this very reply already: RFC 9110's weak comparison of If-None-Match. */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
