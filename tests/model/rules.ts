import type { Role } from '../../contract/roles.ts';
import { minute, second } from './clock.ts';
import { type Article, isLive, mayDo, type Stage, seenOf, type World } from './model.ts';
import type { Act } from './requests.ts';
import type { Person } from './words.ts';

/** The least role for each action, wherever the article stands. */
export const leastRole: Readonly<Record<Act, Role>> = {
  create: 'contributor',
  update: 'contributor',
  submit: 'contributor',
  lock: 'contributor',
  unlock: 'contributor',
  revert: 'editor',
  return: 'editor',
  approve: 'editor',
  schedule: 'editor',
  unschedule: 'editor',
  publish: 'editor',
  unpublish: 'editor',
  trash: 'editor',
  restore: 'editor',
  kill: 'admin',
  purge: 'admin',
  nameSection: 'admin',
  mergeSection: 'admin',
  deleteSection: 'admin',
};

/** What may be done at a stage whatever the public sees. */
const atStage: Readonly<Record<Stage, readonly Act[]>> = {
  draft: ['update', 'revert', 'lock', 'submit', 'schedule', 'publish'],
  in_review: ['update', 'revert', 'lock', 'return', 'approve', 'schedule', 'publish'],
  approved: ['update', 'revert', 'lock', 'return', 'schedule', 'publish'],
  scheduled: ['update', 'revert', 'lock', 'schedule', 'unschedule', 'publish'],
  published: ['update', 'revert', 'lock', 'schedule'],
  killed: ['purge'],
  trashed: ['restore', 'purge'],
};

export function isPossible(article: Article, act: Act): boolean {
  const { stage, endAt } = article;
  const live = isLive(article);
  if (atStage[stage].includes(act)) return true;
  if (act === 'unpublish') return live;
  if (act === 'unschedule') return live && endAt !== null;
  if (act === 'kill') return live || seenOf(article) === 'withdrawn';
  return act === 'trash' && !live && stage !== 'killed' && stage !== 'trashed';
}

/** Contributors write drafts; what somebody else has in hand is for editors. */
export const roleFor = ({ stage }: Article, act: Act): Role =>
  (act === 'update' || act === 'lock') && stage !== 'draft' ? 'editor' : leastRole[act];

const underFourEyes: readonly Act[] = ['approve', 'schedule', 'publish'];

/** Whether somebody else has to do it, and whether that holds for an admin in an emergency. */
export function isLeftToOthers({ fourEyes }: World, { hands }: Article, act: Act, who: Person): boolean {
  if (!fourEyes || !underFourEyes.includes(act) || !hands.has(who.sub)) return false;
  return !(act === 'publish' && who.role === 'admin');
}

export const articleActs = [
  ...['update', 'revert', 'lock', 'submit', 'return', 'approve', 'schedule', 'unschedule', 'publish'],
  ...['unpublish', 'kill', 'trash', 'restore', 'purge'],
] as readonly Act[];

/** What `allowedActions` has to say. */
export function allowedTo(world: World, article: Article, who: Person): Act[] {
  return articleActs.filter(
    (act) =>
      isPossible(article, act) &&
      mayDo(who, roleFor(article, act)) &&
      (!isLeftToOthers(world, article, act, who) || isEndAlone(article, act)),
  );
}

/** Of a live story the end can be scheduled, which takes no second pair of eyes. */
const isEndAlone = (article: Article, act: Act): boolean => act === 'schedule' && isLive(article);

/** To the second, as schedules are kept. */
export const toSecond = (at: number): number => Math.floor(at / second) * second;

export const lockEnd = (now: number, minutes: number): number => Math.ceil(now / second) * second + minutes * minute;
