import type { TextBlock } from '../../contract/schemas/body.ts';

let keys = 0;

function nextKey(): string {
  keys += 1;
  return `k${keys}`;
}

export function span(text: string, ...marks: string[]): TextBlock['children'][number] {
  return { _type: 'span', _key: nextKey(), text, marks };
}

/** A block of one text, or of spans with their marks. */
export function block(text: string | TextBlock['children'], more: Partial<TextBlock> = {}): TextBlock {
  const children = typeof text === 'string' ? [span(text)] : text;
  return { _type: 'block', _key: nextKey(), style: 'normal', children, markDefs: [], ...more };
}

export function item(text: string, level = 1, listItem: 'bullet' | 'number' = 'bullet'): TextBlock {
  return block(text, { listItem, level });
}

/** What the key `l` stands for in a block that has it among its definitions. */
export function linkTo(href: string, key = 'l'): TextBlock['markDefs'][number] {
  return { _type: 'link', _key: key, href };
}
