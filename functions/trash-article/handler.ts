// Trigger: DELETE /editorial/v1/articles/{articleId} and POST /editorial/v1/articles/{articleId}/restore.
// Effect: the article is put away, and due to be purged in thirty days, or taken out again, in one transaction.
// Follows: run-due, if nobody takes it out.
import { restoreArticle } from '../../contract/routes/restore-article.ts';
import { trashArticle } from '../../contract/routes/trash-article.ts';
import { decideTrash } from '../../domain/article/take-down.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import type { Reply, Request } from '../_shared/request.ts';

const move =
  (action: 'trash' | 'restore') =>
  async (request: Request<typeof trashArticle | typeof restoreArticle>): Promise<Reply> => {
    const { path, basedOn, caller, now } = request;
    const database = editorialDatabase(request);
    const decision = decideTrash(await getWorkingCopy(database, path.articleId), action, { basedOn, caller, now });
    await saveDecision(database, decision);
    return articleReply(200, decision.copy, caller);
  };

export const handler = oneOf(endpoint(trashArticle, move('trash')), endpoint(restoreArticle, move('restore')));
