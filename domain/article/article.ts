import { AppError, invalidField } from '../../contract/errors.ts';
import { fieldErrors } from '../../contract/field-errors.ts';
import { type Article, type ArticlePatch, articleSchema } from '../../contract/schemas/article.ts';
import { bodyFrom } from '../body/body.ts';
import { printDateline } from '../dateline/print-dateline.ts';
import { isCurrentTopic } from '../topics/topics.ts';
import { mergePatch } from './merge-patch.ts';

/** An article that says nothing yet. `headline` is empty, which no stored article is. */
export function blankArticle(language: string): Article {
  return {
    headline: '',
    deck: null,
    slugline: null,
    slug: null,
    section: null,
    topics: [],
    tags: [],
    places: [],
    people: [],
    organisations: [],
    dateline: null,
    authors: [],
    agency: null,
    signOff: null,
    creditLine: null,
    usageTerms: null,
    copyrightNotice: null,
    image: null,
    language,
    translationOf: null,
    body: [],
    advisory: null,
    related: [],
    urgency: null,
    breaking: false,
    embargoUntil: null,
    canonicalUrl: null,
    seo: null,
    internalNote: null,
    extras: null,
  };
}

/**
 * `article` with a merge patch applied (RFC 7396): null puts a field back to what it is in `blankArticle`.
 * Throws `invalid_request` naming each field that the result could not have.
 */
export function patchArticle(article: Article, patch: ArticlePatch): Article {
  const blank: Record<string, unknown> = blankArticle(article.language);
  const emptied = Object.entries(patch).filter(([, value]) => value === null);
  const merged = {
    ...(mergePatch(article, patch) as Record<string, unknown>),
    ...Object.fromEntries(emptied.map(([name]) => [name, blank[name]])),
    ...(patch.body ? { body: bodyFrom(patch.body) } : {}),
    dateline: patchedDateline(article, patch),
  };
  const result = articleSchema.safeParse(merged);
  if (!result.success) throw invalidArticle(fieldErrors(result.error, merged));
  const unknownTopic = result.data.topics.findIndex(
    (topic) => !article.topics.includes(topic) && !isCurrentTopic(topic),
  );
  if (unknownTopic >= 0) throw invalidField(`/topics/${unknownTopic}`, 'is not a current IPTC Media Topic');
  return result.data;
}

/** A new article: a patch on an empty one, but with the site's own fields exactly as they were sent, nulls included. */
export function newArticle(input: ArticlePatch, language: string): Article {
  const article = patchArticle(blankArticle(language), input);
  return input.extras ? { ...article, extras: input.extras } : article;
}

function patchedDateline(article: Article, { dateline, language }: ArticlePatch): unknown {
  if (dateline === undefined) return article.dateline;
  if (dateline === null) return null;
  const { places, date = null, agency = null, text } = { ...article.dateline, text: undefined, ...dateline };
  if (text !== undefined || !places) return { places, date, agency, text };
  return { places, date, agency, text: printDateline({ places, date, agency }, language ?? article.language) };
}

function invalidArticle(fields: ReturnType<typeof fieldErrors>): AppError {
  const named = fields.map((field) => `${field.pointer || 'the document'} ${field.detail}`).join('; ');
  return new AppError('invalid_request', named, { fields });
}
