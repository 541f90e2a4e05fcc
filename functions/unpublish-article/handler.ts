// Trigger: POST /editorial/v1/articles/{articleId}/unpublish.
// Effect: the public document and its listing rows go, the working copy stays as a draft: both tables, one transaction.
// Follows: purge-edge.
import { unpublishArticle } from '../../contract/routes/unpublish-article.ts';
import { decideWithdrawal } from '../../domain/article/take-down.ts';
import { takeDown } from '../../store/take-down.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';

export const handler = endpoint(unpublishArticle, async (request) => {
  const { path, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const decision = decideWithdrawal(await getWorkingCopy(database, path.articleId), { basedOn, caller, now });
  await takeDown(database, decision);
  return articleReply(200, decision.copy, caller);
});
