import { randomInt } from 'node:crypto';
import { AdminError } from './admin-error.ts';

/**
 * The user pool's policy, as infra/constructs/identity.ts sets it. Known here too, so that a password that Cognito would
 * refuse is refused before anything is made; a test holds the two together.
 */
export const passwordPolicy = { minLength: 12, lowercase: true, uppercase: true, digits: true, symbols: true } as const;

/** Cognito's own upper limit. */
const maxLength = 256;
/** What Cognito takes for a symbol; a space counts inside of a password only, and so is left to Cognito. */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/;

const rules: readonly { broken: (password: string) => boolean; lacks: string }[] = [
  {
    broken: (password) => password.length < passwordPolicy.minLength,
    lacks: `is shorter than ${passwordPolicy.minLength} characters`,
  },
  { broken: (password) => password.length > maxLength, lacks: `is longer than ${maxLength} characters` },
  { broken: (password) => !/[a-z]/.test(password), lacks: 'has no lower-case letter' },
  { broken: (password) => !/[A-Z]/.test(password), lacks: 'has no upper-case letter' },
  { broken: (password) => !/[0-9]/.test(password), lacks: 'has no digit' },
  { broken: (password) => !symbol.test(password) && !/\S \S/.test(password), lacks: 'has no symbol' },
  { broken: (password) => password !== password.trim(), lacks: 'begins or ends with a space' },
];

export const policyInWords =
  `A password has ${passwordPolicy.minLength} characters or more, among them a lower-case and an upper-case letter, a ` +
  'digit and a symbol.';

/** @throws AdminError that says what the password lacks, and never the password itself. */
export function checkPassword(password: string): void {
  const lacks = rules.filter(({ broken }) => broken(password)).map((rule) => rule.lacks);
  if (lacks.length > 0)
    throw new AdminError(`The password ${list(lacks)}. ${policyInWords} Nothing was changed: choose another one.`);
}

function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

// Without the characters that are misread (I, l, 1, O, 0), and with symbols that a shell leaves alone.
const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_.+=%@:';
const generatedLength = 24;

/** A password of more than 140 bits that the policy accepts. `below` gives a random whole number under its argument. */
export function generatePassword(below: (limit: number) => number = randomInt): string {
  for (;;) {
    const password = Array.from({ length: generatedLength }, () => alphabet[below(alphabet.length)]).join('');
    // One in fifteen or so lacks a class. Drawing again keeps all that remain equally likely; patching one would not.
    if (rules.every(({ broken }) => !broken(password))) return password;
  }
}
