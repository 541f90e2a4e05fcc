import type { ErrorCode } from '../../contract/errors.ts';
import { choiceOfSlug } from './addresses.ts';
import {
  type Article,
  type Content,
  contentAt,
  contentOf,
  isLive,
  lockHeldBy,
  mayDo,
  revisionOf,
  type Section,
  sectionOf,
  type World,
} from './model.ts';
import type { Act, Publishing, Request, RequestOf } from './requests.ts';
import { isLeftToOthers, isPossible, leastRole, roleFor, toSecond } from './rules.ts';
import type { Person } from './words.ts';

/** Why a request has to be refused, any of which may be given as the reason; none if it has to be carried out. */
export function refusals(world: World, request: Request, now: number): ErrorCode[] {
  const { act, who } = request;
  if (!mayDo(who, leastRole[act])) return ['forbidden'];
  if (act === 'create') return unknownSection(world, request.patch.section);
  if (act === 'nameSection' || act === 'mergeSection' || act === 'deleteSection') return ofSection(world, request);
  // A request that is not one is looked at no further.
  if (act === 'return' && request.note === undefined) return ['invalid_request'];
  const { article } = request;
  if (article.purged) return ['gone'];
  const state = [...stale(request), ...stateForbids(article, act, who)];
  // The revision is looked up beside the article.
  if (state.length > 0 && act === 'revert' && !hasRevision(request)) state.push('not_found');
  return state.length > 0 ? state : ofInput(world, request, now);
}

const hasRevision = ({ article, revision }: RequestOf<'revert'>): boolean =>
  revision >= 1 && revision <= revisionOf(article);

const stale = ({ article, basedOn }: { article: Article; basedOn: number }): ErrorCode[] =>
  basedOn === article.version ? [] : ['version_conflict'];

function stateForbids(article: Article, act: Act, who: Person): ErrorCode[] {
  // What is locked is nobody's secret, but a killed story is.
  if (act === 'unlock') return article.stage === 'killed' && who.role !== 'admin' ? ['forbidden'] : [];
  if (!isPossible(article, act))
    return [act === 'publish' && article.stage === 'published' ? 'nothing_to_publish' : 'not_allowed'];
  return mayDo(who, roleFor(article, act)) ? [] : ['forbidden'];
}

/** Reasons that lie in what is asked for, of an article of which it could be asked. */
function ofInput(world: World, request: Request, now: number): ErrorCode[] {
  switch (request.act) {
    case 'update':
      return ofUpdate(world, request, now);
    case 'revert': {
      const { article, revision } = request;
      if (!hasRevision(request)) return ['not_found'];
      return embargoOnLive(article, contentAt(article, revision).embargoUntil, now);
    }
    case 'approve':
      return isLeftToOthers(world, request.article, 'approve', request.who) ? ['four_eyes'] : [];
    case 'schedule':
      return ofSchedule(world, request, now);
    case 'publish':
      return ofPublication(world, request, now);
    case 'lock':
    case 'unlock':
      return ofLock(request, now);
    default:
      return [];
  }
}

function ofUpdate(world: World, { article, patch }: RequestOf<'update'>, now: number): ErrorCode[] {
  const changesSection = patch.section !== undefined && patch.section !== contentOf(article).section;
  return [
    ...(changesSection ? unknownSection(world, patch.section) : []),
    ...(patch.embargoUntil === undefined ? [] : embargoOnLive(article, patch.embargoUntil, now)),
  ];
}

function unknownSection({ sections }: World, slug: string | null | undefined): ErrorCode[] {
  if (!slug) return [];
  const section = sections.get(slug);
  return section && section.mergedInto === null ? [] : ['invalid_request'];
}

function embargoOnLive(article: Article, until: string | null, now: number): ErrorCode[] {
  if (!isLive(article) || until === null || until === contentOf(article).embargoUntil) return [];
  return Date.parse(until) > now ? ['not_allowed'] : [];
}

function ofSchedule(world: World, request: RequestOf<'schedule'>, now: number): ErrorCode[] {
  const { article, publishAt, unpublishAt, who } = request;
  const begins = publishAt === undefined ? (article.plan?.publishAt ?? now) : toSecond(publishAt);
  const ends = unpublishAt === undefined ? article.endAt : unpublishAt && toSecond(unpublishAt);
  const isWrongEnd = ends !== null && ends <= Math.max(begins, now);
  const reasons: ErrorCode[] = isWrongEnd ? ['invalid_request'] : [];
  if (publishAt === undefined) return isAboutEnd(request) ? reasons : ['invalid_request'];
  if (article.stage === 'published') return [...reasons, 'nothing_to_publish'];
  if (begins <= now) reasons.push('invalid_request');
  if (isLeftToOthers(world, article, 'schedule', who)) reasons.push('four_eyes');
  return [...reasons, ...unfit(world, article, request, begins)];
}

/** Without a beginning it is about the end, and nothing else, of what is public or going to be. */
function isAboutEnd({ article, unpublishAt, kind, note, bump }: RequestOf<'schedule'>): boolean {
  const isToEnd = isLive(article) || article.stage === 'scheduled';
  const changesEnd = unpublishAt !== undefined && (unpublishAt !== null || article.endAt !== null);
  return isToEnd && changesEnd && [kind, note, bump].every((term) => term === undefined);
}

function ofPublication(world: World, request: RequestOf<'publish'>, now: number): ErrorCode[] {
  const { article, who } = request;
  const fourEyes: ErrorCode[] = isLeftToOthers(world, article, 'publish', who) ? ['four_eyes'] : [];
  return [...fourEyes, ...unfit(world, article, request, now)];
}

/** Why the working copy can't be published as asked at this time. */
export function unfit(world: World, article: Article, { kind, note }: Publishing, at: number): ErrorCode[] {
  const { embargoUntil, section, body } = contentOf(article);
  const isFirst = article.publication === null;
  const isNews = note !== undefined || kind === 'refile' || !isLive(article) || isReadDifferently(article);
  const reasons: [ErrorCode, boolean][] = [
    ['embargoed', embargoUntil !== null && Date.parse(embargoUntil) > at],
    ['incomplete', !sectionOf(world, section) || body === null],
    ['invalid_request', kind !== undefined && (kind === 'initial') !== isFirst],
    ['invalid_request', kind === 'correction' && note === undefined],
    ['nothing_to_publish', !isNews],
    ['slug_taken', choiceOfSlug(world, article) === 'taken'],
  ];
  return reasons.flatMap(([code, holds]) => (holds ? [code] : []));
}

/** Whether the working copy says anything to readers that the live revision does not. */
function isReadDifferently(article: Article): boolean {
  const { publication } = article;
  if (!publication) return true;
  const read = ({ embargoUntil: _, internalNote: __, slug, ...shown }: Content) =>
    JSON.stringify([shown, slug ?? publication.slug]);
  return read(contentOf(article)) !== read(contentAt(article, publication.revision));
}

function ofLock({ article, who, act }: { article: Article; who: Person; act: Act }, now: number): ErrorCode[] {
  const holder = lockHeldBy(article, now);
  if (holder === null || holder === who.sub || (act === 'unlock' && who.role !== 'contributor')) return [];
  return ['locked'];
}

function ofSection(
  world: World,
  request: RequestOf<'nameSection'> | RequestOf<'mergeSection'> | RequestOf<'deleteSection'>,
): ErrorCode[] {
  const found = world.sections.get(request.section);
  if (request.act === 'nameSection' && request.basedOn === null) return found ? ['version_conflict'] : [];
  if (!found) return ['not_found'];
  const state: ErrorCode[] = [
    ...(found.version === request.basedOn ? [] : (['version_conflict'] as const)),
    ...(found.mergedInto === null ? [] : (['not_allowed'] as const)),
  ];
  if (state.length > 0 || request.act === 'nameSection') return state;
  if (request.act === 'deleteSection') return isInUse(world, found) ? ['section_in_use'] : [];
  const into = world.sections.get(request.into);
  return into && into.mergedInto === null && into !== found ? [] : ['invalid_request'];
}

/** A section goes when no story is in it, under any of its names, neither on the desk nor before readers. */
function isInUse(world: World, { slug }: Section): boolean {
  const names = [...world.sections.values()].filter(({ mergedInto }) => mergedInto === slug).map((name) => name.slug);
  const isHere = (section: string | null) => section !== null && [slug, ...names].includes(section);
  const holds = (article: Article) =>
    (!article.purged && article.stage !== 'killed' && isHere(contentOf(article).section)) ||
    (isLive(article) && isHere(article.publication?.shown.section.slug ?? null));
  return names.length > 0 || world.articles.some(holds);
}
