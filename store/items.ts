import { gunzipSync, gzipSync } from 'node:zlib';
import { AppError } from '../contract/errors.ts';

/** The version of the layout that this build writes, on every item. */
export const layout = 1;

/** DynamoDB's limit for one item: 400 kB, names and values together. */
const largestItem = 400 * 1024;

export type ItemValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | ItemValue[]
  | { [name: string]: ItemValue | undefined };
export type NewItem = { [name: string]: ItemValue | undefined };

/** JSON, gzipped. The same value gives the same bytes. */
export function pack(value: unknown): Buffer {
  return gzipSync(JSON.stringify(value), { level: 9 });
}

export function unpack(packed: Uint8Array): unknown {
  return JSON.parse(gunzipSync(packed).toString('utf8'));
}

/** Throws `too_large` with the measured size when DynamoDB would refuse the item. */
export function assertFits(what: string, item: NewItem): void {
  const size = sizeOf(item) - 3;
  if (size <= largestItem) return;
  throw new AppError(
    'too_large',
    `The ${what} is ${size} bytes as it would be stored, compressed, and at most ${largestItem} fit. Shorten the body or split the story.`,
  );
}

/** Bytes as DynamoDB counts them (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
function sizeOf(value: ItemValue | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 21;
  if (typeof value === 'boolean' || value === null) return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  const entries = Array.isArray(value) ? value.map((entry) => ['', entry] as const) : Object.entries(value);
  return 3 + entries.reduce((sum, [name, entry]) => sum + 1 + Buffer.byteLength(name) + sizeOf(entry), 0);
}
