import { publishedArticlesPath } from '../../contract/published-paths.ts';
import type { Body } from '../../contract/schemas/body.ts';
import { element, escapeHtml, linesHtml, runsHtml, startTag } from './html-elements.ts';
import { type ListPart, outlineOf, type Part } from './outline.ts';
import { embedLabel, wordingFor } from './wording.ts';

export type BodyOptions = {
  dateline?: string | null;
  language: string;
  /** Whether a related story may be linked at the content API, by a path that counts from the page's own origin. */
  linksArticles?: boolean;
};

/** The blocks alone, for feeds: no address in them is relative, so related stories are named without a link. */
export function bodyHtml(body: Body, options: BodyOptions = { language: 'en' }): string {
  return partsHtml(outlineOf(body, options.dateline), options);
}

function partsHtml(parts: readonly Part[], options: BodyOptions): string {
  return parts
    .map((part) => partHtml(part, options))
    .filter(Boolean)
    .join('\n');
}

function partHtml(part: Part, options: BodyOptions): string {
  switch (part._type) {
    case 'paragraph': {
      const dateline = element('span', escapeHtml(part.dateline ?? ''), { class: 'dateline' });
      return element('p', [dateline, runsHtml(part.runs)].filter(Boolean).join(' '));
    }
    case 'heading':
      return element(`h${part.level}`, runsHtml(part.runs));
    case 'blockquote':
      return element('blockquote', part.paragraphs.map((runs) => element('p', runsHtml(runs))).join(''));
    case 'list':
      return listHtml(part);
    case 'factbox': {
      const title = element('h2', escapeHtml(part.title));
      return element('aside', `${title}\n${partsHtml(part.parts, options)}`, { class: 'factbox' });
    }
    case 'quote': {
      const attribution = element('footer', element('cite', escapeHtml(part.attribution ?? '')));
      return element('blockquote', element('p', linesHtml(part.text)) + attribution, { class: 'quote' });
    }
    case 'image':
      return figureHtml(part);
    case 'embed': {
      const link = linkHtml(part.url, embedLabel(part, options.language));
      return element('figure', link + element('figcaption', escapeHtml(part.caption ?? '')), { class: 'embed' });
    }
    case 'relatedLink':
      return relatedHtml(part, options);
  }
}

function listHtml({ ordered, items }: ListPart): string {
  const lines = items.map(({ runs, lists }) => element('li', runsHtml(runs) + lists.map(listHtml).join('')));
  return element(ordered ? 'ol' : 'ul', lines.join(''));
}

function linkHtml(href: string, text: string): string {
  return element('a', escapeHtml(text), { href, rel: 'noopener' });
}

function relatedHtml({ articleId, title }: Part & { _type: 'relatedLink' }, options: BodyOptions): string {
  const text = title ?? wordingFor(options.language).related;
  const href = `${publishedArticlesPath}/by-id/${articleId}`;
  const html = options.linksArticles ? element('a', escapeHtml(text), { href }) : escapeHtml(title ?? '');
  return element('p', html, { class: 'related' });
}

type Picture = {
  url: string;
  alt: string;
  caption?: string | null | undefined;
  credit?: string | null | undefined;
  width?: number | null | undefined;
  height?: number | null | undefined;
};

/** A picture with what is said of it. Sizes are in pixels. */
export function figureHtml({ url, alt, caption, credit, width, height }: Picture): string {
  const said = [escapeHtml(caption ?? ''), element('small', escapeHtml(credit ?? ''), { class: 'credit' })];
  const figcaption = element('figcaption', said.filter(Boolean).join(' '));
  return element('figure', startTag('img', { src: url, alt, width, height }) + figcaption);
}
