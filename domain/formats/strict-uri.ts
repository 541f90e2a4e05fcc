/** What RFC 3986 has no place for, and a percent sign that encodes nothing. */
const forbidden = /%(?![\dA-Fa-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/gu;

/** A web address as RFC 3986 spells it: browsers take more than it allows, and validators of JSON Schema's `uri` do not. */
export function strictUri(webUrl: string): string {
  const { protocol, host, pathname, search, hash } = new URL(webUrl);
  const authority = host.startsWith('[') ? host : encoded(host);
  const query = search && `?${encoded(search.slice(1))}`;
  const fragment = hash && `#${encoded(hash.slice(1))}`;
  return `${protocol}//${authority}${encoded(pathname)}${query}${fragment}`;
}

function encoded(part: string): string {
  return part.replaceAll(forbidden, encodeURIComponent);
}
