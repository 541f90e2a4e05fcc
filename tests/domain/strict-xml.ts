import { SaxesParser } from 'saxes';

/** An element; its name and its attributes' have the prefix that this file gives their namespace. */
export type XmlNode = { name: string; attributes: Record<string, string>; text: string; children: XmlNode[] };

const prefixes: Record<string, string> = {
  '': '',
  'http://www.w3.org/2005/Atom': 'atom:',
  'http://www.w3.org/XML/1998/namespace': 'xml:',
  'http://www.w3.org/2000/xmlns/': 'xmlns:',
  'http://purl.org/atompub/tombstones/1.0': 'at:',
  'http://purl.org/rss/1.0/modules/content/': 'content:',
  'http://purl.org/dc/elements/1.1/': 'dc:',
  'http://search.yahoo.com/mrss/': 'media:',
  'http://www.sitemaps.org/schemas/sitemap/0.9': 'sitemap:',
  'http://www.google.com/schemas/sitemap-news/0.9': 'news:',
};

function prefixOf(namespace: string): string {
  const prefix = prefixes[namespace];
  if (prefix === undefined) throw new Error(`Nobody asked for the namespace ${namespace}.`);
  return prefix;
}

/** Reads a document with a parser that throws at whatever is not well-formed, characters and namespaces included. */
export function parseStrictly(xml: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true });
  const document: XmlNode = { name: '', attributes: {}, text: '', children: [] };
  const open = [document];
  const current = () => open.at(-1) ?? document;
  parser.on('opentag', ({ uri, local, attributes }) => {
    const named = Object.values(attributes)
      .filter((attribute) => attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns')
      .map((attribute) => [`${prefixOf(attribute.uri)}${attribute.local}`, attribute.value]);
    const node = { name: `${prefixOf(uri)}${local}`, attributes: Object.fromEntries(named), text: '', children: [] };
    current().children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    current().text += text;
  });
  parser.write(xml).close();
  const [root] = document.children;
  if (!root) throw new Error('There is no element.');
  return root;
}

/** The children of this name. */
export function all(node: XmlNode | undefined, name: string): XmlNode[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

/** The only child of this name. Throws when there is none, or another. */
export function only(node: XmlNode | undefined, name: string): XmlNode {
  const [first, ...others] = all(node, name);
  if (!first || others.length > 0) throw new Error(`${node?.name} has ${others.length + (first ? 1 : 0)} ${name}.`);
  return first;
}

export const texts = (nodes: readonly XmlNode[]): string[] => nodes.map(({ text }) => text);
