import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';

/** One request that went to the database: `GetItem`, `Query`, `TransactWriteItems`, …, and the read units it used. */
export type Seen = {
  operation: string;
  readUnits: number;
  status: number;
  signedAt: string;
  /** The request as DynamoDB's JSON. */
  asked: Record<string, unknown>;
};

/** What to do with a request instead of passing it on and back; undefined passes it. */
export type Fault =
  | 'throttle'
  | 'conflict'
  /** For good: nothing is tried again. */
  | 'refuse'
  | 'server-error'
  | 'html-error'
  | 'html-success'
  | 'clock-skew'
  | 'break-before'
  | 'lose-reply'
  | 'hang'
  | 'stall'
  | undefined;

export type Proxy = { endpoint: string; seen: Seen[]; fault: (operation: string, nth: number) => Fault };

const hour = 3_600_000;

const faultReplies = {
  throttle: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' },
  'server-error': { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
  // An hour ahead of this machine, as its Date header says.
  'clock-skew': { status: 400, type: 'com.amazon.coral.service#InvalidSignatureException' },
  refuse: { status: 400, type: 'com.amazon.coral.validate#ValidationException' },
  conflict: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException' },
} as const;

/** Stands between the code under test and the engine: counts requests, measures them, and breaks them when told to. */
export function useProxy(target: () => string): Proxy {
  const proxy: Proxy = { endpoint: '', seen: [], fault: () => undefined };
  const server = createServer(async (incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const fault = proxy.fault(operation, proxy.seen.length);
    const signedAt = String(incoming.headers['x-amz-date']);
    const seen: Seen = { operation, readUnits: 0, status: 0, signedAt, asked: {} };
    proxy.seen.push(seen);
    const body = await textOf(incoming);
    seen.asked = JSON.parse(body);
    if (fault && fault !== 'lose-reply') answerWith(fault, outgoing, seen);
    else await passOn(target(), { incoming, outgoing, seen, loseReply: fault === 'lose-reply' });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    proxy.endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return proxy;
}

function answerWith(fault: Exclude<Fault, 'lose-reply' | undefined>, outgoing: ServerResponse, seen: Seen): void {
  if (fault === 'hang') return;
  if (fault === 'break-before') {
    outgoing.destroy();
  } else if (fault === 'stall') {
    outgoing.writeHead(200, { 'content-length': '1000' }).write('{"Item":');
  } else if (fault === 'html-success') {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
  } else if (fault === 'html-error') {
    outgoing.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Busy</h1>');
  } else {
    const { status, type } = faultReplies[fault];
    seen.status = status;
    const reasons =
      fault === 'conflict' ? { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] } : {};
    const date = fault === 'clock-skew' ? { date: new Date(Date.now() + hour).toUTCString() } : {};
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...date });
    outgoing.end(JSON.stringify({ __type: type, message: 'made by the test', ...reasons }));
  }
}

type Passing = { incoming: IncomingMessage; outgoing: ServerResponse; seen: Seen; loseReply: boolean };

async function passOn(target: string, { incoming, outgoing, seen, loseReply }: Passing): Promise<void> {
  const asked = JSON.stringify({ ...seen.asked, ReturnConsumedCapacity: 'TOTAL' });
  const headers = { ...incoming.headers, 'content-length': Buffer.byteLength(asked) };
  const passedOn = httpRequest(target, { method: 'POST', headers }, async (reply) => {
    const answer = await textOf(reply);
    seen.status = reply.statusCode ?? 0;
    // A batch tells it for each table.
    const consumed: { CapacityUnits: number }[] = [JSON.parse(answer).ConsumedCapacity ?? []].flat();
    seen.readUnits = consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    if (loseReply) outgoing.destroy();
    else outgoing.writeHead(seen.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer);
  });
  passedOn.on('error', () => outgoing.destroy());
  passedOn.end(asked);
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
