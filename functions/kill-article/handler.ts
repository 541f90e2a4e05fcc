// Trigger: POST /editorial/v1/articles/{articleId}/kill.
// Effect: readers get a notice in the story's place, for good, and it leaves every listing: both tables, one transaction.
// Follows: purge-edge; run-due, which deletes its public versions and takes it off the stories that point at it.
import { killArticle } from '../../contract/routes/kill-article.ts';
import { decideKill } from '../../domain/article/take-down.ts';
import { forgetAnswers } from '../../store/purge.ts';
import { getPublicBefore } from '../../store/revisions.ts';
import { takeDown } from '../../store/take-down.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint } from '../_shared/endpoint.ts';
import { explain, log } from '../_shared/log.ts';

export const handler = endpoint(killArticle, async (request) => {
  const { path, body, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const copy = await getWorkingCopy(database, path.articleId);
  const { headline } = (await getPublicBefore(database, copy)) ?? copy.article;
  const decision = decideKill(copy, { request: body, headline, basedOn, caller, now });
  await takeDown(database, decision);
  // Now rather than in a minute: whoever repeats an earlier request would get the story once more. The clock makes sure.
  await forgetAnswers(database, copy.id).catch((error: unknown) =>
    log('warn', 'answers are left to the clock', { articleId: copy.id, error: explain(error) }),
  );
  return articleReply(200, decision.copy, caller);
});
