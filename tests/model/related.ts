import { type Article, isLive, type Publication, type World } from './model.ts';

/** How many there are, and in how many listings they are looked for. */
const most = 6;
const mostListings = 6;

/** `rank` is the same for those that may stand in any order. */
type Related = { story: Article; publication: Publication; rank: string };

/** The stories that readers are led to from a live one: its editors’ picks, then those that share most with it. */
export function relatedTo({ articles }: World, article: Article): Related[] {
  const { publication } = article;
  if (!publication) return [];
  const others = articles.filter((other) => other !== article && isLive(other));
  const picks = publication.shown.related.flatMap((id) => others.find((other) => other.id === id) ?? []);
  const wanted = subjectsOf(publication).slice(0, mostListings);
  const shared = ({ publication: its }: Article) => {
    const subjects = its ? subjectsOf(its) : [];
    return wanted.filter((subject) => subjects.includes(subject)).length;
  };
  const published = (other: Article) => other.publication?.publishedAt ?? 0;
  const alike = others
    .filter((other) => shared(other) > 0 && !publication.shown.related.includes(other.id))
    .toSorted((one, other) => shared(other) - shared(one) || published(other) - published(one));
  const ranked = [
    ...picks.map((story, index) => ({ story, rank: `pick ${index}` })),
    ...alike.map((story) => ({ story, rank: `${shared(story)} ${published(story)}` })),
  ];
  return ranked
    .slice(0, most)
    .flatMap(({ story, rank }) => (story.publication ? [{ story, publication: story.publication, rank }] : []));
}

/** The first person, place, tag and topic, then the second of each. */
function subjectsOf({ shown }: Publication): string[] {
  const { people, places, tags, topics } = shown.content;
  const kinds = [people, places, tags, topics].map((names, kind) =>
    names.map((name) => `${kind} ${name.normalize('NFKC').toLowerCase()}`),
  );
  return [0, 1].flatMap((index) => kinds.flatMap((kind) => kind[index] ?? []));
}
