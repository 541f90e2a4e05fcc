import { publishedArticlesPath } from '../../contract/published-paths.ts';
import { markdownLine } from './markdown-line.ts';
import type { ListPart, Part } from './outline.ts';
import { linesOf, plainRuns, type Run } from './runs.ts';
import { embedLabel, wordingFor } from './wording.ts';

/** The parts as blocks of CommonMark. */
export function blocksOf(parts: readonly Part[], language: string): string[] {
  return parts.flatMap((part) => partBlocks(part, language)).filter(Boolean);
}

function partBlocks(part: Part, language: string): string[] {
  switch (part._type) {
    case 'paragraph':
      return [runsMarkdown([...plainRuns(part.dateline === null ? '' : `${part.dateline} `), ...part.runs])];
    case 'heading':
      return [headingMarkdown(part.level, part.runs)];
    case 'blockquote':
      return [quoted(part.paragraphs.map(runsMarkdown))];
    case 'list':
      return [listMarkdown(part)];
    case 'factbox':
      return [quoted([runsMarkdown(plainRuns(part.title, 'strong')), ...blocksOf(part.parts, language)])];
    case 'quote':
      return [quoted([textMarkdown(part.text), ...(part.attribution ? [textMarkdown(`— ${part.attribution}`)] : [])])];
    case 'image':
      return pictureBlocks(part);
    case 'embed':
      return [linkMarkdown(embedLabel(part, language), part.url), textMarkdown(part.caption ?? '')];
    case 'relatedLink': {
      const text = part.title ?? wordingFor(language).related;
      return [linkMarkdown(text, `${publishedArticlesPath}/by-id/${part.articleId}`)];
    }
  }
}

export function runsMarkdown(runs: readonly Run[]): string {
  return linesOf(runs).map(markdownLine).join('\\\n');
}

export function textMarkdown(text: string): string {
  return runsMarkdown(plainRuns(text));
}

/** A heading is one line, and number signs at its end would be taken for its own. */
export function headingMarkdown(level: number, runs: readonly Run[]): string {
  const line = markdownLine(runs.map(({ text, marks }) => ({ text: text.replaceAll('\n', ' '), marks })));
  return `${'#'.repeat(level)} ${line.replace(/(?<=\s)#+$/, String.raw`\$&`)}`;
}

function linkMarkdown(text: string, href: string): string {
  return markdownLine(plainRuns(text, `link:${href}`));
}

function quoted(blocks: readonly string[]): string {
  return blocks
    .join('\n\n')
    .replaceAll(/^(?=.)/gm, '> ')
    .replaceAll(/^$/gm, '>');
}

function listMarkdown({ ordered, items }: ListPart): string {
  return items
    .map(({ runs, lists }, index) => {
      const marker = ordered ? `${index + 1}. ` : '- ';
      const lines = [runsMarkdown(runs), ...lists.map(listMarkdown)].join('\n');
      return `${marker}${lines.replaceAll('\n', `\n${' '.repeat(marker.length)}`)}`;
    })
    .join('\n');
}

type Picture = { url: string; alt: string; caption?: string | null | undefined; credit?: string | null | undefined };

export function pictureBlocks({ url, alt, caption, credit }: Picture): string[] {
  const said = [caption, credit].filter(Boolean).map((text) => textMarkdown(text ?? ''));
  return [`!${linkMarkdown(alt, url)}`, said.join('\\\n')];
}
