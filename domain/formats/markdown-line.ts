import { hrefOf, joinedRuns, type Mark, type Run, type Step, stepsOf } from './runs.ts';

/** A step as Markdown has it: text still to be escaped, code as it is, or what stands around marked text. */
type Token = { is: 'text' | 'code' | 'open' | 'close' | 'link'; text: string };

const delimiters: Readonly<Record<string, string>> = { strong: '**', em: '_' };

/**
 * A line of CommonMark that reads as the runs do: what would be markup in their text is escaped, and marks hold wherever
 * words begin and end (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). Markdown knows no underline.
 */
export function markdownLine(runs: readonly Run[]): string {
  // An empty title keeps a link whose code reads `]: x` from being taken for the definition of one.
  const title = runs.some(({ text, marks }) => marks.includes('code') && text.includes(']:')) ? ' ""' : '';
  const steps = [...stepsOf(trimmed(spacesOutside(withoutUnderline(runs))))];
  const tokens = steps.map((step) => tokenOf(step, title));
  return tokens.map((token, index) => (token.is === 'text' ? textToken(tokens, index) : token.text)).join('');
}

function withoutUnderline(runs: readonly Run[]): Run[] {
  return joinedRuns(runs.map(({ text, marks }) => ({ text, marks: marks.filter((mark) => mark !== 'underline') })));
}

/** Takes the spaces at either end of a mark out of it: no mark may begin or end with one. */
function spacesOutside(runs: readonly Run[]): Run[] {
  const spaced: Run[] = [];
  let gap: Run[] = [];
  for (const piece of [...runs.flatMap(piecesOf), null]) {
    if (piece && isSpace(piece)) {
      gap.push(piece);
      continue;
    }
    const marks = sharedMarks([spaced.at(-1), ...gap, piece]);
    spaced.push({ text: gap.map(({ text }) => text).join(''), marks }, ...(piece ? [piece] : []));
    gap = [];
  }
  return joinedRuns(spaced);
}

/** The spaces before the words, the words, and the spaces behind them. */
function piecesOf({ text, marks }: Run): Run[] {
  if (marks.includes('code')) return [{ text, marks }];
  const words = text.trim();
  const start = text.length - text.trimStart().length;
  const parts = [text.slice(0, start), words, text.slice(start + words.length)];
  return parts.filter(Boolean).map((part) => ({ text: part, marks }));
}

function sharedMarks(runs: readonly (Run | null | undefined)[]): Mark[] {
  const [first = [], ...others] = runs.map((run) => run?.marks ?? []);
  const parting = first.findIndex((mark, depth) => others.some((marks) => marks[depth] !== mark));
  return first.slice(0, parting < 0 ? first.length : parting);
}

function isSpace({ text, marks }: Run): boolean {
  return text.trim() === '' && !marks.includes('code');
}

/** A line's own indentation and trailing spaces would be markup. */
function trimmed(runs: readonly Run[]): Run[] {
  const last = runs.length - 1;
  return joinedRuns(
    runs.map(({ text, marks }, index) => {
      if (marks.includes('code')) return { text, marks };
      const start = index === 0 ? text.trimStart() : text;
      return { text: index === last ? start.trimEnd() : start, marks };
    }),
  );
}

function tokenOf(step: Step, title: string): Token {
  if (step.is === 'text')
    return step.marks.includes('code') ? { is: 'code', text: codeSpan(step.text) } : { is: 'text', text: step.text };
  const href = hrefOf(step.mark);
  if (href !== undefined) return { is: 'link', text: step.is === 'open' ? '[' : `](${destination(href)}${title})` };
  return { is: step.is, text: delimiterOf(step.mark) };
}

/** None for code, which brings its own. */
function delimiterOf(mark: Mark): string {
  return delimiters[mark] ?? '';
}

/** Longer than any run of backticks in it, and with a space where one would be taken for part of it, or away. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g)?.map(({ length }) => length) ?? [];
  let length = 1;
  while (runs.includes(length)) length += 1;
  const fence = '`'.repeat(length);
  const isPadded = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '');
  const space = isPadded ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** An address as it may stand in parentheses. */
function destination(url: string): string {
  return url.replaceAll(/[()<>]|&(?=#?\w+;)/g, String.raw`\$&`);
}

/** The text of a token, its outermost characters spelled by number where a mark beside them would not be seen as one. */
function textToken(tokens: readonly Token[], index: number): string {
  const characters = Array.from(tokens[index]?.text ?? '');
  const after = tokens[index + 1];
  const start = hidesMark(characters[0], tokens[index - 1], 'close') ? reference(characters.shift()) : '';
  const end = hidesMark(characters.at(-1), after, 'open') ? reference(characters.pop()) : '';
  const text = escaped(characters.join(''), index === 0);
  // An exclamation mark before a link would make it an image.
  return start + (after?.is === 'link' ? text.replace(/!$/, String.raw`\!`) : text) + end;
}

/**
 * Whether a delimiter may be none beside this character. Beside punctuation and spaces it always is one; some readers of
 * Markdown take a character beyond the first plane for two that are neither.
 */
function hidesMark(outer = ' ', mark: Token | undefined, is: 'open' | 'close'): boolean {
  return mark?.is === is && mark.text !== '' && !(outer.length === 1 && /[\p{P}\p{Zs}\t]/u.test(outer));
}

function reference(character = ''): string {
  return `&#${character.codePointAt(0)};`;
}

/** Text that is read as itself: CommonMark's markup and that of tables, strikethrough and footnotes. */
function escaped(text: string, opensLine: boolean): string {
  const inLine = text.replaceAll(/[\\`*_[\]<|~^]|&(?=#?\w+;)/g, String.raw`\$&`);
  if (!opensLine) return inLine;
  return inLine.replace(/^[-+=#>:]/, String.raw`\$&`).replace(/^(\d+)(?=[.)](?:\s|$))/, '$1\\');
}
