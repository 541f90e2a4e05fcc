import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { urnOf } from '../article/urn.ts';
import { printJson } from './print-json.ts';
import type { RenderContext } from './render-context.ts';
import { storyText } from './text-body.ts';
import { topicUri } from './topic-uri.ts';

type Things = Record<string, unknown>;

/**
 * A schema.org NewsArticle (https://schema.org/NewsArticle), as search engines ask for it
 * (https://developers.google.com/search/docs/appearance/structured-data/article). It may stand inside a `<script>`.
 */
export function articleJsonLd(document: PublishedArticle, context: RenderContext): string {
  const described = {
    '@context': 'https://schema.org',
    ...named('NewsArticle'),
    ...identity(document, context),
    ...content(document),
    ...makers(document, context),
    ...subjects(document),
  };
  return printJson(described).replaceAll('<', '\\u003c');
}

/** A thing of a type, with its name if it has one. */
function named(type: string, name?: string): Things {
  return { '@type': type, name };
}

function identity(document: PublishedArticle, { preview }: RenderContext): Things {
  const { url, translationOf } = document;
  return {
    '@id': url,
    url,
    mainEntityOfPage: { ...named('WebPage'), '@id': document.canonicalUrl ?? url },
    identifier: urnOf(document.id),
    version: String(document.version),
    creativeWorkStatus: preview && 'Draft',
    datePublished: document.firstPublishedAt,
    dateModified: document.publishedAt,
    translationOfWork: translationOf && { ...named('NewsArticle'), identifier: urnOf(translationOf) },
  };
}

function content(document: PublishedArticle): Things {
  const { headline, seo, image, dateline, usageTerms } = document;
  return {
    headline,
    alternativeHeadline: seo?.title === headline ? null : seo?.title,
    description: seo?.description ?? document.deck,
    image: image && [
      {
        ...named('ImageObject'),
        url: image.url,
        width: image.width,
        height: image.height,
        caption: image.caption ?? image.alt,
        creditText: image.credit,
      },
    ],
    dateline: dateline?.text,
    locationCreated: dateline?.places.map((name) => named('Place', name)),
    articleSection: document.section.name,
    inLanguage: document.language,
    wordCount: document.wordCount,
    articleBody: storyText(document),
    correction: document.notes
      .filter(({ kind }) => kind === 'correction')
      .map(({ text, at }) => ({ ...named('CorrectionComment'), text, datePublished: at })),
    creditText: document.creditLine,
    copyrightNotice: document.copyrightNotice,
    usageInfo: usageTerms && /^https?:\/\/\S+$/.test(usageTerms) ? usageTerms : null,
  };
}

function makers({ authors, agency }: PublishedArticle, { publicationName }: RenderContext): Things {
  const persons = authors.map(({ name, role }) => ({ ...named('Person', name), jobTitle: role }));
  return {
    author: persons.length > 0 ? persons : [named('Organization', agency ?? publicationName)],
    publisher: named('Organization', publicationName),
    sourceOrganization: agency && named('Organization', agency),
  };
}

function subjects(document: PublishedArticle): Things {
  return {
    keywords: document.tags,
    about: document.topics.map(({ id, name }) => ({ ...named('Thing', name), sameAs: topicUri(id) })),
    mentions: [
      ...document.people.map((name) => named('Person', name)),
      ...document.organisations.map((name) => named('Organization', name)),
    ],
    contentLocation: document.places.map((name) => named('Place', name)),
  };
}
