// Trigger: GET /content/v1/articles/{slug}.
// Effect: none; one GetItem, and a second one only to follow a slug that the article had before.
// Follows: nothing.
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';
import { getPublishedArticle } from '../../contract/routes/get-published-article.ts';
import { getLiveSlug, getPublicDocument, type PublicItem, type PublishedStore } from '../../store/published.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { isNotModified, publishedStore } from '../_shared/published.ts';
import type { Reply, Request } from '../_shared/request.ts';

const caching = 'public, max-age=10, s-maxage=60, stale-while-revalidate=120, stale-if-error=120';
const redirectCaching = 'public, max-age=60, s-maxage=60';
const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const handler = endpoint(getPublishedArticle, async (request) => {
  const { slug } = request.path;
  const store = publishedStore(request);
  // Nothing can be published under any other form, so there is no need to ask.
  const found = slugForm.test(slug) ? await getPublicDocument(store, slug) : undefined;
  if (found?.state === 'redirect') return await redirect(store, found.articleId, slug);
  if (!found) throw notPublished(slug);
  return documentReply(request, found);
});

function documentReply(request: Request, document: PublicItem & { state: 'live' }): Reply {
  const { etag, lastModified, language, gzippedBase64 } = document;
  const headers = { etag, 'last-modified': lastModified, 'cache-control': caching, vary: 'Accept-Encoding' };
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

/** RFC 9110 §12.5.3: named or by `*`, and not with a weight of zero. */
function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const codings = (acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim()));
  const match = codings.find(([name]) => name === 'gzip') ?? codings.find(([name]) => name === '*');
  return match !== undefined && !match.slice(1).some((weight) => /^q=0(\.0*)?$/.test(weight));
}

async function redirect(store: PublishedStore, articleId: string, from: string): Promise<Reply> {
  const slug = await getLiveSlug(store, articleId);
  if (!slug) throw notPublished(from);
  const location = getPublishedArticle.path.replace('{slug}', slug);
  return { status: 301, headers: { location, 'cache-control': redirectCaching }, body: '' };
}

function notPublished(slug: string): AppError {
  return new AppError('not_found', `Nothing is published under ${JSON.stringify(slug.slice(0, 120))}.`);
}
