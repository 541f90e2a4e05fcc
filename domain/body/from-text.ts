import type { TextBlock } from '../../contract/schemas/body.ts';

/** A paragraph of plain text. Keys follow the position, so the same text always gives the same blocks. */
export function paragraph(text: string, index: number): TextBlock {
  const key = `b${index + 1}`;
  return {
    _type: 'block',
    _key: key,
    style: 'normal',
    children: [{ _type: 'span', _key: `${key}s1`, text, marks: [] }],
    markDefs: [],
  };
}

/** Plain text as blocks: a blank line ends a paragraph, a single line break stays inside it. */
export function blocksFromText(text: string): TextBlock[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(paragraph);
}
