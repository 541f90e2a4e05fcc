import { choiceOfSlug } from './addresses.ts';
import { commit, type Doing, settle } from './commit.ts';
import {
  type Article,
  contentAt,
  contentOf,
  isKilled,
  isLive,
  type Named,
  type Publication,
  revisionOf,
  type Shown,
  sectionOf,
  type World,
} from './model.ts';
import type { Publishing, RequestOf } from './requests.ts';
import { beginSweep } from './sweeps.ts';

function sectionFor(world: World, slug: string | null): Named {
  const section = sectionOf(world, slug);
  if (!section) throw new Error(`The model publishes in the section ${slug}, which is none.`);
  return section;
}

/** What readers get of a revision under today’s taxonomy. */
function render(world: World, article: Article, revision: number, slug: string): Shown {
  const content = contentAt(article, revision);
  const related = content.related.filter((id) => !isKilled(world, id));
  return { content, slug, section: sectionFor(world, content.section), related };
}

/** Somebody is about to publish what points at these, whatever comes of it. */
export function notePointers({ pointers }: World, { id }: Article, targets: readonly string[]): void {
  for (const target of targets) pointers.set(target, (pointers.get(target) ?? new Set()).add(id));
}

/** Makes the working copy what readers get. `isAdmin` may do so without the second pair of eyes. */
export function publish(world: World, article: Article, asked: Publishing, doing: Doing, isAdmin = false): void {
  const { by, at } = doing;
  const before = article.publication;
  const emergency = world.fourEyes && isAdmin && article.hands.has(by);
  const slug = choiceOfSlug(world, article);
  const publication = nextPublication(article, render(world, article, revisionOf(article), slug), asked, at);
  const { kind, revision, shown, notes, seq } = publication;
  notePointers(world, article, shown.content.related);
  if (before && before.slug !== slug) article.redirects.add(before.slug);
  article.redirects.delete(slug);
  article.slugs.add(slug);
  article.publication = publication;
  article.stage = 'published';
  article.plan = null;
  if (article.endAt === null) article.plannedBy = null;
  if (!emergency) article.hands = new Set();
  const line = { fromRevision: before?.revision ?? null, kind, note: asked.note ?? null, emergency };
  commit(article, 'publish', doing, line);
  logChange(world, article, kind, at);
  // Earlier corrections tell of the story as it was called then.
  if (before?.state === 'live' && before.corrections.length > 0 && isRenamed(article, before, slug))
    beginSweep(world, `story ${article.id}`, 'corrected', at);
  article.versions.push({ at, seq, kind, slug, state: 'live', said: { shown, notes, revision } });
}

function isRenamed(article: Article, before: Publication, slug: string): boolean {
  const [was, is] = [contentAt(article, before.revision), contentOf(article)];
  return before.slug !== slug || was.headline !== is.headline || was.section !== is.section;
}

function nextPublication(article: Article, shown: Shown, { kind, note, bump }: Publishing, at: number): Publication {
  const before = article.publication;
  const revision = revisionOf(article);
  const said = kind ?? (before ? 'update' : 'initial');
  const told = note === undefined ? [] : [{ kind: said, text: note, at }];
  const correction = { at, from: before?.revision ?? revision, to: revision, note: note ?? '', shown };
  return {
    state: 'live',
    slug: shown.slug,
    revision,
    kind: said,
    firstPublishedAt: before?.firstPublishedAt ?? at,
    publishedAt: at,
    sortAt: bump ? at : (before?.sortAt ?? at),
    notes: [...(before?.notes ?? []), ...told],
    corrections: [...correctionsOf(before, shown), ...(said === 'correction' ? [correction] : [])],
    seq: (before?.seq ?? 0) + 1,
    kill: null,
    shown,
  };
}

/** Earlier corrections are told of as they were, but for a story that comes back: it tells of all of them anew. */
function correctionsOf(before: Publication | null, shown: Shown): Publication['corrections'] {
  const earlier = before?.corrections ?? [];
  return before?.state === 'withdrawn' ? earlier.map((correction) => ({ ...correction, shown })) : [...earlier];
}

function logChange({ changes }: World, article: Article, kind: string, at: number): void {
  const { publication, history } = article;
  if (!publication) throw new Error(`The model logs a change of ${article.name}, which was never public.`);
  changes.push({ article, slug: publication.slug, kind, seq: publication.seq, line: history.length - 1, at });
}

/** What ends takes its schedule with it: a later publication would bring it back. */
function end(world: World, article: Article, state: 'withdrawn' | 'killed', doing: Doing, note: string | null): void {
  const { publication } = article;
  if (!publication) throw new Error(`The model takes down ${article.name}, which was never public.`);
  article.publication = { ...publication, state, seq: publication.seq + 1 };
  article.plan = null;
  article.endAt = null;
  article.plannedBy = null;
  const action = state === 'killed' ? 'kill' : 'unpublish';
  commit(article, action, doing, { fromRevision: publication.revision, note });
  logChange(world, article, action, doing.at);
  const { slug, seq } = publication;
  article.versions.push({ at: doing.at, seq: seq + 1, kind: null, slug, state, said: null });
}

export function withdraw(world: World, article: Article, doing: Doing): void {
  if (article.stage === 'published') article.stage = 'draft';
  else if (article.stage === 'scheduled') settle(article);
  end(world, article, 'withdrawn', doing, null);
}

export function kill(
  world: World,
  article: Article,
  { notice, keepHeadline }: Pick<RequestOf<'kill'>, 'notice' | 'keepHeadline'>,
  doing: Doing,
): void {
  article.stage = 'killed';
  article.trashedAt = null;
  const section = isLive(article) ? article.publication?.shown.section.slug : undefined;
  article.goneFrom = ['full#latest', ...(section === undefined ? [] : [`full#section#${section}`])];
  end(world, article, 'killed', doing, notice);
  const { publication } = article;
  if (!publication) return;
  const headline = keepHeadline ? contentAt(article, publication.revision).headline : null;
  publication.kill = { at: doing.at, notice, headline };
  beginSweep(world, `story ${article.id}`, 'killed', doing.at);
  forgetAnswers(world, article);
}

/** Readers get the same revision under today’s taxonomy, and without what was killed since. */
export function rerender(world: World, article: Article): void {
  const { publication, purged } = article;
  if (publication?.state !== 'live' || purged) return;
  const shown = render(world, article, publication.revision, publication.slug);
  notePointers(world, article, shown.content.related);
  publication.shown = shown;
  for (const correction of publication.corrections) correction.shown = shown;
}

/** Whoever repeats a request of theirs does not get the story once more. */
export function forgetAnswers({ kept }: World, article: Article): void {
  for (const [key, answer] of kept) if (answer.article === article) kept.delete(key);
}
