import type { Decorator } from './runs.ts';
import { hrefOf, linesOf, type Mark, type Run, readable, stepsOf } from './runs.ts';

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and within quoted attributes, in HTML and in XML. */
export function escapeHtml(text: string): string {
  return readable(text).replaceAll(/[&<>"']/g, (character) => references[character] ?? character);
}

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** The start tag; an attribute that has no value is left out. */
export function startTag(name: string, attributes: Attributes = {}): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === null || value === undefined ? [] : [` ${attribute}="${escapeHtml(String(value))}"`],
  );
  return `<${name}${written.join('')}>`;
}

/** An element around HTML; nothing around nothing. */
export function element(name: string, html: string, attributes?: Attributes): string {
  return html && `${startTag(name, attributes)}${html}</${name}>`;
}

/** Text of several lines. */
export function linesHtml(text: string | null | undefined): string {
  return escapeHtml(text ?? '').replaceAll('\n', '<br>');
}

const tags: Readonly<Record<Decorator, string>> = { strong: 'strong', em: 'em', underline: 'u', code: 'code' };

/** Runs with their marks as elements, each line's closed at its end. */
export function runsHtml(runs: readonly Run[]): string {
  return linesOf(runs).map(lineHtml).join('<br>');
}

function lineHtml(runs: readonly Run[]): string {
  let html = '';
  for (const step of stepsOf(runs)) {
    if (step.is === 'text') html += escapeHtml(step.text);
    else html += step.is === 'open' ? openTag(step.mark) : `</${tagOf(step.mark)}>`;
  }
  return html;
}

function tagOf(mark: Mark): string {
  return tags[mark as Decorator] ?? 'a';
}

function openTag(mark: Mark): string {
  return startTag(tagOf(mark), { href: hrefOf(mark), rel: hrefOf(mark) && 'noopener' });
}
