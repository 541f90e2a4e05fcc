import type { Readable } from 'node:stream';
import { Hash } from '@smithy/hash-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Key } from './keys.ts';
import { type Timing, Unprocessed, withRetries } from './retry.ts';

/** An attribute as DynamoDB's JSON has it; binary stays base64, which is what Lambda wants for a reply. */
export type Attribute = { S?: string; N?: string; B?: string };
export type Item = Readonly<Record<string, Attribute>>;

export type ReaderOptions = {
  region: string;
  /** Where DynamoDB answers, when it is not AWS. */
  endpoint?: string | undefined;
  credentials: () => { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };
  timing: Timing;
};

export type Query = {
  table: string;
  partition: string;
  /** Exclusive; the sort key after which the page starts. */
  after?: string | undefined;
  /** Inclusive; the sort key at which the page ends. With it, `after` is included too: no item may have that key. */
  downTo?: string | undefined;
  /** Whether sort keys rise; otherwise the latest comes first. */
  ascending?: true;
  /** Absent: as many as there are in a megabyte. */
  limit?: number;
  deadline: number;
};

/** `hasMore`: whether there may be more after the last item; a page also ends at a megabyte. */
export type Page = { items: Item[]; hasMore: boolean };

/**
 * Three reads, each one request and eventually consistent unless asked otherwise: what the public functions need of DynamoDB,
 * and nothing else.
 */
export type Reader = {
  getItem(request: { table: string; key: Key; deadline: number; consistent?: boolean }): Promise<Item | undefined>;
  query(request: Query): Promise<Page>;
  /** Those of the items that there are, in no order; at most a hundred. No request for none. */
  batchGet(request: {
    table: string;
    keys: readonly Key[];
    only?: readonly string[];
    deadline: number;
  }): Promise<Item[]>;
};

type Operation = 'GetItem' | 'Query' | 'BatchGetItem';

/** In milliseconds. How long a whole attempt may take is decided by `withRetries`. */
const connectTimeout = 500;

/** DynamoDB refuses signatures whose clock is off by more than this (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv4-troubleshooting.html). */
const skewErrors = new Set(['InvalidSignatureException', 'RequestTimeTooSkewed', 'RequestExpired']);

class DynamoError extends Error {
  readonly $metadata: { httpStatusCode: number; clockSkewCorrected: boolean };

  constructor(name: string, message: string, httpStatusCode: number, clockSkewCorrected: boolean) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode, clockSkewCorrected };
  }
}

export function openReader({ region, endpoint, credentials, timing }: ReaderOptions): Reader {
  const url = new URL(
    endpoint ?? `https://dynamodb.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`,
  );
  const http = new NodeHttpHandler({ connectionTimeout: connectTimeout });
  const signer = new SignatureV4({
    service: 'dynamodb',
    region,
    credentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = credentials();
      return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    },
    sha256: Hash.bind(null, 'sha256'),
  });
  let clockOffset = 0;

  async function send(operation: Operation, input: object, abortSignal: AbortSignal): Promise<Record<string, unknown>> {
    const signed = await signer.sign(
      new HttpRequest({
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port ? { port: Number(url.port) } : {}),
        method: 'POST',
        path: '/',
        headers: {
          host: url.host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        },
        body: JSON.stringify(input),
      }),
      { signingDate: new Date(timing.now() + clockOffset) },
    );
    const { response } = await http.handle(signed as HttpRequest, { abortSignal });
    const body = jsonIn(await textOf(response.body, abortSignal));
    if (response.statusCode === 200 && body) return body;
    // A success that can't be read is no "there is nothing": it is tried again like any broken answer.
    if (!body) throw new DynamoError('UnreadableReply', 'not JSON', Math.max(500, response.statusCode), false);
    const name = String(body.__type ?? 'UnknownError').replace(/^.*#/, '');
    const skewed = skewErrors.has(name) && correctClock(response.headers.date);
    throw new DynamoError(name, String(body.message ?? body.Message ?? name), response.statusCode, skewed);
  }

  /** Takes the server's clock for ours. False when they agree already, so that a bad signature is not sent for ever. */
  function correctClock(date: string | undefined): boolean {
    const offset = Date.parse(date ?? '') - timing.now();
    if (Number.isNaN(offset) || Math.abs(offset - clockOffset) < 60_000) return false;
    clockOffset = offset;
    return true;
  }

  const request = (operation: Operation, input: object, deadline: number) =>
    withRetries((abortSignal) => send(operation, input, abortSignal), { deadline, timing });

  return {
    async getItem({ table, key, deadline, consistent = false }) {
      const Key = { pk: { S: key.pk }, sk: { S: key.sk } };
      const { Item } = await request(
        'GetItem',
        { TableName: table, Key, ...(consistent ? { ConsistentRead: true } : {}) },
        deadline,
      );
      return Item as Item | undefined;
    },
    async query({ table, partition, after, downTo, ascending = false, limit, deadline }) {
      const input = {
        TableName: table,
        KeyConditionExpression: `pk = :pk${rangeOf({ after, downTo, ascending })}`,
        ExpressionAttributeValues: {
          ':pk': { S: partition },
          ...(after === undefined ? {} : { ':after': { S: after } }),
          ...(downTo === undefined ? {} : { ':downTo': { S: downTo } }),
        },
        ScanIndexForward: ascending,
        ...(limit === undefined ? {} : { Limit: limit }),
      };
      const { Items, LastEvaluatedKey } = await request('Query', input, deadline);
      return { items: Items as Item[], hasMore: LastEvaluatedKey !== undefined };
    },
    async batchGet({ table, keys, only, deadline }) {
      const found: Item[] = [];
      let asked: unknown = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
      if (keys.length === 0) return found;
      const projection = only ? projectionOf(only) : {};
      await withRetries(
        async (abortSignal) => {
          const input = { RequestItems: { [table]: { Keys: asked, ...projection } } };
          const { Responses, UnprocessedKeys } = (await send('BatchGetItem', input, abortSignal)) as BatchReply;
          found.push(...(Responses[table] ?? []));
          asked = UnprocessedKeys?.[table]?.Keys;
          if (asked) throw new Unprocessed();
        },
        { deadline, timing },
      );
      return found;
    },
  };
}

/** DynamoDB takes one condition on the sort key. */
function rangeOf({ after, downTo, ascending }: Pick<Query, 'after' | 'downTo'> & { ascending: boolean }): string {
  if (downTo !== undefined) return after === undefined ? ' AND sk >= :downTo' : ' AND sk BETWEEN :downTo AND :after';
  return after === undefined ? '' : ` AND sk ${ascending ? '>' : '<'} :after`;
}

/** By other names: DynamoDB reserves words such as "row" and "state". */
function projectionOf(attributes: readonly string[]) {
  const names = attributes.map((_, index) => `#${index}`);
  return {
    ProjectionExpression: names.join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute, index) => [`#${index}`, attribute])),
  };
}

type BatchReply = {
  Responses: Record<string, Item[]>;
  UnprocessedKeys?: Record<string, { Keys: unknown[] }>;
};

/** A body that stalls half-way is given up with its attempt, whatever its headers promised. */
function textOf(stream: Readable, abortSignal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const giveUp = () => stream.destroy(abortSignal.reason as Error);
    abortSignal.addEventListener('abort', giveUp, { once: true });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('error', reject);
    stream.once('end', () => {
      abortSignal.removeEventListener('abort', giveUp);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}

/** Undefined for what something in front of DynamoDB may answer: HTML, or nothing. */
function jsonIn(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
