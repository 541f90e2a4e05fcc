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
import { topicNames } from './values.ts';
import { type Token, tokensIn } from './words.ts';

/** What an item has to say (`undefined`: nothing) and every token that it has to hold, no more and no fewer. */
export type Expected = { says: Record<string, unknown>; tokens: Token[] };

export const sortKey = (at: number, id: string): string => `${iso(at)}#${id}`;
const number = (count: number): string => String(count).padStart(8, '0');
export const tokensOf = (...parts: unknown[]): Token[] => tokensIn(JSON.stringify(parts));

/** Every item of the content table but the change log and the counts, by its key. */
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

function addAddresses(items: Map<string, Expected>, article: Article, publication: Publication): void {
  const { id, redirects } = article;
  const { state, slug, seq, kill } = publication;
  const card = state === 'live' ? cardItem(id, publication) : { says: noCard, tokens: [] };
  items.set(`ARTICLE#${id} SLUG`, { ...card, says: { state, slug, seq, ...card.says } });
  for (const earlier of redirects)
    items.set(`SLUG#${earlier} DOC`, { says: { state: 'redirect', articleId: id, gz: undefined }, tokens: [] });
  if (state === 'live') items.set(`SLUG#${slug} DOC`, documentItem(id, publication));
  if (!kill) return;
  const { at, notice, headline } = kill;
  const dark = { killedAt: iso(at), notice, gz: undefined, row: undefined };
  const says = { state, ...dark, headline: headline ?? undefined, articleId: id, seq };
  items.set(`SLUG#${slug} DOC`, { says, tokens: tokensOf(notice, headline) });
  for (const { listing, place } of goneRows(article))
    items.set(`LIST#${listing} ${place}`, { says: { state, ...dark }, tokens: tokensOf(notice) });
}

/** What there is to look up of a live story by its id: its line, and what it is counted by. */
function cardItem(id: string, publication: Publication): Expected {
  const { says, tokens } = rowOf(id, publication);
  const { sortAt, shown } = publication;
  return { says: { ...says, sortAt: iso(sortAt), topics: topicsOf(shown) }, tokens };
}

const noCard = { row: undefined, sortAt: undefined, topics: undefined };

/** The rows that a killed story leaves in the listings that feeds are made of, at the time of the kill. */
export function goneRows({ id, goneFrom, publication }: Article): { listing: string; place: string }[] {
  const at = publication?.kill?.at ?? 0;
  return goneFrom.map((listing) => ({ listing, place: sortKey(at, id) }));
}

/** What was public once, under the number of its publication. */
export type Said = { shown: Shown; notes: Note[]; revision: number; seq: number };

const topicsOf = ({ content }: Shown) => content.topics.map((id) => ({ id, name: topicNames[id] }));

/** What a document says. */
export function documentSays(id: string, { shown, notes, revision, seq }: Said): Record<string, unknown> {
  const { content, slug, section, related } = shown;
  const { headline, deck, tags, places, people, authors } = content;
  return {
    id,
    slug,
    url: urlOf(shown),
    headline,
    deck,
    section,
    topics: topicsOf(shown),
    tags,
    places,
    people,
    authors: authors.map((name) => ({ name })),
    related,
    revision,
    version: seq,
    notes: notes.map(({ kind, text, at }) => ({ kind, text, at: iso(at) })),
    internalNote: undefined,
    embargoUntil: undefined,
  };
}

export const urlOf = ({ section, slug }: Shown): string => `https://news.example/${section.slug}/${slug}`;

/** All that a document holds of what somebody wrote. */
export function documentTokens({ shown, notes }: Pick<Said, 'shown' | 'notes'>): Token[] {
  const { headline, deck, body } = shown.content;
  return tokensOf(headline, deck, body, notes);
}

const documentItem = (id: string, said: Said): Expected => ({
  says: { state: 'live', gz: documentSays(id, said) },
  tokens: documentTokens(said),
});

function addVersions(items: Map<string, Expected>, { id, versions }: Article): void {
  for (const { at, seq, kind, slug, state, said } of versions) {
    const ended: Expected = { says: { state, gz: undefined }, tokens: [] };
    const item = said ? documentItem(id, { ...said, seq }) : ended;
    const says = { ...item.says, slug, seq, kind: kind ?? undefined };
    items.set(`ARTICLE#${id} VERSION#${iso(at)}#${number(seq)}`, { ...item, says });
  }
}

/** The listings that a live story stands in, as its readers see it. */
export function listingsOf({ content, section }: Shown): string[] {
  const folded = (name: string) => name.normalize('NFKC').toLowerCase();
  const named = (listing: string, names: string[]) => names.map((name) => `${listing}#${folded(name)}`);
  return [
    'latest',
    `section#${section.slug}`,
    'full#latest',
    `full#section#${section.slug}`,
    ...content.topics.map((topic) => `topic#${topic}`),
    ...named('tag', content.tags),
    ...named('place', content.places),
    ...named('person', content.people),
    ...named('author', content.authors),
  ];
}

function addRows(items: Map<string, Expected>, article: Article, publication: Publication): void {
  const { id } = article;
  const { shown, sortAt, corrections } = publication;
  for (const listing of listingsOf(shown))
    items.set(`LIST#${listing} ${sortKey(sortAt, id)}`, rowIn(listing, id, publication));
  for (const correction of corrections)
    items.set(`LIST#corrections ${sortKey(correction.at, id)}`, correctionRow(article, correction));
}

const noFeedShows = {
  ...{ notes: undefined, version: undefined, revision: undefined },
  ...{ related: undefined, places: undefined, people: undefined },
};

function rowIn(listing: string, id: string, publication: Publication): Expected {
  const { says, tokens } = rowOf(id, publication);
  if (!listing.startsWith('full#'))
    return { says: { ...says, label: topicNames[listing.slice('topic#'.length)], gz: undefined }, tokens };
  const { headline, deck, body } = publication.shown.content;
  const gz = { ...documentSays(id, publication), ...noFeedShows, isCut: false };
  return { says: { gz, row: undefined }, tokens: tokensOf(headline, deck, body) };
}

/** A live story's line in listings. */
export function rowOf(id: string, { shown, firstPublishedAt, publishedAt }: Publication): Expected {
  const { headline, deck, authors } = shown.content;
  const teaser = { id, slug: shown.slug, url: urlOf(shown), headline, deck, byline: authors, section: shown.section };
  const times = { firstPublishedAt: iso(firstPublishedAt), publishedAt: iso(publishedAt) };
  return { says: { row: { ...teaser, ...times } }, tokens: tokensOf(headline, deck) };
}

/** What the story said before and says since, as far as that differs, under the headline that it had when this was written. */
export function correctionRow(article: Article, correction: Correction): Expected {
  const { at, from, to, note, shown } = correction;
  const [before, after] = [from, to].map((revision) => contentAt(article, revision));
  const changed = (['headline', 'deck', 'body'] as const).filter((field) => before?.[field] !== after?.[field]);
  const texts = changed.flatMap((field) => [before?.[field], after?.[field]]);
  const { slug, section, content } = shown;
  const row = { id: article.id, slug, headline: content.headline, section, at: iso(at), note, moreChanges: 0 };
  return { says: { row }, tokens: tokensOf(content.headline, note, texts) };
}
