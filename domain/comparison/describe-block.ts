import type { Block, TextBlock } from '../../contract/schemas/body.ts';

/** What an editor calls a block, how exactly it is set, and what it holds beside its text: links, addresses, sizes. */
export type BlockDescription = { kind: string; style: string; details: string[] };

export function describeBlock(block: Block): BlockDescription {
  switch (block._type) {
    case 'block':
      return describeText(block);
    case 'quote':
      return described('Quote');
    case 'factbox': {
      const inner = block.body.map(describeText);
      const holds = ({ kind, style }: BlockDescription) => (kind === 'Paragraph' ? [] : [`holds: ${style}`]);
      return described('Factbox', ...inner.flatMap((one) => [...holds(one), ...one.details]));
    }
    case 'image': {
      const size = block.width || block.height ? [`size: ${block.width ?? '?'} × ${block.height ?? '?'}`] : [];
      return described('Image', `address: ${block.url}`, ...size);
    }
    case 'embed':
      return described('Embed', `provider: ${block.provider}`, `address: ${block.url}`);
    case 'relatedLink':
      return described('Related link', `article: ${block.articleId}`);
  }
}

function described(kind: string, ...details: string[]): BlockDescription {
  return { kind, style: kind, details };
}

function describeText({ style, listItem, level, markDefs }: TextBlock): BlockDescription {
  const details = markDefs.map(({ href }) => `link: ${href}`);
  if (listItem) return { kind: 'List item', style: `List item (${listItem}, level ${level ?? 1}, ${style})`, details };
  if (style === 'normal') return { kind: 'Paragraph', style: 'Paragraph', details };
  if (style === 'blockquote') return { kind: 'Block quote', style: 'Block quote', details };
  return { kind: 'Heading', style: `Heading (${style})`, details };
}
