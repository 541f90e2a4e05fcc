import { createServer, request as httpRequest } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';

/** One request that went to the database: `GetItem`, `Query`, `TransactWriteItems`, …, and the read units it used. */
export type Seen = { operation: string; readUnits: number; status: number };

/** What to do with a request instead of passing it on and back; undefined passes it. */
export type Fault = 'throttle' | 'server-error' | 'break-before' | 'lose-reply' | 'conflict' | undefined;

export type Proxy = { endpoint: string; seen: Seen[]; fault: (operation: string, nth: number) => Fault };

const faultReplies = {
  throttle: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' },
  'server-error': { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
  conflict: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException' },
} as const;

/** Stands between the code under test and the engine: counts requests, measures them, and breaks them when told to. */
export function useProxy(target: () => string): Proxy {
  const proxy: Proxy = { endpoint: '', seen: [], fault: () => undefined };
  const server = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const fault = proxy.fault(operation, proxy.seen.length);
      const seen: Seen = { operation, readUnits: 0, status: 0 };
      proxy.seen.push(seen);
      if (fault === 'break-before') return outgoing.destroy();
      if (fault && fault in faultReplies) {
        const { status, type } = faultReplies[fault as keyof typeof faultReplies];
        seen.status = status;
        const reasons =
          fault === 'conflict' ? { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] } : {};
        outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
        return outgoing.end(JSON.stringify({ __type: type, message: 'made by the test', ...reasons }));
      }
      const asked = { ...JSON.parse(Buffer.concat(chunks).toString('utf8')), ReturnConsumedCapacity: 'TOTAL' };
      const body = JSON.stringify(asked);
      const headers = { ...incoming.headers, 'content-length': Buffer.byteLength(body) };
      const passedOn = httpRequest(target(), { method: 'POST', headers }, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => parts.push(chunk));
        reply.on('end', () => {
          const answer = Buffer.concat(parts);
          seen.status = reply.statusCode ?? 0;
          seen.readUnits = JSON.parse(answer.toString('utf8')).ConsumedCapacity?.CapacityUnits ?? 0;
          if (fault === 'lose-reply') return outgoing.destroy();
          outgoing.writeHead(seen.status, { 'content-type': 'application/x-amz-json-1.0' });
          return outgoing.end(answer);
        });
      });
      passedOn.on('error', () => outgoing.destroy());
      return passedOn.end(body);
    });
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
