import { checkAll, checkReading, checkTables } from './check.ts';
import { checkSomeRoutes } from './check-routes.ts';
import { clock, second } from './clock.ts';
import { span } from './describe.ts';
import type { Newsroom } from './newsroom.ts';
import { perform } from './perform.ts';
import { makePreviewLink } from './previews.ts';
import { lookAgain, tellReactions } from './reactions.ts';
import { articleIn } from './requests.ts';
import { resolve } from './resolve.ts';
import type { Step } from './steps.ts';
import type { Tables } from './tables.ts';
import { isExpected, tick } from './tick.ts';
import { type Person, people } from './words.ts';

/** What went wrong, after so many steps. */
export type Failure = { steps: number; problems: string[] };

/** Plays a sequence of steps and looks at everything after each, until something is wrong. */
export async function play(
  newsroom: Newsroom,
  steps: readonly Step[],
  logged: () => string[],
): Promise<Failure | undefined> {
  for (const [index, step] of steps.entries()) {
    const problems = await playStep(newsroom, step, index);
    problems.push(...logged().filter((line) => !isExpected(line)));
    if (problems.length > 0) return failure(index + 1, problems);
  }
  const problems = await tellReactions(newsroom, 'at once');
  await lookAgain(newsroom);
  problems.push(...checkTables(newsroom), ...(await checkAll(newsroom)));
  return problems.length > 0 ? failure(steps.length, problems) : undefined;
}

const mostProblems = 8;

const failure = (steps: number, problems: readonly string[]): Failure => ({
  steps,
  problems: problems.slice(0, mostProblems).map((problem) => `✗ ${problem}`),
});

async function playStep(newsroom: Newsroom, step: Step, index: number): Promise<string[]> {
  pass(newsroom, step.wait);
  const request = resolve(newsroom.world, step, newsroom.keyed);
  if (request.act === 'clock') pass(newsroom, request.at - clock.now());
  const before = newsroom.tables;
  const problems = [...(await tellReactions(newsroom, step.told)), ...(await preview(newsroom, step))];
  problems.push(...(request.act === 'clock' ? await tick(newsroom) : await perform(newsroom, request)));
  problems.push(...checkTables(newsroom));
  // What everything is like that did not change was looked at before.
  if (problems.length > 0 || !differ(before, newsroom.tables)) return problems;
  const touched = request.act === 'clock' ? undefined : articleIn(request);
  const looked = touched ?? newsroom.world.articles.at(-1 - (index % newsroom.world.articles.length));
  if (!looked) return problems;
  return [
    ...(await checkReading(newsroom, looked, people[index % people.length] as Person)),
    ...(isRouteTurn(index, request) ? await checkSomeRoutes(newsroom, looked, index) : []),
  ];
}

/** Readers look every third time, and whenever something may have gone. */
const isRouteTurn = (index: number, { act }: { act: string }): boolean => index % 3 === 0 || takeDowns.includes(act);
const takeDowns = ['unpublish', 'kill', 'purge'];

async function preview(newsroom: Newsroom, { shows, which, who }: Step): Promise<string[]> {
  const article = newsroom.world.articles.at(-1 - which);
  return shows && article ? await makePreviewLink(newsroom, article, people[who] as Person) : [];
}

function pass({ story }: Newsroom, milliseconds: number): void {
  clock.goOn(milliseconds);
  if (milliseconds >= second) story.push(`      ${span(milliseconds)} pass`);
}

const differ = (before: Tables, after: Tables): boolean =>
  (['editorial', 'content'] as const).some(
    (table) =>
      before[table].size !== after[table].size ||
      [...after[table].values()].some(({ key, raw }) => before[table].get(key)?.raw !== raw),
  );
