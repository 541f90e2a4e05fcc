import type { decorators, TextBlock } from '../../contract/schemas/body.ts';

export type Decorator = (typeof decorators)[number];

/** A decorator, or a link with its address. */
export type Mark = Decorator | `link:${string}`;

/** A stretch of text with its marks, the outermost first. Line breaks in it are `\n`. */
export type Run = { text: string; marks: readonly Mark[] };

/** From the outside in, below a link: code holds nothing but text. */
const order: readonly Decorator[] = ['strong', 'em', 'underline', 'code'];

/** Where a link goes; undefined for a decorator. */
export function hrefOf(mark: Mark): string | undefined {
  return mark.startsWith('link:') ? mark.slice('link:'.length) : undefined;
}

/**
 * Text with every kind of line break as `\n`, and without the control characters and noncharacters that neither HTML nor
 * Markdown can spell.
 */
export function readable(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(/[\p{Noncharacter_Code_Point}[\p{Cc}--[\t\n]]]/gv, '');
}

export function plainRuns(text: string, ...marks: Mark[]): Run[] {
  return joinedRuns([{ text: readable(text), marks }]);
}

/** The runs of a block. A text with two links keeps the first: a link holds no link. */
export function runsOf({ children, markDefs }: TextBlock): Run[] {
  const hrefs = new Map(markDefs.map(({ _key, href }) => [_key, href]));
  return joinedRuns(
    children.map(({ text, marks }) => {
      const href = marks.map((mark) => hrefs.get(mark)).find((found) => found !== undefined);
      const link: Mark[] = href === undefined ? [] : [`link:${href}`];
      return { text: readable(text), marks: [...link, ...order.filter((mark) => marks.includes(mark))] };
    }),
  );
}

/** Without empty runs, and neighbours with the same marks as one. */
export function joinedRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (run.text === '') continue;
    if (last && sameMarks(last, run)) joined.splice(-1, 1, { ...run, text: last.text + run.text });
    else joined.push(run);
  }
  return joined;
}

/** No mark has a line break in it. */
function sameMarks(one: Run, other: Run): boolean {
  return one.marks.join('\n') === other.marks.join('\n');
}

/** Whether there is nothing in the runs that a reader could see. */
export function isBlank(runs: readonly Run[]): boolean {
  return !runs.some(({ text }) => /[^\p{Z}\p{C}]/u.test(text));
}

/** The runs line by line, without blank lines at either end. */
export function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const { text, marks } of runs)
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, marks });
    }
  const first = lines.findIndex((line) => !isBlank(line));
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

export type Step = { is: 'open' | 'close'; mark: Mark } | { is: 'text'; text: string; marks: readonly Mark[] };

/** The runs as a writer of nested markup meets them: every mark is closed before the one that it stands in. */
export function* stepsOf(runs: readonly Run[]): Generator<Step> {
  const open: Mark[] = [];
  for (const { text, marks } of runs) {
    const parting = open.findIndex((mark, index) => mark !== marks[index]);
    for (const mark of open.splice(parting < 0 ? open.length : parting).reverse()) yield { is: 'close', mark };
    for (const mark of marks.slice(open.length)) {
      open.push(mark);
      yield { is: 'open', mark };
    }
    yield { is: 'text', text, marks };
  }
  for (const mark of open.reverse()) yield { is: 'close', mark };
}
