/**
 * A word without case and accents. One with a hyphen or an apostrophe is also its parts, since nobody remembers whether it
 * is `start-up`, `startup` or `start up`, `Qur’an` or `Quran`.
 */
export type SearchWord = { whole: string; parts: readonly string[] };

/** The words of a text, without punctuation: `coup d’État` gives `coup` and `detat`, whose parts are `d` and `etat`. */
export function searchWords(text: string): SearchWord[] {
  return folded(text.replaceAll(/[’‘ʼ`´]/g, "'"))
    .split(/[^\p{L}\p{N}'\p{Pd}]+/u)
    .map((word) => word.split(/['\p{Pd}]+/u).filter((part) => part !== ''))
    .filter((parts) => parts.length > 0)
    .map((parts) => ({ whole: parts.join(''), parts }));
}

/** The text in small letters, without accents. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
