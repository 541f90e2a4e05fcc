// Trigger: GET /editorial/v1/articles, and what is read of one article there: its copy, revisions and history.
// Effect: none.
// Follows: nothing.
import { AppError } from '../../contract/errors.ts';
import { compareRevisions } from '../../contract/routes/compare-revisions.ts';
import { getArticle } from '../../contract/routes/get-article.ts';
import { getHistory } from '../../contract/routes/get-history.ts';
import { getRevision } from '../../contract/routes/get-revision.ts';
import { listRevisions } from '../../contract/routes/list-revisions.ts';
import type { Caller } from '../../domain/article/working-copy.ts';
import { compareArticles } from '../../domain/comparison/compare.ts';
import { comparisonText } from '../../domain/comparison/comparison-text.ts';
import type { Database } from '../../store/database.ts';
import { listHistory } from '../../store/history.ts';
import { findStub } from '../../store/purge.ts';
import * as revisions from '../../store/revisions.ts';
import { findWorkingCopy, getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, assertReadable, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { json } from '../_shared/request.ts';
import { listEndpoint } from './list-articles.ts';

const get = endpoint(getArticle, async (request) => {
  const copy = await getWorkingCopy(editorialDatabase(request), request.path.articleId);
  return articleReply(200, assertReadable(copy, request.caller), request.caller);
});

const listOf = endpoint(listRevisions, async (request) => {
  const { path, query, caller } = request;
  const database = editorialDatabase(request);
  assertReadable(await getWorkingCopy(database, path.articleId), caller);
  const page = await revisions.listRevisions(database, path.articleId, query);
  return json(200, page, nextLink(pathOf(listRevisions.path, path), { limit: query.limit, cursor: page.nextCursor }));
});

const revision = endpoint(getRevision, async (request) => {
  const { path, caller } = request;
  const database = editorialDatabase(request);
  assertReadable(await getWorkingCopy(database, path.articleId), caller);
  return json(200, await revisions.getRevision(database, path.articleId, path.revision));
});

const changes = endpoint(compareRevisions, async (request) => {
  const { path, query, caller, header } = request;
  const database = editorialDatabase(request);
  assertReadable(await getWorkingCopy(database, path.articleId), caller);
  const from = query.from ?? path.revision - 1;
  if (from === 0) throw new AppError('not_found', 'The first revision changed nothing: there was none before it.');
  const [before, after] = await Promise.all([
    revisions.getRevision(database, path.articleId, from),
    revisions.getRevision(database, path.articleId, path.revision),
  ]);
  const comparison = { from, to: path.revision, ...compareArticles(before.article, after.article) };
  const body = prefersText(header('accept')) ? comparisonText(comparison) : undefined;
  const reply = json(200, comparison);
  return body === undefined ? reply : { ...reply, headers: { 'content-type': plainText }, body };
});

const plainText = 'text/plain; charset=utf-8';

const history = endpoint(getHistory, async (request) => {
  const { path, query, caller } = request;
  const database = editorialDatabase(request);
  await assertHistoryReadable(database, path.articleId, caller);
  const page = await listHistory(database, path.articleId, query);
  return json(200, page, nextLink(pathOf(getHistory.path, path), { limit: query.limit, cursor: page.nextCursor }));
});

export const handler = oneOf(get, listEndpoint, listOf, revision, changes, history);

/** Of a purged article the history is what is left. */
async function assertHistoryReadable(database: Database, articleId: string, caller: Caller): Promise<void> {
  try {
    const copy = await findWorkingCopy(database, articleId);
    if (copy) assertReadable(copy, caller);
    else throw new AppError('not_found', `There is no article ${articleId}.`);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'gone')) throw error;
    const stub = await findStub(database, articleId);
    if (stub?.killed) assertReadable({ stage: 'killed' }, caller);
  }
}

function pathOf(path: string, { articleId }: { articleId: string }): string {
  return path.replace('{articleId}', articleId);
}

/** Whoever names plain text wants it; JSON is for everybody else. */
function prefersText(accept = ''): boolean {
  const types = accept
    .toLowerCase()
    .split(',')
    .map((type) => type.split(';')[0]?.trim());
  return types.includes('text/plain') && !types.includes('application/json');
}
