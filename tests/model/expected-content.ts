import { iso } from './clock.ts';
import {
  type Article,
  type Correction,
  contentAt,
  type Note,
  type Publication,
  type Shown,
  type World,
} from './model.ts';
import { type Token, tokensIn } from './words.ts';

/** What an item has to say (`undefined`: nothing) and every token that it has to hold, no more and no fewer. */
export type Expected = { says: Record<string, unknown>; tokens: Token[] };

const sortKey = (at: number, id: string): string => `${iso(at)}#${id}`;
const number = (count: number): string => String(count).padStart(8, '0');
const tokensOf = (...parts: unknown[]): Token[] => tokensIn(JSON.stringify(parts));

/** Every item of the content table but the change log, by its key. */
export function expectedContent(world: World): Map<string, Expected> {
  const items = new Map<string, Expected>();
  for (const { slug, mergedInto } of world.sections.values())
    for (const sk of mergedInto ? ['MOVED', '!MOVED'] : [])
      items.set(`LIST#section#${slug} ${sk}`, { says: { state: 'moved', section: mergedInto }, tokens: [] });
  for (const article of world.articles) {
    if (!article.publication) continue;
    addAddresses(items, article, article.publication);
    addVersions(items, article);
    if (article.publication.state === 'live') addRows(items, article, article.publication);
  }
  return items;
}

function addAddresses(items: Map<string, Expected>, { id, redirects }: Article, publication: Publication): void {
  const { state, slug, seq, kill, shown, notes, revision } = publication;
  items.set(`ARTICLE#${id} SLUG`, { says: { state, slug, seq }, tokens: [] });
  for (const earlier of redirects)
    items.set(`SLUG#${earlier} DOC`, { says: { state: 'redirect', articleId: id, gz: undefined }, tokens: [] });
  if (state === 'live') items.set(`SLUG#${slug} DOC`, documentItem(id, publication, { shown, notes, revision }));
  if (!kill) return;
  const { at, notice, headline } = kill;
  const says = { state, killedAt: iso(at), notice, headline: headline ?? undefined, gz: undefined };
  items.set(`SLUG#${slug} DOC`, { says, tokens: tokensOf(notice, headline) });
}

type Said = { shown: Shown; notes: Note[]; revision: number };

function documentItem(id: string, publication: Pick<Publication, 'state'>, said: Said): Expected {
  const { shown, notes, revision } = said;
  const { content, slug, section, related } = shown;
  const { headline, deck, topics, tags, places, people, authors, body } = content;
  const gz = {
    id,
    slug,
    url: `https://news.example/${section.slug}/${slug}`,
    headline,
    deck,
    section,
    topics: topics.map((topic) => ({ id: topic })),
    tags,
    places,
    people,
    authors: authors.map((name) => ({ name })),
    related,
    revision,
    notes: notes.map(({ kind, text, at }) => ({ kind, text, at: iso(at) })),
    internalNote: undefined,
    embargoUntil: undefined,
  };
  return { says: { state: publication.state, gz }, tokens: tokensOf(headline, deck, body, notes) };
}

function addVersions(items: Map<string, Expected>, { id, versions }: Article): void {
  for (const { at, seq, slug, state, said } of versions) {
    const ended: Expected = { says: { state, slug, seq, gz: undefined }, tokens: [] };
    const item = said ? documentItem(id, { state: 'live' }, said) : ended;
    items.set(`ARTICLE#${id} VERSION#${iso(at)}#${number(seq)}`, { ...item, says: { ...item.says, slug, seq } });
  }
}

/** The listings that a live story stands in, as its readers see it. */
export function listingsOf({ content, section }: Shown): string[] {
  const folded = (name: string) => name.normalize('NFKC').toLowerCase();
  const named = (listing: string, names: string[]) => names.map((name) => `${listing}#${folded(name)}`);
  return [
    'latest',
    `section#${section.slug}`,
    ...content.topics.map((topic) => `topic#${topic}`),
    ...named('tag', content.tags),
    ...named('place', content.places),
    ...named('person', content.people),
    ...named('author', content.authors),
  ];
}

function addRows(items: Map<string, Expected>, article: Article, publication: Publication): void {
  const { id } = article;
  const { shown, sortAt, firstPublishedAt, publishedAt, corrections } = publication;
  const { headline, deck } = shown.content;
  const teaser = { id, slug: shown.slug, headline, section: shown.section };
  const times = { firstPublishedAt: iso(firstPublishedAt), publishedAt: iso(publishedAt) };
  const row = { says: { row: { ...teaser, deck, ...times } }, tokens: tokensOf(headline, deck) };
  for (const listing of listingsOf(shown)) items.set(`LIST#${listing} ${sortKey(sortAt, id)}`, row);
  for (const correction of corrections)
    items.set(`LIST#corrections ${sortKey(correction.at, id)}`, correctionRow(article, correction));
}

/** What the story said before and says since, as far as that differs, under the headline that it had when this was written. */
function correctionRow(article: Article, correction: Correction): Expected {
  const { at, from, to, note, shown } = correction;
  const [before, after] = [from, to].map((revision) => contentAt(article, revision));
  const changed = (['headline', 'deck', 'body'] as const).filter((field) => before?.[field] !== after?.[field]);
  const texts = changed.flatMap((field) => [before?.[field], after?.[field]]);
  const { slug, section, content } = shown;
  const row = { id: article.id, slug, headline: content.headline, section, at: iso(at), note, moreChanges: 0 };
  return { says: { row }, tokens: tokensOf(content.headline, note, texts) };
}
