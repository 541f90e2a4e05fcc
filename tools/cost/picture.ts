import { totalOf } from './bill.ts';
import { dollars } from './format.ts';
import { monthOf } from './month.ts';
import { type BillLine, billLines, pictureSummary } from './page-month.ts';
import type { Report } from './report.ts';
import type { ServiceId } from './services.ts';
import { sizes } from './sizes.ts';

/** Told apart by those who see colours differently too: Okabe and Ito's, which stand on light and on dark. */
const colours: Readonly<Record<ServiceId, string>> = {
  edge: '#56b4e9',
  purges: '#d55e00',
  apis: '#0072b2',
  functions: '#e69f00',
  database: '#009e73',
  archive: '#6f7d8c',
  logs: '#cc79a7',
  standing: '#b8a900',
  firewall: '#8a4b2d',
};

const width = 880;
const margin = 28;
const bar = { left: margin, width: width - 2 * margin, height: 30 };
const panel = { top: 86, height: 76 };
const tableTop = panel.top + sizes.length * panel.height + 22;
const rowHeight = 26;
const columnEnds = [540, 700, width - margin];

/** docs/cost.svg: a bar for each size, each filling its own width, and the amounts below. */
export function costPicture(report: Report): string {
  const lines = billLines(report);
  const height = tableTop + (lines.length + 2) * rowHeight + 8;
  const panels = sizes.map((_, index) => panelOf(report, lines, index)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">
<title id="title">What a month costs at three sizes</title>
<desc id="desc">${escaped(pictureSummary(report))}</desc>
<style>
text { font-family: system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 14px; fill: #1c2430 }
.card { fill: #ffffff; stroke: #d5dbe3 } .rule { stroke: #d5dbe3 }
.title { font-size: 19px; font-weight: 600 } .name { font-weight: 600 } .quiet { fill: #566273 } .part { stroke: #ffffff }
.end { text-anchor: end } .inside { font-size: 12px; text-anchor: middle; fill: #10151c }
@media (prefers-color-scheme: dark) {
text { fill: #e8edf3 } .card { fill: #161b22; stroke: #39424e } .rule { stroke: #39424e } .quiet { fill: #a3afbd }
.part { stroke: #161b22 } .inside { fill: #10151c }
}
.inside.light { fill: #ffffff }
</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>
<text class="title" x="${margin}" y="38">What a month costs</text>
<text class="quiet" x="${margin}" y="60">Each bar is the whole bill of its size, so lengths compare within a bar and not between bars.</text>
${panels}
${amounts(report, lines)}
</svg>
`;
}

function panelOf(report: Report, lines: readonly BillLine[], index: number): string {
  const size = sizes[index];
  if (!size) return '';
  const total = totalOf(monthOf(size, report), 'ours');
  const top = panel.top + index * panel.height;
  let left = bar.left;
  const parts = lines.map(({ id, name, costs }) => {
    const length = ((costs[index] ?? 0) / total) * bar.width;
    const drawn = partOf({
      left,
      top: top + 14,
      length,
      colour: colours[id],
      text: `${name}: ${dollars(costs[index] ?? 0)} USD`,
    });
    left += length;
    return drawn + percentage(left - length / 2, top + 34, length, id === 'apis' ? 'light' : '');
  });
  return `<text class="name" x="${bar.left}" y="${top + 4}">${escaped(size.name)}</text>
<text class="name end" x="${bar.left + bar.width}" y="${top + 4}">${dollars(total)} USD</text>
${parts.filter(Boolean).join('\n')}`;
}

type Part = { left: number; top: number; length: number; colour: string; text: string };

function partOf({ left, top, length, colour, text }: Part): string {
  if (length < 0.3) return '';
  const place = `x="${left.toFixed(1)}" y="${top}" width="${length.toFixed(1)}" height="${bar.height}"`;
  return `<rect class="part" ${place} fill="${colour}"><title>${escaped(text)}</title></rect>`;
}

/** Written where it fits. */
function percentage(middle: number, baseline: number, length: number, ink: string): string {
  const part = Math.round((100 * length) / bar.width);
  return length < 34 ? '' : `<text class="inside ${ink}" x="${middle.toFixed(1)}" y="${baseline}">${part} %</text>`;
}

/** The key to the colours, with what each part is at each size. */
function amounts(report: Report, lines: readonly BillLine[]): string {
  const totals = sizes.map((size) => totalOf(monthOf(size, report), 'ours'));
  const row = (index: number, name: string, cells: readonly string[], style: string, colour?: string): string => {
    const y = tableTop + (index + 1) * rowHeight;
    const swatch = colour ? `<rect x="${margin}" y="${y - 12}" width="14" height="14" rx="3" fill="${colour}"/>` : '';
    const values = cells.map(
      (cell, column) => `<text class="end ${style}" x="${columnEnds[column]}" y="${y}">${cell}</text>`,
    );
    return `${swatch}<text class="${style}" x="${margin + 24}" y="${y}">${escaped(name)}</text>${values.join('')}`;
  };
  const rule = `<line class="rule" x1="${margin}" x2="${width - margin}" y1="${tableTop + 9}" y2="${tableTop + 9}"/>`;
  return [
    row(
      -1,
      'USD a month',
      sizes.map(({ name }) => escaped(name)),
      'quiet',
    ),
    rule,
    ...lines.map(({ id, name, costs }, index) => row(index, name, costs.map(dollars).map(escaped), '', colours[id])),
    row(lines.length, 'Total', totals.map(dollars), 'name'),
  ].join('\n');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
