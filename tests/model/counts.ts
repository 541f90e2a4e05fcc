import { difference } from './differences.ts';
import { isLive, type World } from './model.ts';
import type { Item, Table } from './tables.ts';
import { topicNames } from './values.ts';

/** How many live stories there are, under which name, where that is settled, and when the latest was published. */
type Count = {
  of: 'section' | 'topic' | 'day';
  name: string;
  n: number;
  label: string | undefined;
  publishedAt: number;
};

/** What reactions count: each place by its kind and name, and the stories that they counted. */
export type Counts = { places: Map<string, Count>; stories: Set<string> };

/** What there is to count now. */
export function countsOf({ articles, sweeps }: World): Counts {
  // Until a section’s stories are all rendered anew they give it several names.
  const isNaming = [...sweeps.keys()].some((about) => about.startsWith('section '));
  const counts: Counts = { places: new Map(), stories: new Set() };
  for (const { id, publication } of articles.filter(isLive)) {
    if (!publication) continue;
    const { shown, sortAt, publishedAt } = publication;
    const add = (of: Count['of'], name: string, label?: string) => {
      const key = `COUNTS#${of} ${name}`;
      const place = counts.places.get(key) ?? { of, name, n: 0, label, publishedAt };
      counts.places.set(key, { ...place, n: place.n + 1, publishedAt: Math.max(place.publishedAt, publishedAt) });
    };
    counts.stories.add(id);
    add('section', shown.section.slug, isNaming ? undefined : shown.section.name);
    for (const topic of shown.content.topics) add('topic', topic, topicNames[topic]);
    add('day', new Date(sortAt).toISOString().slice(0, 10));
  }
  return counts;
}

export const isCount = ({ pk, sk }: Item): boolean => pk.startsWith('COUNTS#') || sk === 'COUNTED';

/** What was counted and should not have been, or is not counted, or under another name. What is none may be said to be none. */
export function countProblems({ places, stories }: Counts, content: Table): string[] {
  const items = [...content.values()].filter(isCount);
  const found = new Map(
    items.flatMap(({ key, sk, fields }) => (sk === 'COUNTED' || fields.n === 0 ? [] : [[key, fields]])),
  );
  const counted = items.flatMap(({ sk, pk }) => (sk === 'COUNTED' ? [pk.slice('ARTICLE#'.length)] : []));
  const numbers = (from: Iterable<[string, { n?: number }]>) =>
    Array.from(from, ([key, { n }]) => `${key}: ${n}`).sort();
  return [
    difference(numbers(places), numbers(found), 'what is counted'),
    difference([...stories].sort(), counted.sort(), 'the stories that are counted'),
    ...Array.from(places, ([key, place]) => placeProblem(key, place, found.get(key))),
  ].filter((problem) => problem !== undefined);
}

function placeProblem(key: string, { of, label, publishedAt }: Count, found: Item['fields'] = {}): string | undefined {
  if (label !== undefined) return difference(label, found.label, `what ${key} is called`);
  return of !== 'day' || Date.parse(found.changedAt) >= publishedAt
    ? undefined
    : `${key} changed later than ${found.changedAt}`;
}
