import type { Block, TextBlock } from '../../contract/schemas/body.ts';

/** All text that a block holds, captions, credits and attributions too: what an editor may have rewritten. */
export function blockText(block: Block): string {
  return textsOf(block)
    .filter((text) => text !== undefined)
    .join('\n\n');
}

function textsOf(block: Block): (string | undefined)[] {
  switch (block._type) {
    case 'block':
      return [block.children.map((child) => child.text).join('')];
    case 'quote':
      return [block.text, block.attribution];
    case 'factbox':
      return [block.title, ...block.body.map(blockText)];
    case 'image':
      return [block.alt, block.caption, block.credit];
    case 'embed':
      return [block.caption];
    case 'relatedLink':
      return [block.title];
  }
}

/**
 * What a block says and how, as a string that is equal for equal content. Keys are made anew whenever a body is written as
 * text or Markdown, and editors' tools cut spans as they like, so neither counts: marks are resolved to what they stand
 * for, in no order, and neighbours with the same marks are one run.
 */
export function blockContent(block: Block): string {
  return canonicalJson(contentOf(block));
}

function contentOf(block: Block): unknown {
  if (block._type === 'block') return textContent(block);
  const { _key, ...rest } = block;
  return rest._type === 'factbox' ? { ...rest, body: rest.body.map(textContent) } : rest;
}

function textContent({ _key, children, markDefs, ...frame }: TextBlock): unknown {
  const meanings = new Map(markDefs.map(({ _key: key, ...definition }) => [key, canonicalJson(definition)]));
  const runs: { text: string; marks: string }[] = [];
  for (const child of children) {
    if (child.text === '') continue;
    const marks = canonicalJson(child.marks.map((mark) => meanings.get(mark) ?? mark).sort());
    const last = runs.at(-1);
    if (last?.marks === marks) last.text += child.text;
    else runs.push({ text: child.text, marks });
  }
  return { ...frame, runs };
}

/** JSON with the members of objects in alphabetical order: two values are equal when theirs are. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
