// Trigger: GET /editorial/v1/articles and GET /editorial/v1/articles/{articleId}.
// Effect: none.
// Follows: nothing.
import { getArticle } from '../../contract/routes/get-article.ts';
import { listArticles } from '../../contract/routes/list-articles.ts';
import { getWorkingCopy, listWorkingCopies } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { nextLink } from '../_shared/next-link.ts';
import { json } from '../_shared/request.ts';

const get = endpoint(getArticle, async (request) =>
  articleReply(200, await getWorkingCopy(editorialDatabase(request), request.path.articleId)),
);

const list = endpoint(listArticles, async (request) => {
  const { stage, limit, cursor } = request.query;
  const page = await listWorkingCopies(editorialDatabase(request), { stage, limit, cursor });
  return json(200, page, nextLink(listArticles.path, { stage, limit, cursor: page.nextCursor }));
});

export const handler = oneOf(get, list);
