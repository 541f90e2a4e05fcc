import type * as z from 'zod/mini';
import type { FieldError } from './errors.ts';

type Issue = z.core.$ZodIssue;

/**
 * What zod found wrong with `value`, as JSON pointers and sentences that continue them: `/headline must not be empty`.
 * At most 50, so that a body of a thousand bad blocks is not answered with a thousand lines.
 */
export function fieldErrors(error: z.core.$ZodError, value: unknown): FieldError[] {
  return error.issues.flatMap((issue) => describe(issue, value, [])).slice(0, 50);
}

function describe(issue: Issue, root: unknown, base: PropertyKey[]): FieldError[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), detail: 'is not a field here' }));
    case 'invalid_union':
      return describeUnion(issue, root, path);
    case 'invalid_type':
      return [{ pointer: pointerTo(path), detail: typeDetail(issue.expected, valueAt(root, path)) }];
    case 'invalid_value':
      return [{ pointer: pointerTo(path), detail: `must be one of ${issue.values.map(String).join(', ')}` }];
    case 'too_small':
      return [{ pointer: pointerTo(path), detail: custom(issue) ?? `must be at least ${issue.minimum}` }];
    case 'too_big':
      return [{ pointer: pointerTo(path), detail: custom(issue) ?? `must be at most ${issue.maximum}` }];
    default:
      return [{ pointer: pointerTo(path), detail: issue.message }];
  }
}

function describeUnion(issue: Issue & { code: 'invalid_union' }, root: unknown, path: PropertyKey[]): FieldError[] {
  if (issue.errors.length === 0) {
    const options = (issue as { options?: unknown[] }).options ?? [];
    return [{ pointer: pointerTo(path), detail: `must be one of ${options.map(String).join(', ')}` }];
  }
  // The option that the value was meant to be is the one whose outer type fits.
  const meant = issue.errors.find((option) =>
    option.every((inner) => inner.path.length > 0 || inner.code === 'custom'),
  );
  if (meant) return meant.flatMap((inner) => describe(inner, root, path));
  return [{ pointer: pointerTo(path), detail: custom(issue) ?? 'has none of the forms that it may have' }];
}

/** zod/mini without a locale says "Invalid input" where a schema gives no sentence of its own. */
function custom(issue: Issue): string | undefined {
  return issue.message === 'Invalid input' ? undefined : issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function typeDetail(expected: string, value: unknown): string {
  if (value === undefined) return 'is required';
  if (expected === 'int' && typeof value === 'number') return 'must be a whole number';
  const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return `must be ${typeNames[expected] ?? expected}, not ${found === 'boolean' ? String(value) : typeNames[found]}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return value;
}

/** RFC 6901. The whole document is the empty pointer. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
