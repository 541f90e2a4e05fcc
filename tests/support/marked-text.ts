import type { Nodes } from 'mdast';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import type { TextBlock } from '../../contract/schemas/body.ts';

/** The names of the marks that are compared. Where a link goes stands behind a colon. */
export type Marks = ReadonlySet<string>;

/** What can be seen of a text, character by character, each with the marks that are on it. */
export type MarkedText = string[];

const order = ['link', 'strong', 'em', 'underline', 'code'];

/** Spaces are left out: where they stand, and which marks are on them, is the form's own affair. */
function marked(text: string, marks: Marks): MarkedText {
  const written = [...marks].sort((one, other) => place(one) - place(other)).join(' ');
  const seen = text.replaceAll(/[\s\p{Cc}\p{Noncharacter_Code_Point}]/gu, '');
  return Array.from(seen, (character) => `${character} ${written}`);
}

function place(mark: string): number {
  return order.indexOf(mark.split(':')[0] ?? '');
}

/** What an editor wrote: `known` are the marks that a form has. A text with two links keeps the first. */
export function ofBlocks(blocks: readonly TextBlock[], known: readonly string[]): MarkedText {
  return blocks.flatMap(({ children, markDefs }) =>
    children.flatMap(({ text, marks }) => {
      const link = markDefs
        .filter(({ _key }) => marks.includes(_key))
        .sort((one, other) => marks.indexOf(one._key) - marks.indexOf(other._key))[0];
      const plain = marks.filter((mark) => known.includes(mark));
      return marked(text, new Set([...plain, ...(link ? [`link:${link.href}`] : [])]));
    }),
  );
}

const markdownMarks: Readonly<Record<string, string>> = { strong: 'strong', emphasis: 'em' };

/** What a reader of Markdown sees. */
export function ofMarkdown(node: Nodes, marks: Marks = new Set()): MarkedText {
  if (node.type === 'text') return marked(node.value, marks);
  if (node.type === 'inlineCode') return marked(node.value, new Set([...marks, 'code']));
  if (!('children' in node)) return node.type === 'break' ? [] : [`<${node.type}>`];
  const mark = node.type === 'link' ? `link:${node.url}` : markdownMarks[node.type];
  return node.children.flatMap((child) => ofMarkdown(child, mark ? new Set([...marks, mark]) : marks));
}

type HtmlNode = DefaultTreeAdapterMap['node'];
export type HtmlElement = DefaultTreeAdapterMap['element'];

const htmlMarks: Readonly<Record<string, string>> = { strong: 'strong', em: 'em', u: 'underline', code: 'code' };

/** What a browser shows. */
export function ofHtml(node: HtmlNode, marks: Marks = new Set()): MarkedText {
  if ('value' in node) return marked(node.value, marks);
  if (!('childNodes' in node)) return [];
  const href = 'attrs' in node ? node.attrs.find(({ name }) => name === 'href')?.value : undefined;
  const mark = href === undefined ? htmlMarks[node.nodeName] : `link:${href}`;
  return node.childNodes.flatMap((child) => ofHtml(child, mark ? new Set([...marks, mark]) : marks));
}

/** Every element below a node. */
export function elementsIn(node: HtmlNode): HtmlElement[] {
  if (!('childNodes' in node)) return [];
  return node.childNodes.flatMap((child) => [...('tagName' in child ? [child] : []), ...elementsIn(child)]);
}

/** HTML as a browser reads it; fails on what a validator would call an error. */
export function readFragment(html: string) {
  const errors: string[] = [];
  const fragment = parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
  if (errors.length > 0) throw new Error(`${errors.join(', ')} in ${html}`);
  return fragment;
}
