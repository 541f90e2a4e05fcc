import { contentProblems } from './check-content.ts';
import { deskProblems } from './check-desk.ts';
import { addressProblems, listingProblems } from './check-readers.ts';
import { deskListProblems, historyProblems, readingProblems } from './check-reading.ts';
import { checkAllRoutes } from './check-routes.ts';
import { countProblems } from './counts.ts';
import { difference } from './differences.ts';
import { type Article, isKilled, isLive, type Shown, sectionOf, type World } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { type Person, people } from './words.ts';

/** Everything that is wrong with what lies in the tables. */
export function checkTables({ world, tables, revisions, stream }: Newsroom): string[] {
  return [
    ...deskProblems(world, tables, revisions),
    ...contentProblems(world, tables),
    ...countProblems(stream.counts, tables.content),
    ...settled(world),
  ];
}

/** An article as somebody at the desk and readers get it. */
export async function checkReading(newsroom: Newsroom, article: Article, who: Person): Promise<string[]> {
  return [...(await readingProblems(newsroom, article, who)), ...(await addressProblems(newsroom, article))];
}

/** The last look at a sequence: every article as everybody sees it, and the listings. */
export async function checkAll(newsroom: Newsroom): Promise<string[]> {
  const problems: string[] = [];
  for (const article of newsroom.world.articles) {
    problems.push(...(await addressProblems(newsroom, article)), ...(await historyProblems(newsroom, article)));
    for (const who of people) problems.push(...(await readingProblems(newsroom, article, who)));
  }
  problems.push(...(await listingProblems(newsroom)), ...(await deskListProblems(newsroom)));
  return [...problems, ...(await checkAllRoutes(newsroom))];
}

/** Once the rounds are made, readers see today’s taxonomy, nobody points at a killed story, and corrections know its headline. */
function settled(world: World): string[] {
  const waits = (about: string) => [...world.sweeps.keys()].some((key) => key.startsWith(about));
  return world.articles.flatMap((article) => {
    const { shown, corrections } = (isLive(article) ? article.publication : null) ?? { corrections: [] };
    if (!shown) return [];
    const told = (what: string) => `${what} of ${article.name} for readers`;
    const section = sectionOf(world, shown.content.section);
    const killed = shown.related.filter((id) => isKilled(world, id) && !waits(`story ${id}`));
    const named = ({ content, slug, section: its }: Shown) => ({ headline: content.headline, slug, section: its });
    const wrong = [
      difference([], killed, told('the killed stories')),
      waits('section ') ? undefined : difference(section, shown.section, told('the section')),
      waits('section ') || waits(`story ${article.id}`)
        ? undefined
        : difference(
            corrections.map(() => named(shown)),
            corrections.map((correction) => named(correction.shown)),
            told('the corrections'),
          ),
    ];
    return wrong.filter((problem) => problem !== undefined);
  });
}
