import { isLive, type Sweep, sectionOf, type World } from './model.ts';
import { forgetAnswers, rerender } from './public-effects.ts';

/** A publication that did not know of a change may end this long after it. */
const untilSecondRound = 15_000;

/** Makes a round of each of these, of two. */
export function makeRounds(world: World, about: readonly string[], now: number): void {
  for (const key of about) {
    const sweep = world.sweeps.get(key);
    if (!sweep) continue;
    sweepOne(world, sweep, key.slice(key.indexOf(' ') + 1));
    if (sweep.rounds > 1) world.sweeps.set(key, { ...sweep, dueAt: now + untilSecondRound, rounds: sweep.rounds - 1 });
    else world.sweeps.delete(key);
  }
}

function sweepOne(world: World, { because }: Sweep, name: string): void {
  if (because === 'renamed') sweepSection(world, name);
  else if (because === 'killed') sweepKilled(world, name);
  else for (const article of world.articles) if (article.id === name) rerender(world, article);
}

/** A round over the stories of a section that was renamed or merged. */
function sweepSection(world: World, slug: string): void {
  const section = sectionOf(world, slug);
  if (!section) return;
  for (const article of world.articles) {
    const shown = isLive(article) ? article.publication?.shown.section : undefined;
    if (shown?.slug !== slug || JSON.stringify(shown) === JSON.stringify(section)) continue;
    rerender(world, article);
  }
}

/** A round after a kill: what it said goes from its public versions, and who points at it does so no more. */
function sweepKilled(world: World, id: string): void {
  const killed = world.articles.find((article) => article.id === id);
  if (killed) {
    killed.versions = killed.versions.filter(({ said }) => said === null);
    forgetAnswers(world, killed);
  }
  for (const article of world.articles) if (world.pointers.get(id)?.has(article.id)) rerender(world, article);
}
