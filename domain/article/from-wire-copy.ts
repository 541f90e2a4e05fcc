import { AppError } from '../../contract/errors.ts';
import type { Article, ArticlePatch } from '../../contract/schemas/article.ts';
import { paragraph } from '../body/from-text.ts';
import type { WireCopy } from '../wire-copy/wire-copy.ts';
import { newArticle } from './article.ts';

/**
 * What wire copy says, as an article. `additions` is what the copy does not say, or says less well. Throws
 * `invalid_request` for copy without a headline or with a field that does not fit.
 */
export function articleFromWireCopy(copy: WireCopy, language: string, additions: ArticlePatch = {}): Article {
  if (copy.headline === null) {
    const detail = 'has no headline: a line of its own before the dateline';
    throw new AppError('invalid_request', `The copy ${detail}.`, { fields: [{ pointer: '/headline', detail }] });
  }
  return newArticle(
    {
      headline: copy.headline,
      section: copy.section?.slug ?? null,
      advisory: copy.advisory,
      dateline: copy.dateline,
      body: copy.paragraphs.map(paragraph),
      agency: copy.agency,
      signOff: copy.signOff,
      ...additions,
    },
    language,
  );
}
