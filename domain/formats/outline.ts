import type { Block, Body, TextBlock } from '../../contract/schemas/body.ts';
import { isBlank, type Run, runsOf } from './runs.ts';

export type ListPart = { _type: 'list'; ordered: boolean; items: { runs: Run[]; lists: ListPart[] }[] };

/** A part of a body as its markup nests: quoted paragraphs together, lists in lists. */
export type Part =
  | { _type: 'paragraph'; runs: Run[]; dateline: string | null }
  | { _type: 'heading'; level: number; runs: Run[] }
  | { _type: 'blockquote'; paragraphs: Run[][] }
  | ListPart
  | { _type: 'factbox'; title: string; parts: Part[] }
  | Exclude<Block, { _type: 'block' | 'factbox' }>;

/**
 * The body as parts, blank blocks left out. The dateline opens the first paragraph, or is one of its own in a body that
 * has none.
 */
export function outlineOf(body: Body, dateline: string | null = null): Part[] {
  const outline: Part[] = [];
  const lists: OpenList[] = [];
  for (const block of body) {
    if (block._type === 'block') {
      addText(block, outline, lists);
      continue;
    }
    lists.length = 0;
    if (block._type !== 'factbox') outline.push(block);
    else outline.push({ _type: 'factbox', title: block.title, parts: outlineOf(block.body) });
  }
  if (dateline === null) return outline;
  const first = outline.findIndex(({ _type }) => _type === 'paragraph');
  const opened = outline[first];
  if (opened?._type !== 'paragraph') return [{ _type: 'paragraph', runs: [], dateline }, ...outline];
  return outline.with(first, { ...opened, dateline });
}

function addText(block: TextBlock, outline: Part[], lists: OpenList[]): void {
  const runs = runsOf(block);
  if (isBlank(runs)) return;
  if (block.listItem) {
    addItem(runs, block.level ?? 1, block.listItem === 'number', outline, lists);
    return;
  }
  lists.length = 0;
  const last = outline.at(-1);
  if (block.style === 'normal') outline.push({ _type: 'paragraph', runs, dateline: null });
  else if (block.style !== 'blockquote') outline.push({ _type: 'heading', level: Number(block.style.slice(1)), runs });
  else if (last?._type === 'blockquote') last.paragraphs.push(runs);
  else outline.push({ _type: 'blockquote', paragraphs: [runs] });
}

type OpenList = { level: number; list: ListPart };

/**
 * Levels count only against each other: a list may begin at its third and skip one. An item that is less deep than its list
 * and deeper than the one around it stays in its list.
 */
function addItem(runs: Run[], level: number, ordered: boolean, outline: Part[], lists: OpenList[]): void {
  while (lists.length > 1 && (lists.at(-2)?.level ?? 0) >= level) lists.pop();
  const inner = lists.at(-1);
  if (inner && inner.level >= level) {
    inner.level = level;
    if (inner.list.ordered === ordered) {
      inner.list.items.push({ runs, lists: [] });
      return;
    }
    lists.pop();
  }
  const list: ListPart = { _type: 'list', ordered, items: [{ runs, lists: [] }] };
  (lists.at(-1)?.list.items.at(-1)?.lists ?? outline).push(list);
  lists.push({ level, list });
}
