import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http';

/** An address that leads to the emulator. */
export type Doorway = { url: string; close: () => Promise<void> };

/**
 * Stands before the emulator and says of each request that it came over TLS, as a load balancer does: what CDK and the stack
 * make refuses requests that did not, and the emulator's own TLS is not known to its own authorizer.
 */
export async function startProxy(port: number): Promise<Doorway> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, reply) => pass(incoming, reply, port, agent)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(incoming: IncomingMessage, reply: ServerResponse, port: number, agent: Agent): void {
  const { method, url, headers } = incoming;
  const { expect: _expect, ...kept } = headers;
  const forwarded = requestOf(
    { host: '127.0.0.1', port, agent, method, path: url, headers: { ...kept, 'x-forwarded-proto': 'https' } },
    (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    },
  );
  forwarded.on('error', () => {
    if (reply.headersSent) reply.destroy();
    else reply.writeHead(502).end();
  });
  incoming.pipe(forwarded);
}
