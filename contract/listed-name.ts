/** Listing names are part of a partition key, which may have 2,048 bytes; a row should stay cheap to read besides. */
export const largestListedName = 512;

/** Names that differ only in case or width are one listing: `War`, `war` and `ＷＡＲ`. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** Folding can make a name many times longer: one ligature stands for eighteen letters. */
export function isListable(name: string): boolean {
  return new TextEncoder().encode(foldedName(name)).length <= largestListedName;
}
