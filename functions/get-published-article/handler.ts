// Trigger: GET /content/v1/articles/{slug}, …/{slug}/related and …/by-id/{articleId}.
// Effect: none; one GetItem for an article as it is, and a bounded number of reads for what else is asked for.
// Follows: nothing.
import { AppError, invalidField } from '../../contract/errors.ts';
import { findPublishedArticle } from '../../contract/routes/find-published-article.ts';
import { getPublishedArticle } from '../../contract/routes/get-published-article.ts';
import { listRelatedArticles } from '../../contract/routes/list-related-articles.ts';
import { getVersionAt } from '../../store/public-versions.ts';
import { getCurrentSlug, type PublishedStore } from '../../store/published.ts';
import { findRelated } from '../../store/related.ts';
import { cachedReply } from '../_shared/cached-reply.ts';
import { assertOfJson, documentIn, documentReply } from '../_shared/document-reply.ts';
import { assertVersionsShown, versionDocument } from '../_shared/earlier-version.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { picked } from '../_shared/picked.ts';
import { publishedStore } from '../_shared/published.ts';
import type { Reply, Request } from '../_shared/request.ts';
import { aboutStory, type LiveItem, movedReply } from '../_shared/standing-story.ts';

const caching = 'public, max-age=10, s-maxage=60, stale-while-revalidate=120, stale-if-error=120';
const relatedCaching = 'public, max-age=30, s-maxage=120, stale-while-revalidate=240, stale-if-error=120';
/** How many related stories come with an article. */
const included = 6;

type Asked = Request<typeof getPublishedArticle>;

const get = endpoint(getPublishedArticle, async (request) => {
  const { format, fields, include, at } = request.query;
  assertOfJson(format, 'fields', fields);
  assertOfJson(format, 'include', include);
  if (at !== undefined) assertAt(request, at);
  const store = publishedStore(request);
  return await aboutStory({ route: getPublishedArticle, request, store, format }, async (item) => {
    if (at !== undefined) return await asOf(request, store, item, at);
    if (include === undefined) return await documentReply(request, item, { format, fields, caching });
    return await withRelated(request, store, item);
  });
});

function assertAt({ query, now }: Asked, at: string): void {
  assertVersionsShown();
  if (query.include !== undefined) throw invalidField('?include', 'is of the story as it is, and not beside at');
  if (Date.parse(at) > now.getTime())
    throw invalidField('?at', `must not be in the future: it is ${now.toISOString()}`);
}

/** What was public then, as long as the story is public now. */
async function asOf(request: Asked, store: PublishedStore, item: LiveItem, at: string): Promise<Reply> {
  const { format, fields } = request.query;
  const current = documentIn(item);
  const version = await getVersionAt({ ...store, articleId: current.id }, at);
  if (!version) throw new AppError('not_found', `The story was not public at ${at}.`);
  const document = await versionDocument(store, version);
  return await documentReply(request, version, { format, fields, document, caching, isEarlier: true });
}

async function withRelated(request: Asked, store: PublishedStore, item: LiveItem): Promise<Reply> {
  const current = documentIn(item);
  const relatedArticles = await findRelated(store, current, included);
  const { fields } = request.query;
  const document = { ...(fields ? picked(current, fields) : current), relatedArticles };
  return cachedReply(request, {
    body: JSON.stringify(document),
    contentType: 'application/json',
    headers: { 'cache-control': caching, 'content-language': item.language, vary: 'Accept, Accept-Encoding' },
  });
}

const find = endpoint(findPublishedArticle, async (request) => {
  const { articleId } = request.path;
  const store = publishedStore(request);
  const slug = await getCurrentSlug(store, articleId.toLowerCase());
  if (!slug) throw new AppError('not_found', `No article with the id ${articleId} is published.`);
  return movedReply(getPublishedArticle, { slug }, request.search);
});

const related = endpoint(listRelatedArticles, async (request) => {
  const { limit, fields } = request.query;
  const store = publishedStore(request);
  return await aboutStory({ route: listRelatedArticles, request, store }, async (item) => {
    const stories = await findRelated(store, documentIn(item), limit);
    const items = fields ? stories.map((story) => picked(story, fields)) : stories;
    return cachedReply(request, {
      body: JSON.stringify({ items }),
      contentType: 'application/json',
      headers: { 'cache-control': relatedCaching },
    });
  });
});

export const handler = oneOf(get, find, related);
