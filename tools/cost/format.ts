/** Numbers as the page has them, the same on every machine. */
const grouped = (value: number, digits: number): string =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** Dollars: cents where cents tell something. */
export function dollars(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.005) return value < 0 ? '−0.00' : '< 0.01';
  return grouped(Math.abs(value), 2).replace(/^/, value < 0 ? '−' : '');
}

/** With its sign, for what comes on top. */
export const difference = (value: number): string =>
  Math.abs(value) < 0.005 ? '0' : `${value > 0 ? '+' : ''}${dollars(value)}`;

/** A price as published, which may have many decimals. */
export const price = (value: number): string =>
  new Intl.NumberFormat('en-US', { maximumSignificantDigits: 9, useGrouping: false }).format(value);

export const whole = (value: number): string => grouped(Math.round(value), 0);

/** As many decimals as a count of units has, at most one. */
export const units = (value: number): string => grouped(value, Number.isInteger(value) ? 0 : 1);

export const kilobytes = (bytes: number): string => grouped(bytes / 1000, 1);

/** Millions and thousands in words that fit a cell. */
export function short(value: number): string {
  if (value >= 1_000_000) return `${units(Math.round(value / 100_000) / 10)} million`;
  return whole(value);
}

/** A table of Markdown: text to the left in the first column, to the right in the others unless `left` names them. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const rule = header.map((_, column) => (left.includes(column) ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const widest = 120;

/** Paragraphs and list items broken to the width of the project's pages; tables, headings and pictures as they are. */
export function wrapped(text: string): string {
  const blocks = text.split('\n\n').map((block) => {
    if (/^[|#!]/.test(block)) return block;
    const items = block.startsWith('- ') ? block.split(/\n(?=- )/) : [block];
    return items.map((item) => filled(item.split(/\s+/), item.startsWith('- ') ? '  ' : '')).join('\n');
  });
  return blocks.join('\n\n');
}

function filled(words: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= widest) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(line === undefined ? word : `${indent}${word}`);
  }
  return lines.join('\n');
}
