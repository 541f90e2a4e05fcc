import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { bodyHtml, figureHtml } from './html-body.ts';
import { element, escapeHtml, linesHtml, startTag } from './html-elements.ts';
import type { RenderContext } from './render-context.ts';
import { labelledNotes, printByline, printTime, wordingFor } from './wording.ts';

export { bodyHtml } from './html-body.ts';

/** The article as one element, for whoever puts it into a page of their own. Classes name the parts; there is no style. */
export function articleHtml(document: PublishedArticle, context: RenderContext): string {
  const { language, dateline, body } = document;
  const parts = [
    previewHtml(context, language),
    headerHtml(document),
    notesHtml(document),
    bodyHtml(body, { dateline: dateline?.text ?? null, language, linksArticles: context.preview === undefined }),
    footerHtml(document),
  ];
  return element('article', `\n${parts.filter(Boolean).join('\n')}\n`, {
    lang: language,
    dir: directionOf(language),
  });
}

/** A whole page that holds the article and nothing else. */
export function htmlPage(document: PublishedArticle, context: RenderContext): string {
  const { language, headline, deck, seo, canonicalUrl, url } = document;
  const description = seo?.description ?? deck;
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    element('title', escapeHtml(seo?.title ?? headline)),
    description === null ? '' : startTag('meta', { name: 'description', content: description }),
    // What is not published has no address yet that a search engine should know.
    context.preview
      ? '<meta name="robots" content="noindex, nofollow">'
      : startTag('link', { rel: 'canonical', href: canonicalUrl ?? url }),
  ];
  return `<!doctype html>
${startTag('html', { lang: language, dir: directionOf(language) })}
<head>
${head.filter(Boolean).join('\n')}
</head>
<body>
${articleHtml(document, context)}
</body>
</html>
`;
}

/** Scripts that are written from right to left (https://www.unicode.org/iso15924/iso15924-codes.html). */
const rightToLeft = ['Adlm', 'Arab', 'Aran', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'];

/** Undefined for a language that is written from left to right, which needs no attribute. */
function directionOf(language: string): 'rtl' | undefined {
  return rightToLeft.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : undefined;
}

function previewHtml({ preview }: RenderContext, language: string): string {
  if (!preview) return '';
  const wording = wordingFor(language);
  const until = timeHtml(preview.expiresAt, language);
  return element('p', `<strong>${wording.preview}</strong> ${wording.previewUntil} ${until}.`, { class: 'preview' });
}

function timeHtml(datetime: string, language: string): string {
  return element('time', printTime(datetime, language), { datetime });
}

/** A paragraph of text with a name for its style; nothing for none. */
function paragraphHtml(name: string, text: string | null): string {
  return element('p', linesHtml(text), { class: name });
}

function headerHtml(document: PublishedArticle): string {
  const { image, language, firstPublishedAt, publishedAt } = document;
  const { published, updated } = wordingFor(language);
  const update = publishedAt === firstPublishedAt ? '' : `. ${updated} ${timeHtml(publishedAt, language)}`;
  const parts = [
    paragraphHtml('section', document.section.name),
    element('h1', escapeHtml(document.headline)),
    paragraphHtml('deck', document.deck),
    paragraphHtml('byline', printByline(document)),
    element('p', `${published} ${timeHtml(firstPublishedAt, language)}${update}`, { class: 'times' }),
    image ? figureHtml(image) : '',
  ];
  return element('header', parts.join(''));
}

function notesHtml(document: PublishedArticle): string {
  const notes = labelledNotes(document).map(({ kind, label, text, at }) => {
    const when = at ? ` (${timeHtml(at, document.language)})` : '';
    return element('p', `<strong>${label}</strong>${when}: ${linesHtml(text)}`, { class: kind });
  });
  return element('aside', notes.join(''), { class: 'notes' });
}

function footerHtml(document: PublishedArticle): string {
  const parts = [
    paragraphHtml('credit', document.creditLine),
    paragraphHtml('sign-off', document.signOff),
    paragraphHtml('usage-terms', document.usageTerms),
    paragraphHtml('copyright', document.copyrightNotice),
  ];
  return element('footer', parts.join(''));
}
