// Trigger: whoever operates the stage, by `npm run admin -- rerender`, until it says that it is through.
// Effect: the public items of each article are made anew from the newsroom's own; what is the same already stays so.
// Follows: purge-edge, when it is about one article. After all of them the command purges the edge at once.
import type { Context } from 'aws-lambda';
import { editorialDatabase } from '../_shared/editorial.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { log } from '../_shared/log.ts';
import { type Progress, rerenderArticles } from './rerender-articles.ts';

/** What to do: one article, or all of them from where the last run ended. */
export type RerenderRequest = { articleId?: string | undefined; after?: string | undefined };

/** Kept back from the function's time for the answer, in milliseconds. */
const answerTime = 5000;

export async function handler(
  { articleId, after }: RerenderRequest,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<Progress> {
  const deadline = Date.now() + context.getRemainingTimeInMillis() - answerTime;
  const database = editorialDatabase({ deadline, id: context.awsRequestId });
  const { siteUrlTemplate } = publicationSettings();
  const progress = await rerenderArticles(database, { articleId, after, siteUrlTemplate, deadline });
  const { failed, next, ...counts } = progress;
  log(failed.length > 0 ? 'error' : 'info', 'rerender', {
    requestId: context.awsRequestId,
    ...counts,
    failed: failed.map(({ id, reason }) => `${id}: ${reason}`).join('; ') || undefined,
    through: next === undefined,
  });
  return progress;
}
