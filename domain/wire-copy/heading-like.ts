/** The contract's limit for a headline. */
const longestHeading = 300;

const sentenceEnd = /[.;,:…]["'”’»)\]]*$/u;
const abbreviationEnd = /(?:^|[\s.])\p{Lu}\.$/u;
const sentenceWithin = /\p{Ll}{4}\.["'”’»)\]]*\s/u;

/** Whether a text is no longer than a headline and at most one sentence. */
export function isShort(text: string): boolean {
  return text.length <= longestHeading && !sentenceWithin.test(text);
}

/** Whether a text may be a headline or a section: short, and not written as a sentence. `Unrest spreads in U.S.` may. */
export function isHeadingLike(text: string): boolean {
  const end = text.slice(-8);
  return isShort(text) && (!sentenceEnd.test(end) || abbreviationEnd.test(end));
}
