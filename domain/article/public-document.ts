import { foldedName } from '../../contract/listed-name.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { PublishedArticle, PublishedSummary } from '../../contract/schemas/published-article.ts';
import { wordCount } from '../body/plain-text.ts';
import { topicName } from '../topics/topics.ts';
import { fullListingsOf } from './feed-story.ts';
import type { Publication } from './working-copy.ts';

export type Section = { slug: string; name: string };

export type Published = {
  id: string;
  article: Article;
  publication: Publication;
  section: Section;
  siteUrlTemplate: string;
  /** Ids of articles that were killed: no story points at them. */
  killed: ReadonlySet<string>;
};

/** The articles that this one points at, beside its text or in it. */
export function pointedAt({ related, body }: Pick<Article, 'related' | 'body'>): string[] {
  const links = body.flatMap((block) => (block._type === 'relatedLink' ? [block.articleId] : []));
  return [...new Set([...related, ...links])];
}

/** The article's page on the site that shows it: `{section}`, `{slug}`, `{id}` and `{language}` are filled in. */
function pageUrl({ id, article, publication, section, siteUrlTemplate }: Published): string {
  const values = { id, slug: publication.slug, section: section.slug, language: article.language };
  return siteUrlTemplate.replaceAll(/\{(id|slug|section|language)\}/g, (_, name: keyof typeof values) =>
    encodeURIComponent(values[name]),
  );
}

/**
 * What readers get. Built field by field from what is public, so that a field added to the article stays private until
 * somebody writes its line here.
 */
export function publicDocument(published: Published): PublishedArticle {
  const { id, article, publication, section, killed } = published;
  return {
    id,
    slug: publication.slug,
    url: pageUrl(published),
    headline: article.headline,
    deck: article.deck,
    slugline: article.slugline,
    section,
    topics: article.topics.map((topic) => ({ id: topic, name: topicName(topic) })),
    tags: article.tags,
    places: article.places,
    people: article.people,
    organisations: article.organisations,
    dateline: article.dateline,
    authors: article.authors,
    agency: article.agency,
    signOff: article.signOff,
    creditLine: article.creditLine,
    usageTerms: article.usageTerms,
    copyrightNotice: article.copyrightNotice,
    image: article.image,
    language: article.language,
    translationOf: article.translationOf,
    body: article.body.filter((block) => !(block._type === 'relatedLink' && killed.has(block.articleId))),
    advisory: article.advisory,
    notes: publication.notes,
    related: article.related.filter((other) => !killed.has(other)),
    urgency: article.urgency,
    breaking: article.breaking,
    canonicalUrl: article.canonicalUrl,
    seo: article.seo,
    extras: article.extras?.public ?? null,
    firstPublishedAt: publication.firstPublishedAt,
    publishedAt: publication.publishedAt,
    revision: publication.revision,
    version: publication.seq,
    wordCount: wordCount(article.body, article.language),
  };
}

/** The document without what points at these stories, which were killed since it was written; itself if nothing does. */
export function withoutStories(document: PublishedArticle, killed: ReadonlySet<string>): PublishedArticle {
  if (!pointedAt(document).some((id) => killed.has(id))) return document;
  return {
    ...document,
    body: document.body.filter((block) => !(block._type === 'relatedLink' && killed.has(block.articleId))),
    related: document.related.filter((id) => !killed.has(id)),
  };
}

/**
 * Bytes of a row's JSON. A page of twenty reads twenty-one rows for at most 2.5 units (4 kB each, halved): 975 bytes a
 * row, of which 71 are its sort key and names, about 100 the listing's, and up to 60 what a topic is called.
 */
const largestSummary = 740;
/** A picture is worth more to a teaser than the end of its description. */
const largestAlt = 120;

/** Of the names of authors; those that do not fit are left to the story itself. */
const largestByline = 160;

/** Who wrote it, as far as a teaser has room to say so: its authors, or else its agency. */
function bylineOf({ authors, agency }: PublishedArticle): string[] {
  const names = authors.length > 0 ? authors.map(({ name }) => name) : agency === null ? [] : [agency];
  return names.filter((_, index) => bytes(JSON.stringify(names.slice(0, index + 1))) <= largestByline);
}

/** The article's line in a listing. Its picture and then its deck are fitted into what the rest leaves. */
export function publicSummary(document: PublishedArticle): PublishedSummary {
  const { id, slug, url, headline, section, language, urgency, breaking } = document;
  const { firstPublishedAt, publishedAt } = document;
  const byline = bylineOf(document);
  const summary = (image: PublishedSummary['image'], deck: string | null): PublishedSummary => ({
    id,
    slug,
    url,
    headline,
    deck,
    byline,
    section,
    image,
    language,
    urgency,
    breaking,
    firstPublishedAt,
    publishedAt,
  });
  const room = (image: PublishedSummary['image']) => largestSummary - bytes(JSON.stringify(summary(image, null)));
  const { image: lead, deck } = document;
  const wanted = lead && { url: lead.url, alt: cutToBytes(lead.alt, largestAlt) ?? '' };
  const image = wanted && room(wanted) >= 0 ? wanted : null;
  return summary(image, deck && cutToBytes(deck, room(image)));
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * As many whole words as fit into the bytes of a JSON text, with an ellipsis when some did not; of a text whose first word
 * does not fit, as languages without spaces have it, as many characters. Null when not even one does.
 */
export function cutToBytes(text: string, room: number): string | null {
  if (bytes(JSON.stringify(text)) <= room) return text;
  const kept = longest(text.split(' '), ' ', room) || longest(Array.from(text.slice(0, room)), '', room);
  return kept ? `${kept}…` : null;
}

function longest(parts: readonly string[], between: string, room: number): string {
  let kept = '';
  for (const part of parts) {
    const longer = kept ? `${kept}${between}${part}` : part;
    if (bytes(JSON.stringify(`${longer}…`)) > room) break;
    kept = longer;
  }
  return kept;
}

export const topicListing = (id: string): string => `topic#${id}`;

/** The listings that an article stands in, each once. */
export function listingsOf(
  article: Pick<Article, 'topics' | 'tags' | 'places' | 'people' | 'authors'>,
  section: Section,
): string[] {
  const names = [
    'latest',
    `section#${section.slug}`,
    ...fullListingsOf(section),
    ...article.topics.map(topicListing),
    ...article.tags.map((tag) => `tag#${foldedName(tag)}`),
    ...article.places.map((place) => `place#${foldedName(place)}`),
    ...article.people.map((person) => `person#${foldedName(person)}`),
    ...article.authors.map((author) => `author#${foldedName(author.name)}`),
  ];
  return [...new Set(names)];
}
