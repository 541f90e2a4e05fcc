import { Element } from 'ltx';
import { readableText } from './readable-text.ts';

export type { Element } from 'ltx';

/** What is not there, be it an attribute, a text or an element, is left out. */
type Attributes = Readonly<Record<string, string | undefined>>;
type Content = Element | string | null | undefined;

/** An element. Its text is escaped when it is written. */
export function element(name: string, attributes: Attributes, ...content: (Content | readonly Content[])[]): Element {
  const made = new Element(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.attr(key, readableText(value));
  for (const part of content.flat()) if (part != null) made.cnode(typeof part === 'string' ? readableText(part) : part);
  return made;
}

/** An element that has text, or none where there is no text. */
export function textElement(name: string, text: string | null | undefined): Element | null {
  return text == null ? null : element(name, {}, text);
}

/** A document in UTF-8. Nothing is indented: white space in content would be content. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.toString()}\n`;
}
