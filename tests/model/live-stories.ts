import { listingsOf, sortKey } from './expected-content.ts';
import { type Article, isLive, type Publication } from './model.ts';

export type LiveStory = Article & { publication: Publication };

const isStory = (article: Article): article is LiveStory => isLive(article);

export const placeOf = ({ id, publication }: LiveStory): string => sortKey(publication.sortAt, id);

/** What is live, in the order of every listing. */
export function byPlace(articles: readonly Article[]): LiveStory[] {
  return articles.filter(isStory).toSorted((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
}

/** What stands in a listing, in its order. */
export function storiesIn(articles: readonly Article[], listing: string): LiveStory[] {
  return byPlace(articles).filter(({ publication }) => listingsOf(publication.shown).includes(listing));
}
