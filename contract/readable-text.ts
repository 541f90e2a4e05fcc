/** What stands in a text after invalid UTF-8 was decoded somewhere on the way: the original is already lost. */
const replacementCharacter = '\uFFFD';

// Control characters other than tab and line breaks have no meaning in copy and break XML feeds (XML 1.0, §2.2).
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const controlCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/;
/** Why a text can't be stored, or undefined if it can. Shared by every field and by whole bodies. */
export function unreadableText(text: string): string | undefined {
  if (text.includes(replacementCharacter)) return 'must be valid UTF-8: it contains a replacement character (U+FFFD)';
  if (!text.isWellFormed()) return 'must be valid Unicode: it contains half of a surrogate pair';
  if (controlCharacter.test(text)) return 'must not contain control characters';
  return undefined;
}
