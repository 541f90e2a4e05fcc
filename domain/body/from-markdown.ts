import type { BlockContent, Definition, Image, List, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Block, TextBlock } from '../../contract/schemas/body.ts';
import { webUrl } from '../../contract/schemas/text.ts';
import { type Definitions, type Node, refused, refusedAt, spansOf, unsupported } from './markdown-spans.ts';

type Frame = Pick<TextBlock, 'style' | 'listItem' | 'level'>;

/** Deeper lists than this are an accident, and the body profile refuses them. */
const deepestList = 6;

/**
 * CommonMark as blocks of the body profile. What the profile has no place for (raw HTML, code blocks, rules) is refused
 * with its line rather than dropped. Throws `invalid_request` at `/body/markdown`.
 */
export function blocksFromMarkdown(markdown: string): Block[] {
  assertReasonable(markdown);
  const root = fromMarkdown(markdown);
  const definitions = new Map<string, Definition>();
  // CommonMark: of several definitions, the first counts.
  for (const node of root.children)
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  return root.children
    .flatMap((node) => blocksOf(node, definitions))
    .map((block, index) => withKeys(block, `b${index + 1}`));
}

/**
 * Emphasis is resolved in time that grows with the square of the marks in a paragraph, and containers with their depth:
 * 24 kB of asterisks would take seconds. No story comes near these numbers.
 */
const mostMarks = 1000;
const deepestContainers = 20;

function assertReasonable(markdown: string): void {
  let line = 1;
  for (const chunk of markdown.split(/\n[^\S\n]*\n/)) {
    const lines = chunk.split('\n');
    const marks = chunk.match(/[*_`[\]!<&\\]/g)?.length ?? 0;
    if (marks > mostMarks) throw refusedAt(line, `the paragraph has more than ${mostMarks} marks`);
    const deep = lines.findIndex(
      (text) => (/^[\s>*+\-\d.)]*/.exec(text)?.[0].match(/[>*+\-.)]/g)?.length ?? 0) > deepestContainers,
    );
    if (deep >= 0) throw refusedAt(line + deep, `lists and quotes are nested deeper than ${deepestContainers} levels`);
    line += lines.length + 1;
  }
}

function blocksOf(node: RootContent, definitions: Definitions): Block[] {
  switch (node.type) {
    case 'definition':
      return [];
    case 'paragraph':
      return paragraphBlocks(node, definitions);
    case 'heading': {
      // The page's own h1 is the headline, and the profile ends at h4.
      const style = (['h2', 'h2', 'h3', 'h4', 'h4', 'h4'] as const)[node.depth - 1] ?? 'h4';
      return [textBlock(node.children, { style }, definitions)];
    }
    case 'blockquote':
      return node.children.map((child) => {
        if (child.type !== 'paragraph') throw unsupported(child);
        return textBlock(child.children, { style: 'blockquote' }, definitions);
      });
    case 'list':
      return listBlocks(node, 1, definitions);
    default:
      throw unsupported(node);
  }
}

function paragraphBlocks(node: Paragraph, definitions: Definitions): Block[] {
  const [only, ...rest] = node.children;
  if (only?.type === 'image' && rest.length === 0) return [imageBlock(only)];
  return [textBlock(node.children, { style: 'normal' }, definitions)];
}

function imageBlock(node: Image): Block {
  if (!webUrl.safeParse(node.url).success) throw refused(node, 'an image needs an absolute http or https URL');
  if (!node.alt) throw refused(node, 'an image needs a text that describes it: ![description](address)');
  return { _type: 'image', _key: '', url: node.url, alt: node.alt, ...(node.title ? { caption: node.title } : {}) };
}

function listBlocks(node: List, level: number, definitions: Definitions): Block[] {
  if (level > deepestList) throw refused(node, `a list is nested deeper than ${deepestList} levels`);
  const frame: Frame = { style: 'normal', listItem: node.ordered ? 'number' : 'bullet', level };
  return node.children.flatMap((item) => {
    const lines = item.children.filter((child) => child.type === 'paragraph');
    const nested = item.children.filter((child) => child.type === 'list');
    const other = item.children.find(
      (child: BlockContent | Node) => child.type !== 'paragraph' && child.type !== 'list',
    );
    if (other) throw unsupported(other);
    const phrasing = lines.flatMap((line, index) =>
      index === 0 ? line.children : [{ type: 'break' } as const, ...line.children],
    );
    return [
      textBlock(phrasing, frame, definitions),
      ...nested.flatMap((list) => listBlocks(list, level + 1, definitions)),
    ];
  });
}

function textBlock(phrasing: readonly PhrasingContent[], frame: Frame, definitions: Definitions): TextBlock {
  const { children, markDefs } = spansOf(phrasing, definitions);
  return { _type: 'block', _key: '', ...frame, children, markDefs };
}

function withKeys(block: Block, key: string): Block {
  if (block._type !== 'block') return { ...block, _key: key };
  const linkKey = (index: string | number) => `${key}l${Number(index) + 1}`;
  return {
    ...block,
    _key: key,
    markDefs: block.markDefs.map((definition, index) => ({ ...definition, _key: linkKey(index) })),
    children: block.children.map((child, index) => ({
      ...child,
      _key: `${key}s${index + 1}`,
      marks: child.marks.map((mark) => (mark.startsWith('#') ? linkKey(mark.slice(1)) : mark)),
    })),
  };
}
