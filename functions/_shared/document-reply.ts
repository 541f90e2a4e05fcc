import { gunzipSync } from 'node:zlib';
import { invalidField } from '../../contract/errors.ts';
import type { Format } from '../../contract/formats.ts';
import type { ArticleField } from '../../contract/published-fields.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { acceptsGzip } from './answerable.ts';
import { cachedReply } from './cached-reply.ts';
import { setting } from './environment.ts';
import { htmlPolicy } from './html-policy.ts';
import { picked } from './picked.ts';
import { isNotModified } from './published.ts';
import type { Reply, Request } from './request.ts';

/** A document as it is stored: its JSON, gzipped and in base64. */
export type StoredDocument = { etag: string; lastModified: string; language: string; gzippedBase64: string };

/** How it is wanted. `document` replaces what is stored, where something was taken out of it or added. */
export type Wanted = {
  format: Format;
  fields?: readonly ArticleField[] | undefined;
  document?: PublishedArticle | undefined;
  caching: string;
  /** Whether the story says something else by now: then search engines are to pass it by. */
  isEarlier?: true;
};

export function documentIn({ gzippedBase64 }: Pick<StoredDocument, 'gzippedBase64'>): PublishedArticle {
  return JSON.parse(gunzipSync(Buffer.from(gzippedBase64, 'base64')).toString('utf8')) as PublishedArticle;
}

/** Throws `invalid_request` for fields of what has none. */
export function assertOfJson(format: Format, name: 'fields' | 'include', value: unknown): void {
  if (format !== 'json' && value !== undefined)
    throw invalidField(`?${name}`, `is of JSON alone, and the format is ${format}`);
}

/** The document as it is wanted; as it was stored, where that is what is wanted. */
export async function documentReply(
  request: Pick<Request, 'header'>,
  stored: StoredDocument,
  wanted: Wanted,
): Promise<Reply> {
  const { format, fields, document, caching, isEarlier } = wanted;
  if (format === 'json' && !fields && !document) return storedReply(request, stored, caching);
  const { mediaType, body } = await rendered(document ?? documentIn(stored), format, fields);
  return cachedReply(request, {
    body,
    contentType: mediaType,
    headers: {
      // To be told, not to be asked by: a link that was taken out changes the story and not this.
      'last-modified': stored.lastModified,
      'cache-control': caching,
      'content-language': stored.language,
      // A browser’s own cache has to know that the edge makes the format of Accept.
      vary: 'Accept, Accept-Encoding',
      ...(isEarlier ? { 'x-robots-tag': 'noindex' } : {}),
      ...(format === 'html' ? { 'content-security-policy': htmlPolicy } : {}),
    },
  });
}

async function rendered(document: PublishedArticle, format: Format, fields: readonly ArticleField[] | undefined) {
  if (format !== 'json') {
    // Loaded when it is first asked for.
    const { renderArticle } = await import('../../domain/formats/render.ts');
    return renderArticle(document, format, { publicationName: setting('publicationName') });
  }
  return { mediaType: 'application/json', body: JSON.stringify(fields ? picked(document, fields) : document) };
}

function storedReply(request: Pick<Request, 'header'>, stored: StoredDocument, caching: string): Reply {
  const { etag, lastModified, language, gzippedBase64 } = stored;
  const headers = {
    etag,
    'last-modified': lastModified,
    'cache-control': caching,
    vary: 'Accept, Accept-Encoding',
  };
  if (isNotModified(request.header('if-none-match'), etag)) return { status: 304, headers, body: '' };
  const described = { ...headers, 'content-type': 'application/json', 'content-language': language };
  if (acceptsGzip(request.header('accept-encoding')))
    return {
      status: 200,
      headers: { ...described, 'content-encoding': 'gzip' },
      body: gzippedBase64,
      isBase64Encoded: true,
    };
  return { status: 200, headers: described, body: gunzipSync(Buffer.from(gzippedBase64, 'base64')).toString('utf8') };
}
