// Trigger: POST /editorial/v1/articles/{articleId}/publish.
// Effect: the working copy becomes what the public sees: both tables, one transaction.
// Follows: purge-edge, when readers had another version before.
import { publishArticle } from '../../contract/routes/publish-article.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { fourEyes } from '../_shared/environment.ts';
import { idempotently } from '../_shared/idempotent.ts';
import { publishCopy } from '../_shared/publish-copy.ts';

export const handler = endpoint(publishArticle, async (request) => {
  const { path, body, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  return await idempotently(request, database, async (remember) => {
    const copy = await getWorkingCopy(database, path.articleId);
    const publishing = { request: body, basedOn, caller, now, fourEyes: fourEyes() };
    const published = await publishCopy(database, copy, publishing, (next) =>
      remember(articleReply(200, next, caller)),
    );
    return articleReply(200, published, caller);
  });
});
