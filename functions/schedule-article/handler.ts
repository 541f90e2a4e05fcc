// Trigger: POST /editorial/v1/articles/{articleId}/schedule and /unschedule.
// Effect: what is to happen by itself, and when, stands on the article and among what is due, in one transaction.
// Follows: run-due, once the time has come.
import { scheduleArticle } from '../../contract/routes/schedule-article.ts';
import { unscheduleArticle } from '../../contract/routes/unschedule-article.ts';
import { scheduleCopy, unscheduleCopy } from '../../domain/article/schedule.ts';
import { getPublicBefore } from '../../store/revisions.ts';
import { saveDecision, saveSchedule } from '../../store/save-decision.ts';
import { getSection } from '../../store/sections.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { articleReply, editorialDatabase } from '../_shared/editorial.ts';
import { endpoint, oneOf } from '../_shared/endpoint.ts';
import { fourEyes } from '../_shared/environment.ts';
import { withFreeSlug } from '../_shared/with-free-slug.ts';

const schedule = endpoint(scheduleArticle, async (request) => {
  const { path, body, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const copy = await getWorkingCopy(database, path.articleId);
  const [section, publicBefore] = await Promise.all([
    copy.article.section === null ? undefined : getSection(database, copy.article.section),
    getPublicBefore(database, copy),
  ]);
  const scheduling = { request: body, basedOn, caller, now, section, publicBefore, fourEyes: fourEyes() };
  return await withFreeSlug(database, copy, async (slug) => {
    const decision = scheduleCopy(copy, { ...scheduling, slug });
    await saveSchedule(database, decision);
    return articleReply(200, decision.copy, caller);
  });
});

const unschedule = endpoint(unscheduleArticle, async (request) => {
  const { path, basedOn, caller, now } = request;
  const database = editorialDatabase(request);
  const decision = unscheduleCopy(await getWorkingCopy(database, path.articleId), { basedOn, caller, now });
  await saveDecision(database, decision);
  return articleReply(200, decision.copy, caller);
});

export const handler = oneOf(schedule, unschedule);
