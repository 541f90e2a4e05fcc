import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Index, keys, type Table } from '../../store/tables.ts';

/**
 * What DynamoDB charges for writes, worked out from items before and after. The rules were measured on DynamoDB itself by
 * https://github.com/paritysuite/dynamodb-conformance (issues 124 and 149) and https://github.com/nubo-db/dynoxide (pull
 * requests 177 and 188): a transaction doubles what the table takes and not what its indexes take, an item counts as the
 * larger of what it was and what it becomes, and an index is charged for what changes in it.
 */
export type StoredItem = Readonly<Record<string, AttributeValue>>;
export type Change = { before: StoredItem | undefined; after: StoredItem | undefined };

/** Billed for each item and each index entry beside its own size, in bytes. */
const storageOverhead = 100;
const writeUnit = 1_024;

/** Write units of one action in a transaction: of the table, and of all its indexes. */
export function writeUnits(table: Table, change: Change): { table: number; indexes: number } {
  return { table: 2 * units(larger(change)), indexes: indexUnits(table, change) };
}

function indexUnits(table: Table, { before, after }: Change): number {
  let sum = 0;
  for (const index of Object.values(table.indexes)) {
    const [was, is] = [entryOf(index, before), entryOf(index, after)];
    if (isDeepStrictEqual(was, is)) continue;
    const moved = was && is && keyOf(index, was) !== keyOf(index, is);
    // A moved entry is deleted and inserted, each charged by itself.
    sum += moved ? units(itemSize(was)) + units(itemSize(is)) : units(larger({ before: was, after: is }));
  }
  return sum;
}

/** Bytes that the change adds to what is stored and billed: in the table, and in its indexes. */
export function storedBytes(table: Table, { before, after }: Change): { table: number; indexes: number } {
  const grown = (was: StoredItem | undefined, is: StoredItem | undefined) => billedSize(is) - billedSize(was);
  const entries = Object.values(table.indexes).map((index) => grown(entryOf(index, before), entryOf(index, after)));
  return { table: grown(before, after), indexes: entries.reduce((sum, bytes) => sum + bytes, 0) };
}

const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / writeUnit));
const larger = ({ before, after }: Change): number =>
  Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
const billedSize = (item: StoredItem | undefined): number => (item ? itemSize(item) + storageOverhead : 0);

/** What an index holds of an item: undefined when the item lacks one of its keys. */
function entryOf(index: Index, item: StoredItem | undefined): StoredItem | undefined {
  if (!item?.[index.partitionKey] || !item[index.sortKey]) return undefined;
  const held = new Set([keys.partition, keys.sort, index.partitionKey, index.sortKey, ...index.projects]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => held.has(name)));
}

function keyOf(index: Index, entry: StoredItem): string {
  return JSON.stringify([entry[index.partitionKey], entry[index.sortKey]]);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function itemSize(item: StoredItem): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return bytesOf(value.B);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 1;
  if (value.M !== undefined) return 3 + itemSize(value.M) + Object.keys(value.M).length;
  if (value.L !== undefined) return 3 + value.L.reduce((sum, member) => sum + 1 + valueSize(member), 0);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  throw new Error(`${Object.keys(value).join()} is a type that no item here has.`);
}

/** Binary comes as bytes from the SDK, and in base64 in a request. */
function bytesOf(binary: Uint8Array | string): number {
  return typeof binary === 'string' ? Buffer.byteLength(binary, 'base64') : binary.byteLength;
}
