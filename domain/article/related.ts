import { foldedName } from '../../contract/listed-name.ts';
import type { PublishedArticle, PublishedSummary } from '../../contract/schemas/published-article.ts';

type Subjects = Pick<PublishedArticle, 'topics' | 'tags' | 'places' | 'people'>;

/**
 * The listings in which stories like this one are looked for, at most so many: the first of each kind that an editor named,
 * then the second of each, and so on. People, places and tags say more than topics do.
 */
export function alikeListings({ topics, tags, places, people }: Subjects, most: number): string[] {
  const kinds = [
    people.map((name) => `person#${foldedName(name)}`),
    places.map((name) => `place#${foldedName(name)}`),
    tags.map((name) => `tag#${foldedName(name)}`),
    topics.map(({ id }) => `topic#${id}`),
  ];
  const longest = Math.max(...kinds.map((kind) => kind.length));
  const inTurn = Array.from({ length: longest }, (_, index) => kinds.flatMap((kind) => kind[index] ?? []));
  return [...new Set(inTurn.flat())].slice(0, most);
}

/** Stories by how many of these listings they stand in, the latest first among equals. Those to be left out are in none. */
export function mostAlike(
  listings: readonly (readonly PublishedSummary[])[],
  leftOut: ReadonlySet<string>,
): PublishedSummary[] {
  const found = new Map<string, { story: PublishedSummary; shared: number }>();
  for (const story of listings.flat()) {
    if (leftOut.has(story.id)) continue;
    found.set(story.id, { story, shared: (found.get(story.id)?.shared ?? 0) + 1 });
  }
  // By id where both are of one instant: the same stories give the same answer, and it the same ETag.
  const place = ({ publishedAt, id }: PublishedSummary) => `${publishedAt}#${id}`;
  return [...found.values()]
    .toSorted((one, other) => other.shared - one.shared || (place(one.story) < place(other.story) ? 1 : -1))
    .map(({ story }) => story);
}
