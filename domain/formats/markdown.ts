import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { blocksOf, headingMarkdown, pictureBlocks, runsMarkdown, textMarkdown } from './markdown-body.ts';
import { outlineOf } from './outline.ts';
import type { RenderContext } from './render-context.ts';
import { plainRuns } from './runs.ts';
import { labelledNotes, printByline, printPreview, printTime, printTimes } from './wording.ts';

/** The article as CommonMark without HTML in it: whatever its text holds is read as that text. */
export function articleMarkdown(document: PublishedArticle, context: RenderContext): string {
  const { section, headline, deck, image, body, dateline, language } = document;
  const { creditLine, signOff, usageTerms, copyrightNotice } = document;
  const above = [printPreview(context, language), section.name];
  const below = [deck, printByline(document), printTimes(document)];
  const blocks = [
    ...above.map((text) => textMarkdown(text ?? '')),
    headingMarkdown(1, plainRuns(headline)),
    ...below.map((text) => textMarkdown(text ?? '')),
    ...(image ? pictureBlocks(image) : []),
    ...notesMarkdown(document),
    ...blocksOf(outlineOf(body, dateline?.text), language),
    ...[creditLine, signOff, usageTerms, copyrightNotice].map((text) => textMarkdown(text ?? '')),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function notesMarkdown(document: PublishedArticle): string[] {
  return labelledNotes(document).map(({ label, text, at }) => {
    const when = at === undefined ? '' : ` (${printTime(at, document.language)})`;
    return runsMarkdown([...plainRuns(label, 'strong'), ...plainRuns(`${when}: ${text}`)]);
  });
}
