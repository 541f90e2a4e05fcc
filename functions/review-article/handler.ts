// Trigger: POST /editorial/v1/articles/{articleId}/submit, /return and /approve.
// Effect: the article is with somebody else now; a line of history says why, in one transaction.
// Follows: nothing.
import { approveArticle } from '../../contract/routes/approve-article.ts';
import { returnArticle } from '../../contract/routes/return-article.ts';
import { submitArticle } from '../../contract/routes/submit-article.ts';
import { reviewCopy } from '../../domain/article/review.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { fourEyes } from '../_shared/environment.ts';
import type { Reply, Request } from '../_shared/request.ts';

type Reviewing = Pick<
  Request<typeof submitArticle | typeof returnArticle | typeof approveArticle>,
  'id' | 'deadline' | 'path' | 'body' | 'basedOn' | 'caller' | 'now'
>;

const review =
  (action: 'submit' | 'return' | 'approve') =>
  async (request: Reviewing): Promise<Reply> => {
    const { path, body, basedOn, caller, now } = request;
    const database = editorialDatabase(request);
    const copy = await getWorkingCopy(database, path.articleId);
    const decision = reviewCopy(copy, action, { note: body.note, basedOn, caller, now, fourEyes: fourEyes() });
    await saveDecision(database, decision);
    return articleReply(200, decision.copy, caller);
  };

export const handler = oneOf(
  endpoint(submitArticle, review('submit')),
  endpoint(returnArticle, review('return')),
  endpoint(approveArticle, review('approve')),
);
