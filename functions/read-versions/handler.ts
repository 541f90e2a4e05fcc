// Trigger: GET /content/v1/articles/{slug}/versions, …/{version} and …/{version}/changes.
// Effect: none; the story as it stands is read first, so that one that was taken down shows no version either.
// Follows: nothing.
import { AppError } from '../../contract/errors.ts';
import { compareArticleVersions } from '../../contract/routes/compare-article-versions.ts';
import { getArticleVersion } from '../../contract/routes/get-article-version.ts';
import { listArticleVersions } from '../../contract/routes/list-article-versions.ts';
import { articleOfDocument } from '../../domain/article/article-of-document.ts';
import { getVersion, getVersionBefore, listVersions } from '../../store/public-versions.ts';
import { cachedReply } from '../_shared/cached-reply.ts';
import { assertOfJson, documentIn, documentReply } from '../_shared/document-reply.ts';
import { assertVersionsShown, versionDocument } from '../_shared/earlier-version.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { publishedStore } from '../_shared/published.ts';
import { aboutStory } from '../_shared/standing-story.ts';

const listCaching = 'public, max-age=10, s-maxage=60, stale-while-revalidate=120, stale-if-error=120';
/** Versions never change; but their story may be taken down, and with it all of them. */
const caching = 'public, max-age=60, s-maxage=300, stale-if-error=120';

const list = endpoint(listArticleVersions, async (request) => {
  assertVersionsShown();
  const { limit, cursor } = request.query;
  const store = publishedStore(request);
  return await aboutStory({ route: listArticleVersions, request, store }, async (item) => {
    const { versions, nextCursor } = await listVersions(
      { ...store, articleId: documentIn(item).id },
      { limit, cursor },
    );
    const items = versions.map(({ id, at, until, kind, slug }) => ({ id, at, until, kind, slug }));
    const path = listArticleVersions.path.replace('{slug}', request.path.slug);
    return cachedReply(request, {
      body: JSON.stringify({ items, nextCursor }),
      contentType: 'application/json',
      headers: { 'cache-control': listCaching, ...nextLink(path, { limit, cursor: nextCursor }) },
    });
  });
});

const get = endpoint(getArticleVersion, async (request) => {
  assertVersionsShown();
  const { format, fields } = request.query;
  assertOfJson(format, 'fields', fields);
  const store = publishedStore(request);
  return await aboutStory({ route: getArticleVersion, request, store, format }, async (item) => {
    const current = documentIn(item);
    const version = await getVersion({ ...store, articleId: current.id }, request.path.version);
    const document = await versionDocument(store, version);
    return await documentReply(request, version, { format, fields, document, caching, isEarlier: true });
  });
});

const changes = endpoint(compareArticleVersions, async (request) => {
  assertVersionsShown();
  const { path, query } = request;
  const store = publishedStore(request);
  return await aboutStory({ route: compareArticleVersions, request, store }, async (item) => {
    const current = documentIn(item);
    const place = { ...store, articleId: current.id };
    const [after, before] = await Promise.all([
      getVersion(place, path.version),
      query.from === undefined ? getVersionBefore(place, path.version) : getVersion(place, query.from),
    ]);
    if (!before) throw new AppError('not_found', 'The first version changed nothing: there was none before it.');
    const [old, young] = await Promise.all([before, after].map((version) => versionDocument(store, version)));
    if (!old || !young) throw new TypeError('Two versions give two documents.');
    const { compareArticles } = await import('../../domain/comparison/compare.ts');
    const differences = compareArticles(articleOfDocument(old), articleOfDocument(young));
    return cachedReply(request, {
      body: JSON.stringify({ from: before.id, to: after.id, ...differences }),
      contentType: 'application/json',
      headers: { 'cache-control': caching },
    });
  });
});

export const handler = oneOf(list, get, changes);
