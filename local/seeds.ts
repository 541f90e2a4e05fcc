import type { BackgroundFunctionId } from '../contract/routes/index.ts';
import type { FunctionRunner } from './function-runner.ts';
import { StartError } from './start-error.ts';

/** What the load-seeds function did: slugs of sections, ids of stories. */
export type LoadedSeeds = { sectionsAdded: string[]; loaded: string[]; leftAlone: string[] };

/** Many stories take longer than an API may. */
const timeoutMs = 120_000;
const loader: BackgroundFunctionId = 'load-seeds';

/** Loads the seeds as a deployment does, through their function. Throws a StartError with what the function says. */
export async function loadSeeds(runner: Pick<FunctionRunner, 'invoke'>): Promise<LoadedSeeds> {
  try {
    return (await runner.invoke(loader, {}, timeoutMs)) as LoadedSeeds;
  } catch (cause) {
    const { name, message } = cause as Error;
    throw new StartError(name === 'BrokenSeed' ? message : `The seeds could not be loaded: ${message}`, { cause });
  }
}

/** What to say about it in one line. */
export function seedsLine({ loaded, leftAlone }: LoadedSeeds): string {
  const stories = (count: number) => `${count} ${count === 1 ? 'story' : 'stories'}`;
  if (loaded.length === 0) return `The seeds are loaded already: ${stories(leftAlone.length)} left as found.`;
  const rest = leftAlone.length === 0 ? '' : `, ${stories(leftAlone.length)} left as found`;
  return `Loaded ${stories(loaded.length)} from seeds/${rest}.`;
}
