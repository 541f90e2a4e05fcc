import { gunzipSync } from 'node:zlib';
import type { TestEngine } from '../support/engine.ts';
import { type Token, tokensIn } from './words.ts';

type Attribute = {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  L?: Attribute[];
  M?: Record<string, Attribute>;
};

/** An item as it lies in a table, and what it says once everything in it is unpacked. */
export type Item = {
  key: string;
  pk: string;
  sk: string;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: items of ten kinds, looked into by the checks that know them
  fields: Record<string, any>;
  tokens: Token[];
};

export type Table = ReadonlyMap<string, Item>;
export type Tables = { editorial: Table; content: Table };

/** Items do not change from one look to the next, most of them. */
const decoded = new Map<string, Item>();

export function forgetItems(): void {
  decoded.clear();
}

function itemFrom(attributes: Record<string, Attribute>): Item {
  const raw = JSON.stringify(attributes, inOrder);
  const known = decoded.get(raw);
  if (known) return known;
  const fields = plain({ M: attributes }) as Item['fields'];
  const { pk, sk } = fields;
  const item = { key: `${pk} ${sk}`, pk, sk, raw, fields, tokens: tokensIn(JSON.stringify(fields)) };
  decoded.set(raw, item);
  return item;
}

/** The engine tells attributes in any order. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is JSON as text. */
const printed = ['row', 'summary', 'topics', 'standing'];

/** Binary is gzipped JSON, and the rows of listings are JSON as text. */
function plain(attribute: Attribute, name = ''): unknown {
  if (attribute.S !== undefined) return printed.includes(name) ? JSON.parse(attribute.S) : attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.B !== undefined) return JSON.parse(gunzipSync(Buffer.from(attribute.B, 'base64')).toString('utf8'));
  if (attribute.L) return attribute.L.map((entry) => plain(entry));
  if (attribute.M)
    return Object.fromEntries(Object.entries(attribute.M).map(([key, value]) => [key, plain(value, key)]));
  return attribute.BOOL ?? null;
}

/** Both tables whole. Over HTTP as it comes, since an SDK would take longer than all the rest. */
export async function readTables(engine: TestEngine, names: { editorial: string; content: string }): Promise<Tables> {
  const [editorial, content] = await Promise.all([
    scan(engine.endpoint, names.editorial),
    scan(engine.endpoint, names.content),
  ]);
  return { editorial, content };
}

async function scan(endpoint: string, table: string): Promise<Table> {
  const items: Item[] = [];
  let from: unknown;
  do {
    const page = await dynamo(endpoint, 'Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    items.push(...page.Items.map(itemFrom));
    from = page.LastEvaluatedKey;
  } while (from);
  return new Map(items.map((item) => [item.key, item]));
}

type Page = { Items: Record<string, Attribute>[]; LastEvaluatedKey?: unknown };

/** An engine of one's own wants a signature, and does not look whose. */
async function dynamo(endpoint: string, operation: string, body: object): Promise<Page> {
  const reply = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20300101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20300101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
    },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${operation}: ${text}`);
  return JSON.parse(text) as Page;
}
