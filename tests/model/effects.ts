import { choiceOfSlug } from './addresses.ts';
import { commit, type Doing, settle } from './commit.ts';
import {
  type Article,
  type Content,
  contentAt,
  contentOf,
  emptyContent,
  isLive,
  revisionOf,
  type World,
} from './model.ts';
import { forgetAnswers, kill, publish, withdraw } from './public-effects.ts';
import type { Patch, Request, RequestOf } from './requests.ts';
import { lockEnd, toSecond } from './rules.ts';
import { beginSweep } from './sweeps.ts';

/** Does in the model what the request asks for, none of which is refused. */
export function carryOut(world: World, request: Exclude<Request, { act: 'create' }>, at: number): void {
  const doing = { by: request.who.sub, at };
  switch (request.act) {
    case 'update':
      edit(request.article, 'update', doing, { ...contentOf(request.article), ...request.patch });
      break;
    case 'revert':
      edit(request.article, 'revert', doing, contentAt(request.article, request.revision), request.revision);
      break;
    case 'submit':
    case 'return':
    case 'approve':
      review(request, doing);
      break;
    case 'schedule':
      schedule(world, request, doing);
      break;
    case 'unschedule':
      unschedule(request.article, doing);
      break;
    case 'publish':
      publish(world, request.article, request, doing, request.who.role === 'admin');
      break;
    case 'unpublish':
      withdraw(world, request.article, doing);
      break;
    case 'kill':
      kill(world, request.article, request, doing);
      break;
    case 'trash':
    case 'restore':
      putAway(request.article, request.act, doing);
      break;
    case 'purge':
      purge(world, request.article, doing);
      break;
    case 'lock':
      request.article.lock = { sub: request.who.sub, expiresAt: lockEnd(at, request.minutes) };
      break;
    case 'unlock':
      request.article.lock = null;
      break;
    case 'nameSection':
      nameSection(world, request, doing);
      break;
    case 'mergeSection':
      mergeSection(world, request, doing);
      break;
    case 'deleteSection':
      world.sections.delete(request.section);
      break;
  }
}

export function create(id: string, name: string, patch: Patch, { by, at }: Doing): Article {
  const article: Article = {
    name,
    id,
    stage: 'draft',
    version: 0,
    revisions: [{ ...emptyContent, ...patch }],
    createdBy: by,
    updatedBy: by,
    hands: new Set([by]),
    approval: null,
    plan: null,
    endAt: null,
    plannedBy: null,
    trouble: null,
    trashedAt: null,
    slugs: new Set(),
    redirects: new Set(),
    publication: null,
    versions: [],
    goneFrom: [],
    history: [],
    lock: null,
    links: [],
    purged: false,
  };
  commit(article, 'create', { by, at }, { fromRevision: null });
  return article;
}

/** What changes nothing is not worth a version. */
function edit(article: Article, action: string, doing: Doing, content: Content, fromRevision = revisionOf(article)) {
  if (JSON.stringify(content) === JSON.stringify(contentOf(article))) return;
  article.revisions.push(content);
  article.hands.add(doing.by);
  if (article.stage !== 'in_review') article.stage = 'draft';
  takeOffSchedule(article);
  commit(article, action, doing, { fromRevision });
}

/** The end of what is live stays; what was to be public for a while is not to be at all. */
export function takeOffSchedule(article: Article): void {
  article.plan = null;
  if (!isLive(article)) article.endAt = null;
  if (article.endAt === null) article.plannedBy = null;
}

function clearSchedule(article: Article): void {
  article.plan = null;
  article.endAt = null;
  article.plannedBy = null;
}

function review({ act, article, note }: RequestOf<'submit' | 'return' | 'approve'>, doing: Doing): void {
  article.stage = act === 'submit' ? 'in_review' : act === 'return' ? 'draft' : 'approved';
  if (act === 'approve') {
    article.approval = { revision: revisionOf(article), by: doing.by, hands: article.hands };
    article.hands = new Set();
  }
  if (act === 'return' && article.approval?.revision === revisionOf(article)) {
    article.hands = new Set([...article.approval.hands, ...article.hands]);
    article.approval = null;
  }
  commit(article, act, doing, { note: note ?? null });
}

function schedule(world: World, request: RequestOf<'schedule'>, doing: Doing): void {
  const { article, publishAt, unpublishAt, kind, note, bump } = request;
  if (publishAt !== undefined) {
    const slug = choiceOfSlug(world, article);
    article.slugs.add(slug);
    const terms = { kind: kind ?? null, note: note ?? null, bump: bump ?? false };
    article.plan = { publishAt: toSecond(publishAt), slug, ...terms, by: doing.by };
    article.stage = 'scheduled';
  }
  if (unpublishAt !== undefined) article.endAt = unpublishAt && toSecond(unpublishAt);
  article.plannedBy = article.plan || article.endAt ? doing.by : null;
  commit(article, 'schedule', doing, { note: note ?? null, kind: article.plan?.kind ?? null });
}

function unschedule(article: Article, doing: Doing): void {
  if (article.stage === 'scheduled') settle(article);
  clearSchedule(article);
  commit(article, 'unschedule', doing);
}

function putAway(article: Article, act: 'trash' | 'restore', doing: Doing): void {
  article.stage = act === 'trash' ? 'trashed' : 'draft';
  article.trashedAt = act === 'trash' ? doing.at : null;
  clearSchedule(article);
  commit(article, act, doing);
}

/** The text goes, and with it what was kept of it; a killed story keeps its address and its notice. */
export function purge(world: World, article: Article, doing: Doing): void {
  commit(article, 'purge', doing);
  forgetAnswers(world, article);
  clearSchedule(article);
  article.purged = true;
  for (const link of article.links) link.isKept = false;
  article.lock = null;
  article.trashedAt = null;
  article.versions = [];
  if (article.publication?.kill) {
    article.publication.kill.headline = null;
    return;
  }
  world.pointers.delete(article.id);
  article.slugs.clear();
  article.redirects.clear();
  article.publication = null;
}

function nameSection(world: World, { section: slug, name }: RequestOf<'nameSection'>, { by, at }: Doing): void {
  const { sections } = world;
  const found = sections.get(slug);
  if (found?.name === name) return;
  if (found) beginSweep(world, `section ${slug}`, 'renamed', at);
  sections.set(slug, { slug, name, version: (found?.version ?? 0) + 1, mergedInto: null, updatedBy: by });
}

function mergeSection(world: World, { section: slug, into }: RequestOf<'mergeSection'>, { by, at }: Doing): void {
  // What was merged into it before is taken on.
  for (const [name, found] of world.sections)
    if (name === slug || found.mergedInto === slug)
      world.sections.set(name, { ...found, version: found.version + 1, mergedInto: into, updatedBy: by });
  beginSweep(world, `section ${slug}`, 'renamed', at);
}
