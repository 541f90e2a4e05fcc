import type { Definition, PhrasingContent } from 'mdast';
import { type AppError, invalidField } from '../../contract/errors.ts';
import type { TextBlock } from '../../contract/schemas/body.ts';
import { linkUrl } from '../../contract/schemas/text.ts';

export type Node = { type: string; position?: { start: { line: number } } | undefined };
export type Definitions = ReadonlyMap<string, Definition>;

type Spans = Pick<TextBlock, 'children' | 'markDefs'>;

/**
 * A line of Markdown as spans and link definitions, still without keys: a link's mark is `#` and the index of its
 * definition. Throws `invalid_request` for what the body profile has no place for.
 */
export function spansOf(phrasing: readonly PhrasingContent[], definitions: Definitions): Spans {
  const spans: Spans = { children: [], markDefs: [] };
  addAll(spans, phrasing, [], definitions);
  if (spans.children.length === 0) addText(spans, '', []);
  return spans;
}

function addAll(
  spans: Spans,
  nodes: readonly PhrasingContent[],
  marks: readonly string[],
  definitions: Definitions,
): void {
  for (const node of nodes) add(spans, node, marks, definitions);
}

function add(spans: Spans, node: PhrasingContent, marks: readonly string[], definitions: Definitions): void {
  switch (node.type) {
    case 'text':
      addText(spans, node.value, marks);
      break;
    case 'break':
      addText(spans, '\n', marks);
      break;
    case 'inlineCode':
      addText(spans, node.value, [...marks, 'code']);
      break;
    case 'strong':
      addAll(spans, node.children, [...marks, 'strong'], definitions);
      break;
    case 'emphasis':
      addAll(spans, node.children, [...marks, 'em'], definitions);
      break;
    case 'link':
      addAll(spans, node.children, [...marks, addLink(spans, node, node.url)], definitions);
      break;
    case 'linkReference': {
      const url = definitions.get(node.identifier)?.url ?? '';
      addAll(spans, node.children, [...marks, addLink(spans, node, url)], definitions);
      break;
    }
    default:
      throw unsupported(node);
  }
}

function addText({ children }: Spans, text: string, given: readonly string[]): void {
  const marks = [...new Set(given)];
  const last = children.at(-1);
  if (last?.marks.join() === marks.join()) last.text += text;
  else children.push({ _type: 'span', _key: '', text, marks });
}

function addLink({ markDefs }: Spans, node: Node, href: string): string {
  if (!linkUrl.safeParse(href).success) throw refused(node, 'a link must be an absolute http, https or mailto URL');
  markDefs.push({ _type: 'link', _key: '', href });
  return `#${markDefs.length - 1}`;
}

const names: Readonly<Record<string, string>> = {
  html: 'raw HTML',
  code: 'a code block',
  thematicBreak: 'a rule',
  image: 'an image inside a line of text',
  imageReference: 'an image by reference',
};

export function unsupported(node: Node): AppError {
  return refused(node, `${names[node.type] ?? node.type} has no place in the body`);
}

export function refused(node: Node, why: string): AppError {
  return refusedAt(node.position?.start.line ?? 1, why);
}

export function refusedAt(line: number, why: string): AppError {
  return invalidField('/body/markdown', `line ${line}: ${why}`);
}
