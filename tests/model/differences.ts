import type { Item, Table } from './tables.ts';
import { readable } from './words.ts';

/** Where a value is not what is expected: objects may say more, and `undefined` means that nothing may be there. */
export function difference(expected: unknown, found: unknown, at = ''): string | undefined {
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length)
    return firstOf(
      expected.map((_, index) => String(index)),
      (name) => difference(expected[+name], found[+name], `${at}/${name}`),
    );
  if (isObject(expected) && isObject(found))
    return firstOf(Object.keys(expected), (name) => difference(expected[name], found[name], `${at}/${name}`));
  return Object.is(expected ?? null, found ?? null)
    ? undefined
    : `${at} is ${tell(found)} and should be ${tell(expected)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function firstOf(names: string[], look: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const found = look(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const tell = (value: unknown): string => readable(value === undefined ? 'nothing' : JSON.stringify(value));

/** Keys that are missing, or there and should not be. */
export function keyProblems(table: string, expected: Iterable<string>, found: Iterable<string>): string[] {
  const [wanted, there] = [new Set(expected), new Set(found)];
  return [
    ...[...wanted].flatMap((key) => (there.has(key) ? [] : [`${table}: ${key} is missing`])),
    ...[...there].flatMap((key) => (wanted.has(key) ? [] : [`${table}: ${key} should not be there`])),
  ];
}

export const itemsUnder = (table: Table, matches: (item: Item) => boolean): Item[] =>
  [...table.values()].filter(matches);
