import { AppError } from '../../contract/errors.ts';
import { listPublishedIn } from '../../store/articles-in-section.ts';
import type { Database } from '../../store/database.ts';
import { listPointers } from '../../store/pointers.ts';
import { deleteVersions } from '../../store/published-versions.ts';
import { forgetAnswers } from '../../store/purge.ts';
import type { RerenderOptions } from '../../store/rerender.ts';
import { getSection } from '../../store/sections.ts';
import { endRound, findSweep, type SweepOf } from '../../store/sweeps.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { log } from '../_shared/log.ts';
import { rerenderLatest } from '../_shared/rerender-latest.ts';

/** Stories of a page, and of those that are rendered side by side. */
const pageSize = 100;
const sideBySide = 8;
/** No page is begun that may not be ended in time, in milliseconds. */
const longestPage = 8000;

/** Makes a round of a sweep. False when there was not the time for all of it: the next run begins the round again. */
export async function sweepOne(database: Database, about: SweepOf): Promise<boolean> {
  const startedAt = database.timing.now();
  const sweep = await findSweep(database, about);
  if (!sweep) return false;
  const isThrough =
    about.of === 'section' ? await sweepSection(database, about.name) : await sweepKilled(database, about.name);
  if (isThrough) await endRound(database, sweep, startedAt);
  return isThrough;
}

/** What is served of a section's stories says what the section is called now, or which it became. */
async function sweepSection(database: Database, slug: string): Promise<boolean> {
  const section = await getSection(database, slug);
  if (!section) return true;
  let after: string | undefined;
  do {
    const page = await listPublishedIn(database, slug, { after, limit: pageSize });
    const stale = page.stories.filter(
      ({ section: { slug: is, name } }) => is !== section.slug || name !== section.name,
    );
    // A name can wait for what the edge keeps to run out: a purge for each story would cost more than it is worth.
    await rerenderAll(
      database,
      stale.map(({ id }) => id),
      { followed: false },
    );
    after = page.next;
    if (after !== undefined && !hasTime(database)) return false;
  } while (after !== undefined);
  return true;
}

/** What a killed story said is deleted, and the stories that point at it do so no more. */
async function sweepKilled(database: Database, articleId: string): Promise<boolean> {
  await deleteVersions(database, articleId);
  // Whoever repeats a request of theirs would get the story once more.
  await forgetAnswers(database, articleId);
  let after: string | undefined;
  do {
    const page = await listPointers(database, articleId, { after, limit: pageSize });
    await rerenderAll(database, page.ids, { followed: true });
    after = page.next;
    if (after !== undefined && !hasTime(database)) return false;
  } while (after !== undefined);
  return true;
}

async function rerenderAll(
  database: Database,
  ids: readonly string[],
  { followed }: { followed: boolean },
): Promise<void> {
  const { siteUrlTemplate } = publicationSettings();
  for (let start = 0; start < ids.length; start += sideBySide)
    await Promise.all(
      ids.slice(start, start + sideBySide).map((id) => rerenderUnpurged(database, id, { siteUrlTemplate, followed })),
    );
}

function hasTime({ timing, deadline }: Database): boolean {
  return timing.now() < deadline - longestPage;
}

/** One that is gone, or lacks its section, holds up none of the others. */
async function rerenderUnpurged(database: Database, id: string, options: RerenderOptions): Promise<void> {
  try {
    await rerenderLatest(database, id, options);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'busy') throw error;
    log('warn', 'sweep', { articleId: id, outcome: error.code });
  }
}
