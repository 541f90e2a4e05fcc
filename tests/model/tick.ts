import { clock } from './clock.ts';
import { carryOutDue, isDue } from './due.ts';
import { type Newsroom, numbered, runClock } from './newsroom.ts';
import { lookAgain } from './reactions.ts';
import { makeRounds } from './rounds.ts';
import { dueSweeps } from './sweeps.ts';
import type { Tables } from './tables.ts';
import { clockSub } from './words.ts';

/** Runs the clock until nothing is left to do: what two of its actions contend for, the next run takes up. */
export async function tick(newsroom: Newsroom): Promise<string[]> {
  const { world, story } = newsroom;
  const now = clock.now();
  const problems: string[] = [];
  story.push(`${numbered(story)} the clock runs`);
  for (let run = 1; run <= 3; run += 1) {
    const before = newsroom.tables;
    // What a publication of this run begins is for the next one.
    const rounds = dueSweeps(world, now);
    const done = await runClock();
    await lookAgain(newsroom);
    problems.push(...followClock(newsroom, before, now));
    makeRounds(world, rounds, now);
    if (Object.values(done).every((count) => count === 0)) break;
  }
  const left = world.articles.filter((article) => isDue(article, now));
  return [...problems, ...left.map(({ name }) => `something was due for ${name}, and the clock did not do it`)];
}

/** Does in the model what the clock has done, in its order, by the lines that it wrote into the histories. */
function followClock({ world, tables, story }: Newsroom, before: Tables, now: number): string[] {
  const lines = [...tables.editorial.values()]
    .filter(({ key, sk }) => sk.startsWith('LOG#') && !before.editorial.has(key))
    .sort((one, other) => (one.sk < other.sk ? -1 : 1));
  return lines.flatMap(({ pk, fields }) => {
    const article = world.articles.find(({ id }) => pk === `ARTICLE#${id}`);
    if (!article || fields.by.sub !== clockSub) return [`${pk}: a line by ${fields.by.sub}, who did nothing`];
    story.push(`      … and does “${fields.action}” with ${article.name}`);
    return carryOutDue(world, article, fields.action, now) ?? [];
  });
}

/** Nothing else goes wrong than what was to be public for a time that is over. */
export function isExpected(line: string): boolean {
  const { message, action, outcome, failed, retried } = JSON.parse(line);
  if (message !== 'due') return false;
  return outcome === undefined ? failed > 0 && retried === 0 : action === 'publish' && outcome === 'failed';
}
