// Trigger: a deployment (CloudFormation), or the start of the local system.
// Effect: each story of seeds/ that is not there yet is created and published; what is there is left alone.
// Follows: nothing; seeds notify nobody.
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';
import { editorialDatabase } from '../_shared/editorial.ts';
import { publicationSettings } from '../_shared/environment.ts';
import { log } from '../_shared/log.ts';
import { type LoadedSeeds, loadSeeds } from './load-seeds.ts';
import { readSeeds } from './read-seeds.ts';

/** Kept back from the function's time, in milliseconds, so that it ends with its own message. */
const answerTime = 1000;

/** Packed beside the bundle, so that a changed seed is a changed function, which CloudFormation then runs again. */
const seedsFolder = fileURLToPath(new URL('./seeds/', import.meta.url));

export async function handler(
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<LoadedSeeds> {
  const now = Date.now();
  const seeds = await readSeeds(seedsFolder, publicationSettings().language, new Date(now));
  const database = editorialDatabase({ deadline: now + context.getRemainingTimeInMillis() - answerTime });
  const done = await loadSeeds(database, seeds);
  log('info', 'seeds', {
    sectionsAdded: done.sectionsAdded.length,
    loaded: done.loaded.join(' '),
    leftAlone: done.leftAlone.length,
  });
  return done;
}
