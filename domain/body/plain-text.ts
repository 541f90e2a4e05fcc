import type { Block, Body } from '../../contract/schemas/body.ts';

/** The words of a block as a reader meets them, captions and credits left out. */
function textOf(block: Block): string {
  switch (block._type) {
    case 'block':
      return block.children.map((child) => child.text).join('');
    case 'quote':
      return block.text;
    case 'factbox':
      return [block.title, ...block.body.map(textOf)].join('\n\n');
    default:
      return '';
  }
}

/** The body as plain text, a blank line between blocks. */
export function plainText(body: Body): string {
  return body.map(textOf).filter(Boolean).join('\n\n');
}

/** Words as the language divides them (Unicode UAX #29), so that Thai and Chinese are counted too. */
export function wordCount(body: Body, language: string): number {
  let count = 0;
  for (const segment of new Intl.Segmenter(language, { granularity: 'word' }).segment(plainText(body)))
    if (segment.isWordLike) count += 1;
  return count;
}
