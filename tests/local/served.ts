import { request as httpRequest } from 'node:http';
import { afterEach } from '@jest/globals';
import { routes } from '../../contract/routes/index.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../local/gateway.ts';
import type { GatewayEvent } from '../../local/gateway-event.ts';
import { createIdentity } from '../../local/identity.ts';

export type Served = {
  url: string;
  port: number;
  /** What the functions were invoked with. */
  events: GatewayEvent[];
  names: string[];
  logged: string[];
};

export const identity = createIdentity();

const open: Gateway[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((gateway) => gateway.close()));
});

/** A gateway on a free port whose functions all answer with `reply`, until the test that asked for it ends. */
export async function serve(
  reply: unknown = { statusCode: 200, body: 'ok' },
  options: Partial<GatewayOptions> = {},
): Promise<Served> {
  const served: Served = { url: '', port: 0, events: [], names: [], logged: [] };
  const invoke = async (name: string, event: unknown) => {
    served.names.push(name);
    served.events.push(event as GatewayEvent);
    return typeof reply === 'function' ? await reply() : reply;
  };
  const log = (line: string) => void served.logged.push(line);
  const gateway = await startGateway({ port: 0, contract: { routes }, runner: { invoke }, identity, log, ...options });
  open.push(gateway);
  gateway.serve();
  return Object.assign(served, { url: `http://127.0.0.1:${gateway.port}`, port: gateway.port });
}

/** One request as its bytes are, without what fetch mends and adds. Resolves to the status. */
export function rawRequest(port: number, path: string, rawHeaders: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, agent: false, headers: [...rawHeaders] },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    request.on('error', reject).end();
  });
}
