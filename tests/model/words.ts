import type { Role } from '../../contract/roles.ts';

/** Somebody of the newsroom. */
export type Person = { name: string; role: Role; sub: string };

const person = (name: string, role: Role): Person => ({ name, role, sub: `sub-${name}` });

export const people: readonly Person[] = [
  person('Edith', 'editor'),
  person('Emil', 'editor'),
  person('Ada', 'admin'),
  person('Amir', 'admin'),
  person('Cleo', 'contributor'),
  person('Cyril', 'contributor'),
];

export const clockSub = 'dateline-clock';

/**
 * A piece of text that stands in one headline, body or note and nowhere else, so that wherever it turns up we know whose
 * it is. It has no letter that a slug could be made of.
 */
export type Token = string;

const digits = '零一二三四五六七八九';
const tokenForm = /〔[題文摘密註][零一二三四五六七八九]+〕/g;
let minted = 0;

/** Each sequence begins to count anew. */
export function forgetTokens(): void {
  minted = 0;
}

/** 題 a headline, 文 a body, 摘 a deck, 密 an internal note, 註 a note or notice. */
export function newToken(kind: '題' | '文' | '摘' | '密' | '註'): Token {
  minted += 1;
  return `〔${kind}${Array.from(String(minted), (digit) => digits[Number(digit)]).join('')}〕`;
}

/** An Idempotency-Key that nobody has used. */
export function newKey(): string {
  minted += 1;
  return `key-${minted}`;
}

/** Every token in a text, each once, in a fixed order. */
export function tokensIn(text: string): Token[] {
  return [...new Set(text.match(tokenForm) ?? [])].sort();
}

/** A text for the eyes of an editor: `Storm 〔題一七〕` is “Storm #17”. */
export function readable(text: string): string {
  return text.replace(
    /〔.([零一二三四五六七八九]+)〕/g,
    (_, number: string) => `#${Array.from(number, (digit) => digits.indexOf(digit)).join('')}`,
  );
}

/** The slug that a headline of ours gives: what is left of it without its token. */
export function slugOfHeadline(headline: string): string {
  return headline.replace(tokenForm, '').trim().toLowerCase().replaceAll(' ', '-');
}
