import { AppError } from '../../contract/errors.ts';
import { createCopy } from '../../domain/article/edit.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { saveDecision } from '../../store/save-decision.ts';
import { addSection } from '../../store/sections.ts';
import { findWorkingCopy } from '../../store/working-copies.ts';
import { publishCopy } from '../_shared/publish-copy.ts';
import type { Seed, Seeds } from './read-seeds.ts';
import { seeder } from './seeder.ts';

/** What a run did: slugs of sections, ids of stories. */
export type LoadedSeeds = { sectionsAdded: string[]; loaded: string[]; leftAlone: string[] };

/** Loads what is not there yet, as often as one likes; an article that anybody has touched is left alone. */
export async function loadSeeds(database: Database, { sections, stories }: Seeds): Promise<LoadedSeeds> {
  const done: LoadedSeeds = { sectionsAdded: [], loaded: [], leftAlone: [] };
  for (const section of sections) if (await addSection(database, section)) done.sectionsAdded.push(section.slug);
  for (const story of stories) {
    const loaded = await loadSeed(database, story);
    (loaded ? done.loaded : done.leftAlone).push(story.id);
  }
  return done;
}

/** Creates and publishes the story, or finishes a run that was cut off between the two. False if there was nothing to do. */
async function loadSeed(database: Database, seed: Seed): Promise<boolean> {
  const copy = await findSeed(database, seed);
  if (!copy || !isUntouched(copy)) return false;
  const { publishedAt } = seed;
  try {
    const publishing = {
      request: {},
      basedOn: copy.version,
      caller: seeder,
      now: new Date(database.timing.now()),
      // The newsroom takes its seeds as they are.
      fourEyes: false,
      publishedAt,
    };
    await publishCopy(database, copy, publishing, () => undefined);
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw new Error(`seeds/${seed.file} could not be published: ${(error as Error).message}`, { cause: error });
  }
}

/** Undefined for a story that the newsroom purged: it does not come back. */
async function findSeed(database: Database, seed: Seed): Promise<WorkingCopy | undefined> {
  try {
    return (await findWorkingCopy(database, seed.id)) ?? (await createSeed(database, seed));
  } catch (error) {
    if (error instanceof AppError && error.code === 'gone') return undefined;
    throw error;
  }
}

async function createSeed(database: Database, { id, article }: Seed): Promise<WorkingCopy> {
  const decision = createCopy({ id, article, action: 'import', caller: seeder, now: new Date(database.timing.now()) });
  try {
    await saveDecision(database, decision);
    return decision.copy;
  } catch (error) {
    const other = isConflict(error) ? await findWorkingCopy(database, id) : undefined;
    if (other) return other;
    throw error;
  }
}

/** Just created from its file, and neither published nor changed by anybody since. */
function isUntouched({ version, createdBy, publication }: WorkingCopy): boolean {
  return version === 1 && createdBy.sub === seeder.sub && publication === null;
}

/** Another run, or an editor, was there first. */
function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === 'version_conflict';
}
