import type { ComparedBlock, ComparedField, ComparedWords, Comparison } from '../../contract/schemas/comparison.ts';
import { canonicalJson } from './block-content.ts';
import { describeBlock } from './describe-block.ts';
import { fieldNames } from './field-names.ts';

/**
 * A comparison as an editor reads it, plain text: the revisions, then each field with its old line (`-`) and new line (`+`),
 * then each block under what became of it. Words are marked as wdiff does, `[-dozens-]{+hundreds+}`. Blocks are numbered
 * from 1 as they stand in the body, the new one where a block is in both. Ends with a line break.
 */
export function comparisonText({ from, to, fields, body }: Comparison): string {
  const sections = [`Revision ${from} → ${to}`, ...fields.map(fieldText), ...body.map(blockSection)];
  return `${(sections.length > 1 ? sections : [...sections, 'Nothing differs.']).join('\n\n')}\n`;
}

function fieldText({ field, before, after, words }: ComparedField): string {
  const name = Object.hasOwn(fieldNames, field) ? fieldNames[field as keyof typeof fieldNames] : field;
  const lines = words.length > 0 ? proseLines(words) : valueLines(before, after);
  return [name, ...lines].join('\n');
}

/** The old and the new text, each with its own words marked; a text that is wholly new or gone needs no marks. */
function proseLines(words: ComparedWords): string[] {
  const side = (type: 'removed' | 'added') => words.filter((word) => word.type === 'same' || word.type === type);
  const isPartly = words.some((word) => word.type === 'same');
  const print = (shown: ComparedWords) => (isPartly ? inline(shown) : shown.map(({ text }) => text).join(''));
  return [...signed('-', print(side('removed'))), ...signed('+', print(side('added')))];
}

function inline(words: ComparedWords): string {
  const marked = {
    same: (text: string) => text,
    removed: (text: string) => `[-${text}-]`,
    added: (text: string) => `{+${text}+}`,
  };
  return words.map(({ type, text }) => marked[type](text)).join('');
}

/** Each line of a text under its sign; none for an empty text. */
function signed(sign: '-' | '+', text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `${sign} ${line}`);
}

/** Of lists and objects only the members that differ, unless it is their order that does. */
function valueLines(before: unknown, after: unknown): string[] {
  const [old, young] = [printedLines(before), printedLines(after)];
  const [gone, come] = [linesWithout(old, young), linesWithout(young, old)];
  const [minus, plus] = gone.length + come.length > 0 ? [gone, come] : [old, young];
  return [...minus.flatMap((line) => signed('-', line)), ...plus.flatMap((line) => signed('+', line))];
}

/** A line that is there twice is taken away by two. */
function linesWithout(lines: readonly string[], taken: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of taken) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

function printedLines(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map(printedValue);
  if (typeof value !== 'object') return [printedValue(value)];
  return Object.entries(value).flatMap(([name, member]) =>
    member === null ? [] : [`${name}: ${printedValue(member)}`],
  );
}

function printedValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return canonicalJson(value);
  return printedLines(value).join('; ');
}

function blockSection(compared: ComparedBlock): string {
  const { change, before, after, words } = compared;
  const place = after ?? before;
  const lines =
    change === 'changed' ? changedLines(compared) : change === 'moved' ? [beginning(words)] : wholeLines(compared);
  const was = before && after && before.index !== after.index ? ` (was ${before.index + 1})` : '';
  const heading = place ? `${describeBlock(place.block).kind} ${place.index + 1}, ${change}${was}` : change;
  return [heading, ...lines.filter((line) => line !== '')].join('\n');
}

/** An added or removed block. */
function wholeLines({ before, after, words }: ComparedBlock): string[] {
  const details = (placed: ComparedBlock['before']) => (placed ? describeBlock(placed.block).details : []);
  return [...proseLines(words), ...valueLines(details(before), details(after))];
}

function changedLines({ before, after, words }: ComparedBlock): string[] {
  const setting = (placed: ComparedBlock['before']) => {
    const { style, details } = placed ? describeBlock(placed.block) : { style: '', details: [] };
    return [style, ...details];
  };
  const [old, young] = [setting(before), setting(after)];
  const details = canonicalJson(old) === canonicalJson(young) ? [] : valueLines(old, young);
  if (words.some(({ type }) => type !== 'same')) return [inline(words), ...details];
  return [beginning(words), ...(details.length > 0 ? details : ['The same words, marked or placed differently.'])];
}

const mostOfBeginning = 80;

/** Enough of an unchanged text to know it by. */
function beginning(words: ComparedWords): string {
  const text = words.map((word) => word.text).join('');
  const characters = Array.from(text.slice(0, 2 * mostOfBeginning + 1));
  return characters.length > mostOfBeginning ? `${characters.slice(0, mostOfBeginning).join('')}…` : text;
}
