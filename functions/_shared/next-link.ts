/** The `Link` header of a page (RFC 8288), empty on the last one. */
export function nextLink(
  path: string,
  { cursor, ...others }: { cursor: string | null; [name: string]: string | number | null | undefined },
): { link?: string } {
  if (cursor === null) return {};
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...others, cursor })) if (value != null) query.set(name, String(value));
  return { link: `<${path}?${query}>; rel="next"` };
}
