import { iso } from './clock.ts';
import { correctionRow, type Expected, rowOf, sortKey } from './expected-content.ts';
import { byPlace, type LiveStory, storiesIn } from './live-stories.ts';
import type { World } from './model.ts';
import { chosen, type Reader } from './reader.ts';

/** What readers can ask of all stories, part by part. */
export const listLooks: readonly ((reader: Reader) => Promise<void>)[] = [
  lookAtLatest,
  lookAtSubjects,
  lookAtNames,
  lookAtCrossings,
  lookAtCorrections,
  lookAtCounts,
];

const rowsOf = (stories: readonly LiveStory[]): Expected[] =>
  stories.map(({ id, publication }) => rowOf(id, publication));

type ListRoute = 'listPublishedArticles' | 'listCorrections';

/** All pages of a listing, of two rows each or of a hundred. */
async function lookThrough(reader: Reader, route: ListRoute, asked: string, rows: readonly Expected[]): Promise<void> {
  const tokens = rows.flatMap((row) => row.tokens);
  const items: unknown[] = [];
  let cursor = '';
  for (;;) {
    const query = `${asked}${asked ? '&' : ''}limit=${reader.turn % 4 === 0 ? 2 : 100}${cursor}`;
    const { json } = await reader.ask(route, { query }, { status: 200, tokens, must: [] });
    items.push(...(json.items ?? []));
    if (!json.nextCursor) break;
    cursor = `&cursor=${json.nextCursor}`;
  }
  const says = rows.map((row) => row.says.row);
  reader.expect(`${route} ${asked}`, says, items);
}

const lookAtListing = (reader: Reader, asked: string, stories: readonly LiveStory[]): Promise<void> =>
  lookThrough(reader, 'listPublishedArticles', asked, rowsOf(stories));

/** Those of all stories, of a stretch of time, and those that were asked for by their ids. */
async function lookAtLatest(reader: Reader): Promise<void> {
  const { articles } = reader.world;
  const stories = byPlace(articles);
  await lookAtListing(reader, '', stories);
  const [from, to] = [stories.at(-1), stories[0]].map((story) => iso(story?.publication.sortAt ?? 0));
  if (from !== undefined && to !== undefined && from < to) {
    const between = stories.filter(({ publication }) => iso(publication.sortAt) < to);
    await lookAtListing(reader, `from=${from}&to=${to}`, between);
  }
  if (articles.length === 0) return;
  const query = `ids=${articles.map(({ id }) => id).join(',')}`;
  const rows = rowsOf(stories);
  const says = { items: rows.map((row) => row.says.row) };
  await reader.ask(
    'listPublishedArticles',
    { query },
    { status: 200, says, tokens: rows.flatMap((row) => row.tokens) },
  );
}

/** Names as anybody may spell them. */
const subjects = [
  ['tag', 'war'],
  ['tag', 'Peace'],
  ['topic', 'medtop:20000065'],
  ['topic', 'medtop:16000000'],
  ['place', 'Almaty'],
  ['place', 'moscow'],
] as const;
const people = ['Ana Ruiz', 'Ben Ito'];
const names = people.flatMap((name) => [['person', name] as const, ['author', name] as const]);

type Listing = readonly [dimension: string, value: string];

async function lookAtSome(reader: Reader, listings: readonly Listing[]): Promise<void> {
  for (const [dimension, value] of chosen(reader, listings, 3)) {
    const stories = storiesIn(reader.world.articles, `${dimension}#${value.toLowerCase()}`);
    await lookAtListing(reader, `${dimension}=${encodeURIComponent(value)}`, stories);
  }
}

async function lookAtSubjects(reader: Reader): Promise<void> {
  await lookAtSome(reader, subjects);
}

async function lookAtNames(reader: Reader): Promise<void> {
  await lookAtSome(reader, [...names, ...openSections(reader.world).map((slug) => ['section', slug] as const)]);
}

const openSections = ({ sections }: World): string[] =>
  [...sections.values()].flatMap(({ slug, mergedInto }) => (mergedInto ? [] : [slug]));

/** What stands in two listings. */
async function lookAtCrossings(reader: Reader): Promise<void> {
  const { world } = reader;
  const [section = 'world'] = openSections(world);
  const pairs = [
    ['tag', 'war', 'section', section],
    ['topic', 'medtop:20000065', 'place', 'almaty'],
    ['person', 'ana ruiz', 'author', 'ben ito'],
  ] as const;
  for (const [one, value, other, its] of chosen(reader, pairs, 1)) {
    const within = storiesIn(world.articles, `${other}#${its}`);
    const stories = storiesIn(world.articles, `${one}#${value}`).filter((story) => within.includes(story));
    const query = new URLSearchParams({ [one]: value, [other]: its });
    await lookAtListing(reader, String(query), stories);
  }
}

/** What was corrected in live stories, the latest first. */
export function correctionsIn({ articles }: World): { row: Expected; id: string; at: number; section: string }[] {
  const entries = byPlace(articles).flatMap((story) =>
    story.publication.corrections.map((correction) => ({
      ...{ row: correctionRow(story, correction), id: story.id, at: correction.at },
      section: correction.shown.section.slug,
    })),
  );
  return entries.toSorted((one, other) => (sortKey(one.at, one.id) < sortKey(other.at, other.id) ? 1 : -1));
}

async function lookAtCorrections(reader: Reader): Promise<void> {
  const entries = correctionsIn(reader.world);
  await lookThrough(
    reader,
    'listCorrections',
    '',
    entries.map(({ row }) => row),
  );
  const [section = 'world'] = entries.map((entry) => entry.section);
  const rows = entries.filter((entry) => entry.section === section).map(({ row }) => row);
  await lookThrough(reader, 'listCorrections', `section=${section}`, rows);
}

/** How many stories there were in each section and of each topic when reactions were told last. */
async function lookAtCounts(reader: Reader): Promise<void> {
  for (const [route, of, key] of [
    ['listPublishedSections', 'section', 'slug'],
    ['listPublishedTopics', 'topic', 'id'],
  ] as const) {
    const counted = [...reader.counts.places.values()].filter((place) => place.of === of);
    const inOrder = counted.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const items = inOrder.map(({ name, n, label }) => ({ [key]: name, count: n, ...(label ? { name: label } : {}) }));
    await reader.ask(route, {}, { status: 200, says: { items } });
  }
}
