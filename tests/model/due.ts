import { day } from './clock.ts';
import { commit, settle } from './commit.ts';
import { purge, takeOffSchedule } from './effects.ts';
import { type Article, isLive, type World } from './model.ts';
import { publish, sweepKilled, sweepSection, withdraw } from './public-effects.ts';
import { unfit } from './rules.ts';
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
  const doing = { by: clockSub, at: now };
  const due = dueTimes(article);
  const isOver = article.endAt !== null && article.endAt <= now;
  const untimely = `the clock did “${action}” with ${article.name}, for which it was not the time`;
  switch (action) {
    case 'publish': {
      const { plan } = article;
      if (!plan || plan.publishAt > now || isOver) return untimely;
      const publishing = { kind: plan.kind ?? undefined, note: plan.note ?? undefined, bump: plan.bump };
      const reasons = unfit(world, article, publishing, now);
      if (reasons.length > 0) return `the clock published ${article.name}, which was ${reasons.join(' and ')}`;
      publish(world, article, publishing, doing);
      return undefined;
    }
    case 'fail':
      return (due.publish ?? Number.POSITIVE_INFINITY) <= now && isOver ? giveUp(article, doing) : untimely;
    case 'unpublish':
      if (!isLive(article) || !isOver) return untimely;
      withdraw(world, article, doing);
      return undefined;
    case 'purge':
      if ((due.purge ?? Number.POSITIVE_INFINITY) > now) return untimely;
      purge(world, article, doing);
      return undefined;
    default:
      return untimely;
  }
}

/** The time in which it was to be public passed without it: an editor has to decide. */
function giveUp(article: Article, doing: Parameters<typeof commit>[2]): undefined {
  settle(article);
  takeOffSchedule(article);
  commit(article, 'fail', doing);
  article.trouble = { action: 'publish', code: 'not_allowed' };
}

/** A publication that did not know of a change may end this long after it. */
const untilSecondRound = 15_000;

/** Makes the rounds that are due, each of two. */
export function sweep(world: World, now: number): void {
  for (const [about, { dueAt, rounds }] of world.sweeps) {
    if (dueAt > now) continue;
    const [of = '', name = ''] = about.split(' ');
    if (of === 'section') sweepSection(world, name);
    else sweepKilled(world, name);
    if (rounds > 1) world.sweeps.set(about, { dueAt: now + untilSecondRound, rounds: rounds - 1 });
    else world.sweeps.delete(about);
  }
}
