import { correctionsIn } from './check-list-routes.ts';
import { clock, hour, iso } from './clock.ts';
import { goneRows, rowOf, tokensOf, urlOf } from './expected-content.ts';
import { byPlace, placeOf, storiesIn } from './live-stories.ts';
import type { World } from './model.ts';
import { chosen, type Reader } from './reader.ts';
import type { Token } from './words.ts';

/** What feed readers and search engines ask for, part by part. */
export const feedLooks: readonly ((reader: Reader) => Promise<void>)[] = [
  lookAtLatest,
  lookAtSections,
  lookAtOthers,
  lookAtSitemaps,
];

const endings = ['rss', 'atom', 'json'] as const;
type Ending = (typeof endings)[number];
/** One is enough for a feed that is made like others. */
const endingsFor = ({ turn }: Reader): Ending[] => chosen({ turn, whole: false }, endings, 1);
/** How many entries a feed has, and of how many rows. */
const feedLength = 30;
const feedRows = 40;

/** A row of a feed: a story, or that it is gone. */
type Entry = { id: string; place: string; tokens: Token[]; gone: boolean };

/** What there is in a feed of whole stories. */
function wholeEntries({ articles }: World, listing: string): Entry[] {
  const stories = storiesIn(articles, listing).map((story) => {
    const { headline, deck, body } = story.publication.shown.content;
    return { id: story.id, place: placeOf(story), tokens: tokensOf(headline, deck, body), gone: false };
  });
  const gone = articles.flatMap((article) =>
    goneRows(article)
      .filter((row) => row.listing === listing)
      .map(({ place }) => ({ id: article.id, place, tokens: tokensOf(article.publication?.kill?.notice), gone: true })),
  );
  const rows = [...stories, ...gone].toSorted((one, other) => (one.place < other.place ? 1 : -1)).slice(0, feedRows);
  const shown = rows.filter((row) => !row.gone).slice(0, feedLength);
  return rows.filter((row) => row.gone || shown.includes(row));
}

async function lookAtLatest(reader: Reader): Promise<void> {
  const entries = wholeEntries(reader.world, 'full#latest');
  for (const ending of endings) await lookAtFeed(reader, 'latest', ending, entries);
  const corrected = correctionsIn(reader.world).map(({ row, id, at }) => ({ row, id: `${id}#${iso(at)}` }));
  const first = corrected
    .slice(0, feedLength)
    .map(({ row, id }) => ({ id, place: '', tokens: row.tokens, gone: false }));
  for (const ending of endingsFor(reader)) await lookAtFeed(reader, 'corrections', ending, first);
}

async function lookAtSections(reader: Reader): Promise<void> {
  const { world } = reader;
  for (const { slug, mergedInto } of chosen(reader, [...world.sections.values()], 2)) {
    const entries = wholeEntries(world, `full#section#${slug}`);
    const isMoved = mergedInto !== null && entries.every(({ gone }) => gone);
    for (const ending of endingsFor(reader))
      if (isMoved) await lookWhereItWent(reader, slug, `sections/${mergedInto}.${ending}`, ending);
      else await lookAtFeed(reader, `sections/${slug}`, ending, entries);
  }
}

async function lookWhereItWent({ ask, expect }: Reader, slug: string, to: string, ending: Ending): Promise<void> {
  const { headers } = await ask('getFeed', { path: { feed: `sections/${slug}.${ending}` } }, { status: 301 });
  expect(`where the feed of ${slug} went`, `/content/v1/feeds/${to}`, headers.location);
}

/** Feeds of topics and tags have beginnings alone. */
async function lookAtOthers(reader: Reader): Promise<void> {
  const listings = [
    ['tags/war', 'tag#war'],
    ['tags/Peace', 'tag#peace'],
    ['topics/medtop:20000065', 'topic#medtop:20000065'],
    ['topics/medtop:16000000', 'topic#medtop:16000000'],
  ] as const;
  for (const [feed, listing] of chosen(reader, listings, 2)) {
    const stories = storiesIn(reader.world.articles, listing).slice(0, feedLength);
    const entries = stories.map((story) => {
      const { tokens } = rowOf(story.id, story.publication);
      return { id: story.id, place: placeOf(story), tokens, gone: false };
    });
    for (const ending of endingsFor(reader)) await lookAtFeed(reader, feed, ending, entries);
  }
}

const entryForms = { rss: /<guid[^>]*>urn:uuid:(.*?)<\/guid>/g, atom: /<entry[^>]*>\s*<id>urn:uuid:(.*?)<\/id>/g };
const goneForm = /<at:deleted-entry ref="urn:uuid:(.*?)"/g;

/** Atom alone has a word for what is gone. */
async function lookAtFeed(reader: Reader, feed: string, ending: Ending, entries: readonly Entry[]): Promise<void> {
  const shown = entries.filter(({ gone }) => !gone || ending === 'atom');
  const tokens = shown.flatMap((entry) => entry.tokens);
  const { json, body } = await reader.ask('getFeed', { path: { feed: `${feed}.${ending}` } }, { status: 200, tokens });
  const told = (form: RegExp) => Array.from(body.matchAll(form), ([, id]) => id);
  const ids = ending === 'json' ? json.items?.map(({ id }: { id: string }) => id.slice('urn:uuid:'.length)) : undefined;
  const found = ids ?? (ending === 'json' ? undefined : told(entryForms[ending]));
  const idsOf = (gone: boolean) => shown.filter((entry) => entry.gone === gone).map(({ id }) => id);
  reader.expect(`the feed ${feed}.${ending}`, idsOf(false), found);
  reader.expect(`what ${feed}.${ending} says is gone`, idsOf(true), told(goneForm));
}

const newsTime = 48 * hour;

async function lookAtSitemaps(reader: Reader): Promise<void> {
  const stories = byPlace(reader.world.articles);
  const first = ({ publication }: (typeof stories)[number]) => publication.firstPublishedAt;
  const news = stories.filter((story) => clock.now() - first(story) <= newsTime);
  const inOrder = news.toSorted((one, other) => first(other) - first(one));
  const tokens = news.flatMap(({ publication }) => tokensOf(publication.shown.content.headline));
  await lookAtPages(
    reader,
    ['getNewsSitemap', ''],
    inOrder.map(({ publication }) => urlOf(publication.shown)),
    tokens,
  );
  const days = [...reader.counts.places.values()].filter(({ of }) => of === 'day').map(({ name }) => name);
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].sort();
  const { body } = await reader.ask('getSitemap', {}, { status: 200 });
  const listed = locations(body).map((url) => url.slice(url.indexOf('?page=') + '?page='.length));
  reader.expect('the pages of the sitemap', months, listed);
  const [day = iso(clock.now()).slice(0, 10)] = days;
  for (const page of [...chosen(reader, months, 1), day]) {
    const here = stories.filter(({ publication }) => iso(publication.sortAt).startsWith(page));
    await lookAtPages(
      reader,
      ['getSitemap', `page=${page}`],
      here.map(({ publication }) => urlOf(publication.shown)),
    );
  }
}

const locations = (body: string): string[] => Array.from(body.matchAll(/<loc>(.*?)<\/loc>/g), ([, url]) => url ?? '');

async function lookAtPages(
  reader: Reader,
  [route, query]: ['getNewsSitemap' | 'getSitemap', string],
  urls: readonly string[],
  tokens: readonly Token[] = [],
): Promise<void> {
  const { body } = await reader.ask(route, { query }, { status: 200, tokens });
  reader.expect(`${route} ${query}`, urls, locations(body));
}
