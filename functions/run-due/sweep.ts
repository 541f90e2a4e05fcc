import { AppError } from '../../contract/errors.ts';
import { listPublishedIn } from '../../store/articles-in-section.ts';
import type { Database } from '../../store/database.ts';
import { listPointers } from '../../store/pointers.ts';
import { deleteVersions } from '../../store/published-versions.ts';
import { forgetAnswers } from '../../store/purge.ts';
import type { RerenderOptions } from '../../store/rerender.ts';
import { getSection } from '../../store/sections.ts';
import { endRound, findSweep, type Sweep, type SweepOf, saveProgress } from '../../store/sweeps.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { explain, log } from '../_shared/log.ts';
import { rerenderLatest } from '../_shared/rerender-latest.ts';

/** Stories of a page, and of those that are rendered side by side. */
const pageSize = 100;
const sideBySide = 8;
/** No page is begun that may not be ended in time, in milliseconds. */
const longestPage = 8000;

/** Goes on with a round of a sweep. False when it did not come to its end: the next run goes on from there. */
export async function sweepOne(database: Database, about: SweepOf): Promise<boolean> {
  const startedAt = database.timing.now();
  const sweep = await findSweep(database, about);
  if (!sweep) return false;
  // What a killed story said goes, where readers or whoever repeats a request could still get it. Each part is done
  // whatever becomes of the others, and the round ends when all are.
  const forgetting = sweep.because === 'killed' ? [deleteVersions, forgetAnswers] : [];
  const failures: unknown[] = [];
  for (const forget of forgetting) await forget(database, sweep.name).catch((error: unknown) => failures.push(error));
  const { isThrough, missed } = await sweepPages(database, sweep);
  if (failures.length > 0) throw failures[0];
  if (isThrough) await endRound(database, sweep, { startedAt, missed });
  return isThrough && !missed;
}

type Page = { ids: readonly string[]; next: string | undefined };

/** `missed`: some could not be rendered for now, so that the round is made once more. */
async function sweepPages(database: Database, sweep: Sweep): Promise<{ isThrough: boolean; missed: boolean }> {
  let { after, missed = false } = sweep;
  do {
    const { ids, next }: Page = await pageOf(database, sweep, after);
    // A name can wait for what the edge keeps to run out: a purge for each story would cost more than it is worth.
    const isEach = await rerenderAll(database, ids, {
      followed: sweep.because !== 'renamed',
      takesAway: sweep.because === 'killed',
    });
    missed ||= !isEach;
    after = next;
    if (after !== undefined) await saveProgress(database, sweep, { after, missed });
  } while (after !== undefined && database.timing.now() < database.deadline - longestPage);
  return { isThrough: after === undefined, missed };
}

async function pageOf(database: Database, { because, name }: Sweep, after: string | undefined): Promise<Page> {
  if (because === 'corrected') return { ids: [name], next: undefined };
  // The stories that point at a killed one do so no more.
  if (because === 'killed') return await listPointers(database, name, { after, limit: pageSize });
  return await staleStories(database, name, after);
}

/** Stories of which what is served does not say what their section is called now, or which it became. */
async function staleStories(database: Database, slug: string, after: string | undefined): Promise<Page> {
  const section = await getSection(database, slug);
  if (!section) return { ids: [], next: undefined };
  const { stories, next } = await listPublishedIn(database, slug, { after, limit: pageSize });
  const stale = stories.filter(({ section: { slug: is, name } }) => is !== section.slug || name !== section.name);
  return { ids: stale.map(({ id }) => id), next };
}

/** False when some could not be rendered for now. */
async function rerenderAll(
  database: Database,
  ids: readonly string[],
  how: Pick<RerenderOptions, 'followed' | 'takesAway'>,
): Promise<boolean> {
  const { siteUrlTemplate } = publicationSettings();
  let isEach = true;
  for (let start = 0; start < ids.length; start += sideBySide) {
    const some = ids.slice(start, start + sideBySide);
    const done = await Promise.all(some.map((id) => rerenderSafely(database, id, { siteUrlTemplate, ...how })));
    isEach &&= done.every(Boolean);
  }
  return isEach;
}

/** One that can't be rendered, whatever the reason, holds up none of the others. False when a later try may do. */
async function rerenderSafely(database: Database, id: string, options: RerenderOptions): Promise<boolean> {
  try {
    await rerenderLatest(database, id, options);
    return true;
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'unexpected';
    const isPassing = code === 'busy' || code === 'version_conflict';
    log(code === 'unexpected' ? 'error' : 'warn', 'sweep', { articleId: id, outcome: code, error: explain(error) });
    return !isPassing;
  }
}
