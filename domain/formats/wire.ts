import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import type { RenderContext } from './render-context.ts';
import { linesText, storyTexts } from './text-body.ts';
import { labelledNotes, printByline, printPreview } from './wording.ts';

/**
 * The article as agencies send it, laid out as `parseWireCopy` reads it: section, headline, byline, notes in parentheses,
 * the story behind its dateline, the sign-off.
 */
export function articleWire(document: PublishedArticle, context: RenderContext): string {
  const { section, headline, signOff, language } = document;
  const notes = labelledNotes(document).flatMap(({ label, text }) =>
    linesText(text)
      .split('\n')
      .map((line) => `(${label}: ${line})`),
  );
  const head = [printPreview(context, language), section.name, headline, printByline(document), ...notes];
  return `${[...head, ...signedOff(storyTexts(document), signOff)].filter(Boolean).join('\n\n')}\n`;
}

/** A longer one, or one that credits people, stands on a line of its own. */
const longestInline = 20;

/** Agencies put their name behind the last sentence, where nobody takes it for a part of it: `… vandalism. EFE`. */
function signedOff(story: readonly string[], signOff: string | null): string[] {
  const last = story.at(-1);
  if (signOff === null || last === undefined) return [...story, signOff ?? ''];
  const isInline = signOff.length <= longestInline && !signOff.startsWith('(') && endsSentence(last);
  return isInline ? story.with(-1, `${last} ${signOff}`) : [...story, signOff];
}

function endsSentence(text: string): boolean {
  return /[.!?…]["'”’»)\]]*$/u.test(text.slice(-8));
}
