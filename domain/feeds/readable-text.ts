/** What is not a character of XML 1.0, halves of surrogate pairs among them (https://www.w3.org/TR/xml/#charsets). */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * Text as every reader can take it: without what XML forbids even as a reference, and with the line ends that an XML parser
 * makes of all others (https://www.w3.org/TR/xml/#sec-line-ends).
 */
export function readableText(text: string): string {
  return text.replace(forbidden, '').replace(/\r\n?/g, '\n');
}
