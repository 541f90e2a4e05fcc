import { Hash } from '@smithy/hash-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Key } from './keys.ts';
import { type Timing, withRetries } from './retry.ts';

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
  limit: number;
  deadline: number;
};

/** Two eventually consistent reads, each one request: what the public functions need of DynamoDB, and nothing else. */
export type Reader = {
  getItem(request: { table: string; key: Key; deadline: number }): Promise<Item | undefined>;
  /** A page in descending order of the sort key. */
  query(request: Query): Promise<Item[]>;
};

/** How long one attempt may take, in milliseconds. A slow one is given up for a new connection. */
const attemptTimeout = 1500;
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
  const url = new URL(endpoint ?? `https://dynamodb.${region}.amazonaws.com`);
  const http = new NodeHttpHandler({
    connectionTimeout: connectTimeout,
    requestTimeout: attemptTimeout,
    throwOnRequestTimeout: true,
  });
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

  async function send(operation: 'GetItem' | 'Query', input: object): Promise<Record<string, unknown>> {
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
    const { response } = await http.handle(signed as HttpRequest);
    const body = JSON.parse(await textOf(response.body)) as Record<string, unknown>;
    if (response.statusCode === 200) return body;
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

  const request = (operation: 'GetItem' | 'Query', input: object, deadline: number) =>
    withRetries(() => send(operation, input), { deadline, timing });

  return {
    async getItem({ table, key, deadline }) {
      const Key = { pk: { S: key.pk }, sk: { S: key.sk } };
      const { Item } = await request('GetItem', { TableName: table, Key }, deadline);
      return Item as Item | undefined;
    },
    async query({ table, partition, after, limit, deadline }) {
      const input = {
        TableName: table,
        KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :after',
        ExpressionAttributeValues: {
          ':pk': { S: partition },
          ...(after === undefined ? {} : { ':after': { S: after } }),
        },
        ScanIndexForward: false,
        Limit: limit,
      };
      const { Items } = await request('Query', input, deadline);
      return Items as Item[];
    },
  };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
