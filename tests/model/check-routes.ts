import { compareCopy, follow, newPartner, patientPartner, untilTold } from './change-log.ts';
import { feedLooks } from './check-feed-routes.ts';
import { listLooks } from './check-list-routes.ts';
import { storyLooks } from './check-story-routes.ts';
import { clock } from './clock.ts';
import type { Article } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { lookAtPreviews } from './previews.ts';
import { readerOf } from './reader.ts';

const looks = [...listLooks, ...feedLooks];
/** Once in so many turns partners look at what is new, and the first time another one begins. */
const partnerTurns = 12;
/** In how many newsrooms somebody reads the log from its beginning, which is a request for each year. */
const mostPatient = 2;

/** A part of what readers can ask about a story and about all of them: another part each time. */
export async function checkSomeRoutes(newsroom: Newsroom, article: Article, turn: number): Promise<string[]> {
  const reader = readerOf(newsroom, turn, false);
  // Of what was never public there is little to ask.
  if (article.publication || turn % 2 === 0) await storyLooks[turn % storyLooks.length]?.(reader, article);
  await lookAtPreviews(reader, article);
  await looks[turn % looks.length]?.(reader);
  if (turn === 0 || turn % partnerTurns !== 0) return reader.problems;
  if (newsroom.partners.length < 2) newsroom.partners.push(newPartner());
  for (const partner of newsroom.partners) await follow(reader, partner);
  return reader.problems;
}

/** Everything that readers can ask, about every article. */
export async function checkAllRoutes(newsroom: Newsroom): Promise<string[]> {
  const { world, partners, number } = newsroom;
  const reader = readerOf(newsroom, world.changes.length, true);
  // Of what was never public there is little to ask.
  for (const article of world.articles) {
    for (const look of article.publication ? storyLooks : storyLooks.slice(0, 2)) await look(reader, article);
    await lookAtPreviews(reader, article);
  }
  for (const look of looks) await look(reader);
  clock.goOn(untilTold);
  for (const partner of [...partners, ...(number <= mostPatient ? [patientPartner()] : [])]) {
    await follow(reader, partner);
    compareCopy(reader, partner);
  }
  return reader.problems;
}
