import { unreadableText } from './readable-text.ts';

/** Enough for a site's own fields, small enough to leave the article its room in a 400 kB item. */
const largestExtras = 16_384;
const deepestExtras = 16;

type Problem = { path: string[]; message: string };

/**
 * What is wrong with a site's own fields. Nothing in them is rewritten: `" public"` made into `public` would publish what
 * was meant to be private, so such a key is refused instead.
 */
export function extrasProblems(extras: Record<string, unknown>): Problem[] {
  if (isDeeper(extras, deepestExtras))
    return [{ path: [], message: `must not be nested deeper than ${deepestExtras} levels` }];
  const bytes = new TextEncoder().encode(JSON.stringify(extras)).length;
  if (bytes > largestExtras)
    return [{ path: [], message: `must be at most 16 kB as JSON, and this is ${bytes} bytes` }];
  return [...problemsIn(extras, [])];
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function* problemsIn(value: unknown, path: string[]): Generator<Problem> {
  if (typeof value === 'string') {
    const message = unreadableText(value);
    if (message) yield { path, message };
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const message = keyProblem(key);
    if (message) yield { path: [...path, key], message };
    else yield* problemsIn(inner, [...path, key]);
  }
}

function keyProblem(key: string): string | undefined {
  if (key === '__proto__') return 'is not a name that a field may have';
  if (key === '' || key.length > 100) return 'must have a name of 1 to 100 characters';
  if (key !== key.normalize('NFC').trim()) return 'must have a name in NFC without spaces around it';
  return unreadableText(key);
}
