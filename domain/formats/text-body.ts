import { publishedArticlesPath } from '../../contract/published-paths.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import { type ListPart, outlineOf, type Part } from './outline.ts';
import { hrefOf, type Run, readable, stepsOf } from './runs.ts';
import { embedLabel, wordingFor } from './wording.ts';

export type TextOptions = {
  language: string;
  /** Agency copy is words alone: no addresses, pictures, players or links. */
  wordsOnly?: boolean;
};

/** The story in words alone, with its dateline: what is counted, searched and sent as copy. */
export function storyTexts({ body, dateline, language }: PublishedArticle): string[] {
  return textsOf(outlineOf(body, dateline?.text), { language, wordsOnly: true });
}

export function storyText(document: PublishedArticle): string {
  return storyTexts(document).join('\n\n');
}

/** The parts as plain texts, one for each block. None has a blank line in it. */
export function textsOf(parts: readonly Part[], options: TextOptions): string[] {
  return parts.flatMap((part) => partTexts(part, options)).filter(Boolean);
}

function partTexts(part: Part, options: TextOptions): string[] {
  switch (part._type) {
    case 'paragraph':
      return [[part.dateline ?? '', runsText(part.runs, options)].filter(Boolean).join(' ')];
    case 'heading':
      return [runsText(part.runs, options)];
    case 'blockquote':
      return part.paragraphs.map((runs) => runsText(runs, options));
    case 'list':
      return [listText(part, options)];
    case 'factbox':
      return [part.title, ...textsOf(part.parts, options)];
    case 'quote':
      return [linesText(part.attribution ? `${part.text}\n— ${part.attribution}` : part.text)];
    default:
      return options.wordsOnly ? [] : [mediaText(part, options.language)];
  }
}

function mediaText(part: Part & { _type: 'image' | 'embed' | 'relatedLink' }, language: string): string {
  if (part._type === 'image') return pictureText(part, language);
  if (part._type === 'embed') return linesText(`${embedLabel(part, language)} (${part.url})\n${part.caption ?? ''}`);
  return `${part.title ?? wordingFor(language).related} (${publishedArticlesPath}/by-id/${part.articleId})`;
}

type Picture = { url: string; alt: string; caption?: string | null | undefined; credit?: string | null | undefined };

export function pictureText({ url, alt, caption, credit }: Picture, language: string): string {
  return linesText(`${wordingFor(language).image}: ${alt} (${url})\n${caption ?? ''}\n${credit ?? ''}`);
}

/** Lines without space around them, and without blank ones between them. */
export function linesText(text: string): string {
  return readable(text)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

function listText({ ordered, items }: ListPart, options: TextOptions): string {
  return items
    .flatMap(({ runs, lists }, index) => {
      const lines = [runsText(runs, options), ...lists.map((list) => listText(list, options))].join('\n');
      return `${ordered ? `${index + 1}.` : '-'} ${lines.replaceAll('\n', '\n  ')}`;
    })
    .join('\n');
}

/** The words, and behind each link its address where the words are not that already. */
function runsText(runs: readonly Run[], { wordsOnly = false }: TextOptions): string {
  let text = '';
  let linked = 0;
  for (const step of stepsOf(runs)) {
    const href = step.is === 'text' ? undefined : hrefOf(step.mark);
    if (step.is === 'text') text += step.text;
    else if (step.is === 'open' && href) linked = text.length;
    else if (href && !wordsOnly) text = withAddress(text, linked, href);
  }
  return linesText(text);
}

function withAddress(text: string, linked: number, href: string): string {
  const words = text.slice(linked).trimEnd();
  if (words.trim() === href || `mailto:${words.trim()}` === href) return text;
  return `${text.slice(0, linked)}${words} (${href})${text.slice(linked + words.length)}`;
}
