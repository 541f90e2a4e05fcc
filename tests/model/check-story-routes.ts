import type { Format } from '../../contract/formats.ts';
import { choiceOfSlug, ownerOf } from './addresses.ts';
import { clock, hour, iso } from './clock.ts';
import { documentSays, documentTokens, rowOf, type Said, tokensOf } from './expected-content.ts';
import { type Article, isKilled, isLive, type PublicVersion, type World } from './model.ts';
import { type About, askAbout, chosen, formFor, type Reader, type Wanted } from './reader.ts';
import { relatedTo } from './related.ts';
import { standingAt } from './standing.ts';

/** What readers can ask about one story, part by part. */
export const storyLooks: readonly ((reader: Reader, article: Article) => Promise<void>)[] = [
  lookAtPages,
  lookAtData,
  lookBack,
  lookAtRelated,
  lookAtVersions,
];

/** The addresses at which a story is, was, or would be. */
function addressesOf(world: World, article: Article): string[] {
  if (article.slugs.size > 0) return [...article.slugs];
  const slug = article.purged ? 'taken' : choiceOfSlug(world, article);
  return slug === 'taken' ? [] : [slug];
}

async function lookAtPages(reader: Reader, article: Article): Promise<void> {
  for (const format of formsFor(reader, article, ['html', 'markdown', 'text']))
    await lookAtForm(reader, article, format);
}

async function lookAtData(reader: Reader, article: Article): Promise<void> {
  for (const format of formsFor(reader, article, ['wire', 'ninjs', 'jsonld']))
    await lookAtForm(reader, article, format);
  const { id, publication } = article;
  const isThere = publication !== null && publication.state !== 'withdrawn';
  const call = { path: { articleId: id }, query: 'format=text' };
  const { headers } = await reader.ask('findPublishedArticle', call, { status: isThere ? 301 : 404 });
  const location = isThere ? `/content/v1/articles/${publication.slug}?format=text` : undefined;
  reader.expect(`where ${article.name} is`, location, headers.location);
}

/** Of what was never public one is enough. */
const formsFor = ({ turn, whole }: Reader, { publication }: Article, forms: Format[]): Format[] =>
  chosen({ turn, whole: whole && publication !== null }, forms, publication ? forms.length : 1);

async function lookAtForm(reader: Reader, article: Article, format: Format): Promise<void> {
  const { publication } = article;
  for (const slug of addressesOf(reader.world, article)) {
    const about = { article, slug, route: 'getPublishedArticle', query: `format=${format}` } as const;
    await askAbout(reader, about, publication ? formOf(publication) : { status: 404 });
  }
}

/** Each form has the headline and the body, and not each has what else there is. */
function formOf(said: Pick<Said, 'shown' | 'notes'>): Wanted {
  const { headline, body } = said.shown.content;
  return { status: 200, tokens: documentTokens(said), must: tokensOf(headline, body) };
}

/** How many of its versions are looked at, unless it is all of them. */
const mostVersions = 2;

/** What was public when it changed, just before that, long before, and now. */
async function lookBack(reader: Reader, article: Article): Promise<void> {
  const times = article.versions.slice(reader.whole ? 0 : -mostVersions).flatMap(({ at }) => [at, at - 1]);
  const first = article.publication?.firstPublishedAt ?? clock.now();
  const instants = isLive(article) || reader.whole ? [...times, first - hour] : times.slice(-2);
  for (const slug of addressesOf(reader.world, article)) {
    for (const [index, at] of chosen(reader, [...new Set([...instants, clock.now()])], 3).entries()) {
      const about = { article, slug, route: 'getPublishedArticle' } as const;
      await askAbout(reader, { ...about, query: `at=${iso(at)}` }, documentThen(reader.world, article, at));
      const query = `at=${iso(at)}&format=${formFor(reader, index)}`;
      const said = publicAt(article, at)?.said;
      if (index === 0) await askAbout(reader, { ...about, query }, said ? formOf(said) : { status: 404 });
    }
  }
}

const publicAt = ({ versions }: Article, at: number): PublicVersion | undefined =>
  versions.findLast((version) => version.at <= at);

function documentThen(world: World, article: Article, at: number): Wanted {
  const version = publicAt(article, at);
  return version?.said ? documentOf(world, article, { ...version.said, seq: version.seq }) : { status: 404 };
}

/** A version as it was, without the stories that were killed since: also before the story as it is leads to them no more. */
function documentOf(world: World, { id }: Article, said: Said): Wanted {
  const related = said.shown.related.filter((other) => !isKilled(world, other));
  return { status: 200, says: { ...documentSays(id, said), related }, tokens: documentTokens(said) };
}

async function lookAtRelated(reader: Reader, article: Article): Promise<void> {
  const { world, turn, whole } = reader;
  const { publication, name } = article;
  const related = relatedTo(world, article);
  const rows = new Map(related.map(({ story, publication: its }) => [story.id, rowOf(story.id, its)]));
  const ranks = new Map(related.map(({ story, rank }) => [story.id, rank]));
  const tokens = [...rows.values()].flatMap((row) => row.tokens);
  const compare = (found: { id: string }[] = []) => {
    const what = `what is related to ${name}`;
    reader.expect(
      what,
      [...ranks.values()],
      found.map(({ id }) => ranks.get(id)),
    );
    reader.expect(what, [...ranks.keys()].sort(), found.map(({ id }) => id).sort());
    for (const row of found) reader.expect(what, rows.get(row.id)?.says.row, row);
  };
  for (const slug of addressesOf(world, article)) {
    const about = { article, slug } as const;
    const list = await askAbout(reader, { ...about, route: 'listRelatedArticles' }, { status: 200, tokens });
    if (list) compare(list.json.items);
    if (!whole && turn % 2 === 1) continue;
    const all = publication ? [...documentTokens(publication), ...tokens] : [];
    const query = 'include=related';
    const wanted = { status: 200, tokens: all };
    const answer = await askAbout(reader, { ...about, route: 'getPublishedArticle', query }, wanted);
    if (answer) compare(answer.json.relatedArticles);
  }
}

async function lookAtVersions(reader: Reader, article: Article): Promise<void> {
  const versions = textVersions(article);
  for (const slug of addressesOf(reader.world, article)) {
    const ids = await versionIds(reader, article, slug);
    if (!ids) continue;
    reader.bookmarks.set(article.id, { slug, ids });
    for (const [index, version] of ids.slice(0, reader.whole ? undefined : mostVersions).entries())
      await lookAtVersion(reader, { article, slug, path: { version } }, index);
    const [youngest, oldest] = [versions[0], versions.at(-1)];
    const about = { article, slug, route: 'compareArticleVersions', path: { version: ids[0] ?? '' } } as const;
    if (youngest && reader.turn % 2 === 0)
      await askAbout(reader, { ...about, query: `from=${ids.at(-1)}` }, changesOf(youngest.said, oldest?.said));
  }
  await lookAtBookmarks(reader, article);
}

/** `index`: which one it is, from the latest. */
async function lookAtVersion(reader: Reader, about: Omit<About, 'route'>, index: number): Promise<void> {
  const [version, before] = textVersions(about.article).slice(index);
  if (!version) return;
  const query = `format=${formFor(reader, index)}`;
  const looks = [
    ['getArticleVersion', '', documentOf(reader.world, about.article, { ...version.said, seq: version.seq })],
    ['getArticleVersion', query, formOf(version.said)],
    ['compareArticleVersions', '', changesOf(version.said, before?.said)],
  ] as const;
  for (const [route, asked, wanted] of chosen(reader, looks, 2))
    await askAbout(reader, { ...about, route, query: asked }, wanted);
}

type Text = PublicVersion & { said: NonNullable<PublicVersion['said']> };

/** The latest first. */
const textVersions = ({ versions }: Article): Text[] =>
  versions.filter((version): version is Text => version.said !== null).reverse();

/** The ids of all its versions, from pages of two; undefined where the story does not stand. */
async function versionIds(reader: Reader, article: Article, slug: string): Promise<string[] | undefined> {
  const items: { id: string }[] = [];
  let cursor = '';
  for (;;) {
    const query = `limit=${reader.whole ? 2 : 100}${cursor}`;
    const answer = await askAbout(reader, { article, slug, route: 'listArticleVersions', query }, { status: 200 });
    if (!answer?.json?.items) return undefined;
    items.push(...answer.json.items);
    if (answer.json.nextCursor === null) break;
    cursor = `&cursor=${answer.json.nextCursor}`;
  }
  const wanted = article.versions.flatMap(({ at, kind, slug: its, said }, index) => {
    const next = article.versions[index + 1];
    return said ? [{ at: iso(at), until: next ? iso(next.at) : null, kind, slug: its }] : [];
  });
  reader.expect(`the versions of ${article.name}`, wanted.reverse(), items);
  return items.map(({ id }) => id);
}

/** Of what differs between two versions both are told, and nothing else. */
function changesOf(after: Text['said'], before: Text['said'] | undefined): Wanted {
  if (!before) return { status: 404 };
  const [old, young] = [before.shown.content, after.shown.content];
  const changed = (['headline', 'deck', 'body'] as const).filter((field) => old[field] !== young[field]);
  return { status: 200, tokens: tokensOf(changed.map((field) => [old[field], young[field]])) };
}

/** Whoever kept the address of a version gets it as long as its story stands. */
async function lookAtBookmarks(reader: Reader, article: Article): Promise<void> {
  const { world, bookmarks, whole } = reader;
  const kept = bookmarks.get(article.id);
  if (!kept || isLive(article)) return;
  const { slug } = kept;
  // What was purged leaves its address to others.
  const owner = ownerOf(world, slug);
  const standing = owner ? standingAt(owner, slug) : { status: 404 as const };
  const status = standing.status === 200 ? 404 : standing.status;
  const tokens = 'tokens' in standing ? standing.tokens : [];
  for (const version of kept.ids.slice(0, whole ? undefined : 1)) {
    const call = { path: { slug, version } };
    await reader.ask('getArticleVersion', call, { status, tokens });
    await reader.ask('compareArticleVersions', call, { status, tokens });
  }
}
