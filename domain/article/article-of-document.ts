import type { Article } from '../../contract/schemas/article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';

/** What readers know of an article, in the article’s own form, so that it can be compared as articles are. */
export function articleOfDocument(document: PublishedArticle): Article {
  const { headline, deck, slugline, slug, section, topics, tags, places, people, organisations, dateline } = document;
  const { authors, agency, signOff, creditLine, usageTerms, copyrightNotice, image, language, translationOf } =
    document;
  const { body, advisory, related, urgency, breaking, canonicalUrl, seo, extras } = document;
  return {
    ...{ headline, deck, slugline, slug, section: section.slug, topics: topics.map(({ id }) => id) },
    ...{ tags, places, people, organisations, dateline, authors, agency, signOff, creditLine, usageTerms },
    ...{ copyrightNotice, image, language, translationOf, body, advisory, related, urgency, breaking },
    embargoUntil: null,
    canonicalUrl,
    seo,
    internalNote: null,
    extras: extras === null ? null : { public: extras },
  };
}
