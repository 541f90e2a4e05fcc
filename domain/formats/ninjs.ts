import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { urnOf } from '../article/urn.ts';
import { bodyHtml } from './html-body.ts';
import { printJson } from './print-json.ts';
import type { RenderContext } from './render-context.ts';
import { strictUri } from './strict-uri.ts';
import { storyText } from './text-body.ts';
import { topicUri } from './topic-uri.ts';
import { labelledNotes, printByline, printPreview } from './wording.ts';

type Properties = Record<string, unknown>;

const standard = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#',
};

/**
 * The article as IPTC's News in JSON 3.1 (https://iptc.org/standards/ninjs/), for those who take it over. A later version
 * has the same `uri`. A preview is withheld: nobody may use it.
 */
export function articleNinjs(document: PublishedArticle, context: RenderContext): string {
  return printJson({
    ...newsItem(document.id, document.version, document.language),
    representationType: 'full',
    pubStatus: context.preview ? 'withheld' : 'usable',
    firstCreated: document.firstPublishedAt,
    contentCreated: document.firstPublishedAt,
    versionCreated: document.publishedAt,
    urgency: document.urgency,
    ...content(document),
    edNote: editorialNote(document, context),
    ...concepts(document),
    infoSources: [
      source('agency', document.agency),
      source('credit', document.creditLine),
      source('publisher', context.publicationName),
    ].flat(),
    copyrightNotice: document.copyrightNotice,
    usageTerms: document.usageTerms,
    associations: pictures(document),
    altIds: [
      { role: 'slug', value: document.slug },
      { role: 'url', value: document.url },
      ...(document.canonicalUrl ? [{ role: 'canonical', value: document.canonicalUrl }] : []),
    ],
  });
}

/** What is left of a killed story. `headline` is null where readers are not to see it any more. */
export type KilledArticle = {
  articleId: string;
  version: number;
  killedAt: string;
  notice: string;
  headline: string | null;
  language?: string;
};

/** In the place of a killed story: whoever has it is told to take it off. */
export function ninjsOfKilled(killed: KilledArticle, context: RenderContext): string {
  return printJson({
    ...newsItem(killed.articleId, killed.version, killed.language),
    representationType: 'partial',
    pubStatus: 'canceled',
    versionCreated: killed.killedAt,
    headlines: plain('main', killed.headline),
    edNote: killed.notice,
    infoSources: source('publisher', context.publicationName),
  });
}

function newsItem(id: string, version: number, language: string | undefined): Properties {
  return { uri: urnOf(id), standard, type: 'text', version: String(version), language };
}

/** A text as headlines, descriptions and bodies have it; none for none. */
function plain(role: string, value: string | null | undefined): Properties[] {
  return value ? [{ role, contentType: 'text/plain', value }] : [];
}

function source(role: string, name: string | null): Properties[] {
  return name === null ? [] : [{ name, role }];
}

function content(document: PublishedArticle): Properties {
  const { headline, deck, seo, dateline, language, wordCount } = document;
  const html = bodyHtml(document.body, { dateline: dateline?.text ?? null, language });
  return {
    headlines: [...plain('main', headline), ...plain('seo', seo?.title)],
    descriptions: [...plain('summary', deck), ...plain('seo', seo?.description)],
    bodies: [
      ...(html ? [{ role: 'main', contentType: 'text/html', wordCount, value: html }] : []),
      ...plain('main', storyText(document)).map((text) => ({ ...text, wordCount })),
    ],
    by: printByline(document),
    slugline: document.slugline,
    // The name of a place: the dateline as printed opens the bodies.
    located: dateline?.places.join('/'),
  };
}

/** For the desks of those who take the story over. */
function editorialNote(document: PublishedArticle, context: RenderContext): string {
  const notes = labelledNotes(document).map(({ label, text }) => `${label}: ${text}`);
  return [printPreview(context, document.language), ...notes].filter(Boolean).join('\n');
}

function concepts(document: PublishedArticle): Properties {
  const named = (name: string) => ({ name });
  return {
    subjects: [
      ...document.topics.map(({ id, name }) => ({ name, rel: 'about', uri: topicUri(id), literal: id })),
      { name: document.section.name, rel: 'section', literal: document.section.slug },
      ...document.tags.map((name) => ({ name, rel: 'tag' })),
    ],
    people: document.people.map(named),
    organisations: document.organisations.map(named),
    places: document.places.map(named),
  };
}

function pictures({ image }: PublishedArticle): Properties[] {
  if (!image) return [];
  const uri = strictUri(image.url);
  const { width, height } = image;
  return [
    {
      name: 'lead image',
      rel: 'lead',
      uri,
      type: 'picture',
      descriptions: [...plain('caption', image.caption), ...plain('alt', image.alt)],
      by: image.credit,
      renditions: [{ name: 'main', href: uri, width, height }],
    },
  ];
}
