import { beforeAll, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { useEngine } from '../support/engine.ts';
import { useFrontend } from './frontend.ts';
import { useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, call, published } = newsroom;
const { list } = useFrontend(newsroom);

const topic = 'medtop:20000065';
const subjects = { topics: [topic], tags: ['Storm'], places: ['Lisbon'], people: ['Ana'], authors: [{ name: 'Ben' }] };

/** What is done to every fourth story while it is read about; nothing to the first of four. */
const kinds = ['left alone', 'bumped', 'withdrawn', 'killed'] as const;
type Kind = (typeof kinds)[number];
type Story = { article: EditorialArticle; kind: Kind };

const count = 36;
const stories: Story[] = [];

beforeAll(async () => {
  for (let index = 0; index < count; index += 1)
    stories.push({ article: await published(subjects), kind: kinds[index % kinds.length] ?? 'left alone' });
});

const changes: Record<Kind, (article: EditorialArticle) => Promise<unknown>> = {
  'left alone': (article) =>
    // An update keeps its place.
    act('updateArticle', article, { body: { deck: 'With more.' } }).then((edited) => act('publishArticle', edited)),
  bumped: (article) =>
    act('updateArticle', article, { body: { deck: 'With more.' } }).then((edited) =>
      act('publishArticle', edited, { body: { bump: true } }),
    ),
  withdrawn: (article) => act('unpublishArticle', article),
  killed: (article) => act('killArticle', article, { role: 'admin', body: { notice: 'It was untrue.' } }),
};

/** One page after the other, each once something else was done. */
async function follow(query: string, beforeEach: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { status, json } = await list(cursor === null ? query : `${query}&cursor=${cursor}`);
    expect({ status, json }).toMatchObject({ status: 200 });
    seen.push(...json.items.map(({ id }: PublishedSummary) => id));
    cursor = json.nextCursor;
    await beforeEach();
  } while (cursor !== null);
  return seen;
}

/** How often writers have to have written by the time that a reader goes on: reading and writing take turns, and overlap. */
function writers(work: readonly (() => Promise<unknown>)[]) {
  let next = 0;
  let done = 0;
  const waiting: (() => void)[] = [];
  const write = async () => {
    for (let task = work[next++]; task; task = work[next++]) {
      await task();
      done += 1;
      for (const wake of waiting.splice(0)) wake();
    }
  };
  const running = Promise.all([write(), write(), write()]);
  const until = async (share: number) => {
    while (done < Math.min(share, work.length))
      await Promise.race([new Promise<void>((wake) => waiting.push(wake)), running]);
  };
  return { running, until };
}

const queries = [
  'limit=2',
  'section=world&limit=3',
  'tag=storm&limit=2',
  `person=Ana&topic=${topic}&limit=2`,
  'author=ben&place=lisbon&limit=3',
  'tag=storm&section=world&language=en&limit=2',
];

test('whoever follows the cursor while others write sees each story that stays where it is, once and in order', async () => {
  const changed = stories.map(
    ({ article, kind }) =>
      () =>
        changes[kind](article),
  );
  // From both ends, so that what is changed is before the readers and behind them.
  const mixed = Array.from({ length: count }, (_, turn) => changed.at(turn % 2 ? -(turn + 1) / 2 : turn / 2)).filter(
    (change) => change !== undefined,
  );
  expect(new Set(mixed).size).toBe(count);
  const work = mixed.flatMap((change) => [change, () => published(subjects)]);
  const { running, until } = writers(work);

  const read = await Promise.all(
    queries.map((query) => {
      let turns = 0;
      return follow(query, () => {
        turns += 2;
        return until(turns);
      });
    }),
  );
  await running;

  const stayed = stories.filter(({ kind }) => kind === 'left alone').map(({ article }) => article.id);
  const there = new Set(stories.map(({ article }) => article.id));
  for (const [index, seen] of read.entries()) {
    const which = queries[index];
    expect({ which, seen: seen.filter((id) => stayed.includes(id)) }).toEqual({ which, seen: stayed.toReversed() });
    const repeated = seen.filter((id, at) => there.has(id) && seen.indexOf(id) !== at);
    expect({ which, repeated }).toEqual({ which, repeated: [] });
  }
});

test('and whoever begins once they are done sees what there is then, and nothing that was taken down', async () => {
  const gone = new Set(
    stories.flatMap(({ article, kind }) => (kind === 'withdrawn' || kind === 'killed' ? [article.id] : [])),
  );
  const found = await Promise.all(queries.map((query) => follow(query, async () => undefined)));
  const [first = []] = found;
  expect(first).toHaveLength(count - gone.size + count);
  expect(first.filter((id) => gone.has(id))).toEqual([]);
  for (const seen of found) expect(seen).toEqual(first);
  const { json } = await call('listPublishedArticles', { query: 'limit=100' });
  expect(json.items.map(({ id }: PublishedSummary) => id)).toEqual(first);
});
