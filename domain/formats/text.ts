import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { outlineOf } from './outline.ts';
import type { RenderContext } from './render-context.ts';
import { linesText, pictureText, textsOf } from './text-body.ts';
import { labelledNotes, printByline, printPreview, printTime, printTimes } from './wording.ts';

/** The article as a reader of plain text gets it: a blank line between blocks, no line wrapped. */
export function articleText(document: PublishedArticle, context: RenderContext): string {
  const { section, headline, deck, image, language, body, dateline } = document;
  const { signOff, creditLine, usageTerms, copyrightNotice } = document;
  const blocks = [
    printPreview(context, language),
    section.name,
    headline,
    deck,
    printByline(document),
    printTimes(document),
    image && pictureText(image, language),
    ...labelledNotes(document).map(({ label, text, at }) =>
      linesText(`${label}${at ? ` (${printTime(at, language)})` : ''}: ${text}`),
    ),
    ...textsOf(outlineOf(body, dateline?.text), { language }),
    creditLine,
    signOff,
    usageTerms && linesText(usageTerms),
    copyrightNotice,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}
