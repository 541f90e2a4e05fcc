import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type EdgeDouble = { endpoint: string; take(): number; close(): void };

/** Stands in for CloudFront, and counts the paths that it is asked to forget. */
export async function startEdgeDouble(): Promise<EdgeDouble> {
  let paths = 0;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    paths += Buffer.concat(chunks).toString('utf8').split('<Path>').length - 1;
    const invalidation = '<Invalidation><Id>I2J0I21PCUYOIK</Id><Status>InProgress</Status></Invalidation>';
    outgoing.writeHead(201, { 'content-type': 'text/xml' }).end(invalidation);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = paths;
      paths = 0;
      return taken;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
