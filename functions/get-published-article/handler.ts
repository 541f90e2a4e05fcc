// Trigger: GET /content/v1/articles/{slug}.
// Effect: none; one GetItem, and a second one only to follow a slug that the article had before.
// Follows: nothing.
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';
import { getPublishedArticle } from '../../contract/routes/get-published-article.ts';
import { getCurrentSlug, getPublicDocument, type PublicItem, type PublishedStore } from '../../store/published.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { problemReply } from '../_shared/problem.ts';
import { isNotModified, publishedStore } from '../_shared/published.ts';
import type { Reply, Request } from '../_shared/request.ts';

const caching = 'public, max-age=10, s-maxage=60, stale-while-revalidate=120, stale-if-error=120';
const noticeCaching = 'public, max-age=10, s-maxage=60';
const redirectCaching = 'public, max-age=60, s-maxage=60';
const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const handler = endpoint(getPublishedArticle, async (request) => {
  const { slug } = request.path;
  // Nothing can be published under any other form, so there is no need to ask.
  if (!slugForm.test(slug)) throw notPublished(slug);
  const store = publishedStore(request);
  // Two eventually consistent reads may tell of different moments; what contradicts itself is read once more, for certain.
  const reply = (await replyFor(request, store, slug)) ?? (await replyFor(request, store, slug, true));
  if (!reply) throw notPublished(slug);
  return reply;
});

/** Undefined when the slug redirects to itself: one of the two items is from before a change of slug. */
async function replyFor(
  request: Request<typeof getPublishedArticle>,
  store: PublishedStore,
  slug: string,
  consistent = false,
): Promise<Reply | undefined> {
  const found = await getPublicDocument(store, slug, consistent);
  if (!found) throw notPublished(slug);
  if (found.state === 'live') return documentReply(request, found);
  if (found.state === 'killed') return noticeReply(request, found);
  const current = await getCurrentSlug(store, found.articleId, consistent);
  if (!current) throw notPublished(slug);
  if (current === slug) return undefined;
  const location = getPublishedArticle.path.replace('{slug}', current);
  return { status: 301, headers: { location, 'cache-control': redirectCaching }, body: '' };
}

function documentReply(request: Pick<Request, 'header'>, document: PublicItem & { state: 'live' }): Reply {
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

/** In the place of a killed story: what readers are told, kept as long as the story was, and never for longer. */
function noticeReply(
  { id }: Pick<Request, 'id'>,
  { notice, killedAt, headline }: PublicItem & { state: 'killed' },
): Reply {
  const reply = problemReply(new AppError('gone', notice), id);
  const told = { ...JSON.parse(reply.body), notice, killedAt, headline };
  return { ...reply, headers: { ...reply.headers, 'cache-control': noticeCaching }, body: JSON.stringify(told) };
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

function notPublished(slug: string): AppError {
  return new AppError('not_found', `Nothing is published under ${JSON.stringify(slug.slice(0, 120))}.`);
}
