import { day } from './clock.ts';
import { commit, type Doing, settle } from './commit.ts';
import { purge, takeOffSchedule } from './effects.ts';
import { type Article, isLive, type World } from './model.ts';
import { publish, withdraw } from './public-effects.ts';
import { unfit } from './refusals.ts';
import { clockSub } from './words.ts';

const daysInTrash = 30;

/** What happens to an article by itself, and when. */
export function dueTimes({ plan, endAt, trashedAt, purged }: Article): Record<string, number> {
  if (purged) return {};
  return {
    ...(plan ? { publish: plan.publishAt } : {}),
    ...(endAt === null ? {} : { unpublish: endAt }),
    ...(trashedAt === null ? {} : { purge: trashedAt + daysInTrash * day }),
  };
}

export const isDue = (article: Article, now: number): boolean =>
  Object.values(dueTimes(article)).some((at) => at <= now);

/**
 * Does in the model what the clock says it did, which is a problem unless it was due. Several articles are carried out side
 * by side, so the order is the clock's.
 */
export function carryOutDue(world: World, article: Article, action: string, now: number): string | undefined {
  const { plan, plannedBy } = article;
  const doing = { by: clockSub, at: now };
  const planned = { ...doing, scheduledBy: plan?.by ?? plannedBy };
  const due = dueTimes(article);
  const isTime = (what: string) => (due[what] ?? Number.POSITIVE_INFINITY) <= now;
  const isOver = isTime('unpublish');
  if (action === 'publish' && isTime('publish') && !isOver) return publishPlanned(world, article, planned);
  if (action === 'fail' && isTime('publish') && isOver) giveUp(article, planned);
  else if (action === 'unpublish' && isOver && isLive(article))
    withdraw(world, article, { ...doing, scheduledBy: plannedBy });
  else if (action === 'purge' && isTime('purge')) purge(world, article, doing);
  else return `the clock did “${action}” with ${article.name}, for which it was not the time`;
  return undefined;
}

function publishPlanned(world: World, article: Article, doing: Doing): string | undefined {
  const { kind, note, bump } = article.plan ?? { kind: null, note: null, bump: false };
  const publishing = { kind: kind ?? undefined, note: note ?? undefined, bump };
  const reasons = unfit(world, article, publishing, doing.at);
  if (reasons.length > 0) return `the clock published ${article.name}, which was ${reasons.join(' and ')}`;
  publish(world, article, publishing, doing);
  return undefined;
}

/** The time in which it was to be public passed without it: an editor has to decide. */
function giveUp(article: Article, doing: Doing): void {
  settle(article);
  takeOffSchedule(article);
  commit(article, 'fail', doing);
  article.trouble = { action: 'publish', code: 'not_allowed' };
}
