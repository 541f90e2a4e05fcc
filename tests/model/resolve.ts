import type { ErrorCode } from '../../contract/errors.ts';
import { clock, minute } from './clock.ts';
import { dueTimes } from './due.ts';
import { type Article, revisionOf, type World } from './model.ts';
import { refusals } from './refusals.ts';
import type { Request } from './requests.ts';
import type { Step, What } from './steps.ts';
import { type Change, patchOf } from './values.ts';
import { newKey, newToken, type Person, people } from './words.ts';

/** What is asked for, or that the clock runs at this time. */
export type Resolved = Request | { act: 'clock'; at: number };

/**
 * What a drawn step means now. Unless it is careless it is tried with everybody and every article, beginning with those that
 * were drawn, until it is as its mood wants it. `keyed` are the requests that had a key, the last one last.
 */
export function resolve(world: World, step: Step, keyed: readonly Request[]): Resolved {
  const { what, mood } = step;
  if (what.act === 'clock') return { act: 'clock', at: timeToRun(world, what) };
  const repeated = what.act === 'repeat' ? again(keyed, what) : undefined;
  if (repeated) return repeated;
  const everybody = turned(people, step.who);
  const tries = groupOf(what).flatMap((one) => everybody.flatMap((who) => triesOf(world, who, { ...step, what: one })));
  const suits = mood === 'contrary' ? isTold : isEmpty;
  const found = tries.find((request) => suits(refusals(world, request, clock.now())));
  return (mood === 'careless' ? undefined : found) ?? (tries[0] as Request);
}

const isEmpty = (reasons: readonly ErrorCode[]): boolean => reasons.length === 0;

/** Reasons that lie in what the article is like, and are seldom met by chance. */
const telling: readonly ErrorCode[] = [
  'embargoed',
  'incomplete',
  'four_eyes',
  'slug_taken',
  'locked',
  'section_in_use',
];

const isTold = (reasons: readonly ErrorCode[]): boolean =>
  reasons.length === 1 && reasons.every((reason) => telling.includes(reason));

/** Now, or when the next thing is due, and a little later. */
function timeToRun({ articles, sweeps }: World, { next, late }: Extract<What, { act: 'clock' }>): number {
  const due = articles.flatMap((article) => Object.values(dueTimes(article)));
  const times = [...due, ...[...sweeps.values()].map(({ dueAt }) => dueAt)];
  return next && times.length > 0 ? Math.max(clock.now(), Math.min(...times) + late) : clock.now();
}

const turned = <Item>(items: readonly Item[], by: number): Item[] =>
  items.map((_, index) => items[(by + index) % items.length] as Item);

const review = ['submit', 'approve', 'return'] as const;
const moves = ['unpublish', 'trash', 'restore'] as const;

/** What was drawn, and what may be done in its place. */
function groupOf(what: What): What[] {
  if (what.act === 'submit' || what.act === 'approve' || what.act === 'return')
    return turned(review, review.indexOf(what.act)).map((act) => ({ ...what, act }));
  const move = moves.indexOf(what.act as (typeof moves)[number]);
  return move < 0 ? [what] : turned(moves, move).map((act) => ({ act }));
}

function triesOf(world: World, who: Person, { what, which, behind }: Step): Request[] {
  if (what.act === 'create') return [creation(world, who, what.changes, what.keyed)];
  if ('section' in what) return [0, 1, 2, 3].map((turn) => aboutSection(world, who, what, { behind, turn }));
  if (what.act === 'clock' || what.act === 'repeat' || world.articles.length === 0) return [creation(world, who, [])];
  return turned(world.articles.toReversed(), which).map((article) => aboutArticle(world, who, article, what, behind));
}

function again(keyed: readonly Request[], { back, other }: Extract<What, { act: 'repeat' }>): Request | undefined {
  const request = keyed.at(-1 - (back % Math.max(1, keyed.length)));
  if (!request || !other) return request;
  if (request.act === 'publish') return { ...request, note: newToken('註') };
  return request.act === 'create' ? { ...request, patch: { ...request.patch, headline: newToken('題') } } : request;
}

function creation(world: World, who: Person, changes: readonly Change[], keyed = false): Request {
  const blank = { headline: `Storm ${newToken('題')}`, section: 'world', body: `It rains. ${newToken('文')}` };
  return { act: 'create', who, key: keyIf(keyed), patch: { ...blank, ...patchOf(world, undefined, changes) } };
}

const keyIf = (isWanted: boolean): string | undefined => (isWanted ? newKey() : undefined);

type OfArticle = Exclude<What, { act: 'clock' | 'repeat' | 'create' } | { section: number }>;

function aboutArticle(world: World, who: Person, article: Article, what: OfArticle, behind: number): Request {
  const on = { who, article, basedOn: Math.max(0, article.version - behind) };
  const note = 'noted' in what && what.noted ? newToken('註') : undefined;
  switch (what.act) {
    case 'update':
      return { act: 'update', ...on, patch: patchOf(world, article, what.changes) };
    case 'revert':
      return { act: 'revert', ...on, revision: Math.max(1, revisionOf(article) + 1 - what.back) };
    case 'submit':
    case 'approve':
    case 'return':
      return { act: what.act, ...on, note };
    case 'schedule':
      return { act: 'schedule', ...on, ...terms(article, what), ...times(article, what) };
    case 'publish':
      return { act: 'publish', ...on, ...terms(article, what), key: keyIf(what.keyed) };
    case 'kill':
      return { act: 'kill', ...on, notice: `It was wrong. ${newToken('註')}`, keepHeadline: what.keepHeadline };
    case 'lock':
      return { act: 'lock', ...on, minutes: what.minutes };
    default:
      return { act: what.act, ...on };
  }
}

type OfPublication = Extract<What, { act: 'publish' | 'schedule' }>;

/** Kind, note and place as they were drawn; those that can’t be are made to fit, oftener than not. */
function terms(article: Article, { kind, noted, bump, unfit, ...others }: OfPublication) {
  const isFirst = article.publication === null;
  const note = noted || (kind === 'correction' && !unfit) ? newToken('註') : undefined;
  if (unfit) return { kind, note, bump };
  if ('publishAt' in others && !isStarting(article, others))
    return { kind: undefined, note: undefined, bump: undefined };
  return { kind: kind !== undefined && (kind === 'initial') === isFirst ? kind : undefined, note, bump };
}

type OfTimes = Pick<Extract<What, { act: 'schedule' }>, 'publishAt' | 'unpublishAt'>;

const isStarting = ({ stage }: Article, { publishAt }: OfTimes): boolean =>
  publishAt !== undefined && stage !== 'published';

/** When it begins and how long after that it ends; of what is published, or when nothing begins, the end alone. */
function times(article: Article, { publishAt, unpublishAt, unfit }: Extract<What, { act: 'schedule' }>) {
  const begins = publishAt !== undefined && (unfit || isStarting(article, { publishAt, unpublishAt }));
  const publication = begins ? clock.now() + publishAt : undefined;
  const from = publication ?? article.plan?.publishAt ?? clock.now();
  const end = typeof unpublishAt === 'number' ? from + unpublishAt : unpublishAt;
  return { publishAt: publication, unpublishAt: begins || unfit || end !== undefined ? end : from + 20 * minute };
}

const sectionSlugs = ['world', 'metro', 'sport', 'arts'];
const sectionNames = ['one', 'two', 'three'];

type OfSection = Extract<What, { section: number }>;

function aboutSection(
  world: World,
  who: Person,
  what: OfSection,
  { behind, turn }: { behind: number; turn: number },
): Request {
  const section = turned(sectionSlugs, what.section + turn)[0] ?? 'world';
  const into = sectionSlugs[what.into] ?? 'world';
  const basedOn = Math.max(0, (world.sections.get(section)?.version ?? 1) - behind);
  if (what.act === 'mergeSection') return { act: 'mergeSection', who, section, into, basedOn };
  if (what.act === 'deleteSection') return { act: 'deleteSection', who, section, basedOn };
  const name = `${section} ${sectionNames[what.name]}`;
  return { act: 'nameSection', who, section, name, basedOn: what.act === 'newSection' ? null : basedOn };
}
