import { clock, day, hour, iso, minute } from './clock.ts';
import { type Article, type Content, contentOf, revisionOf, type World } from './model.ts';
import type { Patch, Request } from './requests.ts';
import { refusals } from './rules.ts';
import type { Step, What } from './steps.ts';
import { newToken, type Person, people } from './words.ts';

/** Keyed requests as they were sent, the last one last. */
export type Sent = Request[];

/** The request that a drawn step means now; `clock` if it means that the clock runs. */
export function resolve(world: World, step: Step, sent: Sent): Request | 'clock' {
  const { what, daring, which } = step;
  const who = people[step.who] ?? (people[0] as Person);
  if (what.act === 'clock') return 'clock';
  if (what.act === 'repeat') return again(sent, what) ?? creation(world, who, []);
  if (what.act === 'create' || world.articles.length === 0)
    return creation(world, who, 'changes' in what ? what.changes : [], 'keyed' in what && what.keyed);
  if ('section' in what) return aboutSection(world, who, what, step.behind);
  const newestFirst = world.articles.toReversed();
  const inTurn = newestFirst.map((_, index) => newestFirst[(which + index) % newestFirst.length] as Article);
  const requests = inTurn.map((article) => aboutArticle(world, who, article, what, step.behind));
  const possible = requests.find((request) => refusals(world, request, clock.now()).length === 0);
  return (daring ? undefined : possible) ?? (requests[0] as Request);
}

function again(sent: Sent, { back, other }: Extract<What, { act: 'repeat' }>): Request | undefined {
  const request = sent.at(-1 - (back % Math.max(1, sent.length)));
  if (!request || !other) return request;
  if (request.act === 'publish') return { ...request, note: newToken('註') };
  return request.act === 'create' ? { ...request, patch: { ...request.patch, headline: newToken('題') } } : request;
}

let keys = 0;
const newKey = (keyed: boolean): string | undefined => (keyed ? `key-${(keys += 1)}` : undefined);

type Change = Extract<What, { act: 'update' }>['changes'][number];

function creation(world: World, who: Person, changes: readonly Change[], keyed = false): Request {
  const blank = { headline: `Storm ${newToken('題')}`, section: 'world', body: `It rains. ${newToken('文')}` };
  return { act: 'create', who, key: newKey(keyed), patch: { ...blank, ...patchOf(world, undefined, changes) } };
}

const headlines = ['Storm', 'Vote', 'Fire in the port', ''];

/** The values that there are for each field; of some, the one that the article has already. */
function valueOf(world: World, article: Article | undefined, { field, pick }: Change): Patch {
  const now = article && contentOf(article);
  const from = <Value>(...values: readonly Value[]): Value => values[pick % values.length] as Value;
  switch (field) {
    case 'headline':
      return { headline: now && pick === 4 ? now.headline : `${headlines[pick] ?? 'Storm'} ${newToken('題')}`.trim() };
    case 'body':
      return { body: pick === 5 ? null : now && pick === 4 ? now.body : `It rains. ${newToken('文')}` };
    case 'deck':
      return { deck: from(null, `And more. ${newToken('摘')}`) };
    case 'internalNote':
      return { internalNote: from(`Ask the lawyer. ${newToken('密')}`, null) };
    case 'slug':
      return { slug: from(null, 'storm', 'chosen', 'storm-2', 'another', null) };
    case 'section':
      return { section: from('metro', 'world', null, 'sport', 'nowhere', 'metro') };
    case 'tags':
      return { tags: from<string[]>([], ['War'], ['war', 'Peace'], ['Ｐｅａｃｅ']) };
    case 'topics':
      return { topics: from<string[]>([], ['medtop:20000065'], ['medtop:16000000', 'medtop:20000065']) };
    case 'places':
      return { places: from<string[]>([], ['Almaty'], ['Moscow', 'Almaty']) };
    case 'people':
    case 'authors':
      return { [field]: from<string[]>([], ['Ana Ruiz'], ['Ben Ito']) };
    case 'embargoUntil': {
      const from5Minutes = from(null, -hour, 10 * minute, day, null, 10 * minute);
      return { embargoUntil: from5Minutes === null ? null : iso(clock.now() + from5Minutes) };
    }
    case 'related':
      return { related: othersThan(world, article).slice(0, pick % 3) };
  }
}

const othersThan = ({ articles }: World, article: Article | undefined): string[] =>
  articles.flatMap((other) => (other === article ? [] : [other.id])).reverse();

function patchOf(world: World, article: Article | undefined, changes: readonly Change[]): Patch {
  return Object.assign({}, ...changes.map((change) => valueOf(world, article, change))) as Partial<Content>;
}

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
    case 'schedule': {
      const { kind, bump, publishAt, unpublishAt } = what;
      // An end alone has no kind, note or place, oftener than not.
      const isEnd = publishAt === undefined && unpublishAt !== 700;
      const publishing = isEnd ? { kind: undefined, note: undefined, bump: undefined } : { kind, note, bump };
      return {
        act: 'schedule',
        ...on,
        ...publishing,
        publishAt: later(publishAt),
        unpublishAt: later(unpublishAt),
      };
    }
    case 'publish':
      return { act: 'publish', ...on, note, kind: what.kind, bump: what.bump, key: newKey(what.keyed) };
    case 'kill':
      return { act: 'kill', ...on, notice: `It was wrong. ${newToken('註')}`, keepHeadline: what.keepHeadline };
    case 'lock':
      return { act: 'lock', ...on, minutes: what.minutes };
    default:
      return { act: what.act, ...on };
  }
}

const later = <Absent extends null | undefined>(milliseconds: number | Absent): number | Absent =>
  typeof milliseconds === 'number' ? clock.now() + milliseconds : milliseconds;

const sectionSlugs = ['world', 'metro', 'sport', 'arts'];

function aboutSection(world: World, who: Person, what: Extract<What, { section: number }>, behind: number): Request {
  const section = sectionSlugs[what.section] ?? 'world';
  const version = world.sections.get(section)?.version ?? 1;
  const basedOn = Math.max(0, version - behind);
  const into = sectionSlugs[what.into] ?? 'world';
  const name = `${section} ${['one', 'two', 'three'][what.name]}`;
  if (what.act === 'mergeSection') return { act: 'mergeSection', who, section, into, basedOn };
  if (what.act === 'deleteSection') return { act: 'deleteSection', who, section, basedOn };
  return { act: 'nameSection', who, section, name, basedOn: what.act === 'newSection' ? null : basedOn };
}
