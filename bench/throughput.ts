import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import autocannon from 'autocannon';
import type { Subject } from './subjects.ts';

const rounds = 3;
const secondsARound = 3;
const connections = 16;

/** Requests a second that `path` of ours and a bare server around `floor` answer: medians of interleaved rounds. */
export async function compareThroughput(
  url: string,
  path: string,
  floor: Subject,
): Promise<{ ours: number; bare: number }> {
  const bare = await bareServer(floor);
  const results: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.ours.push(await load(`${url}${path}`));
    results.bare.push(await load(bare.url));
  }
  bare.close();
  return { ours: median(results.ours), bare: median(results.bare) };
}

async function load(url: string): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections,
    duration: secondsARound,
    // The load has to come from a thread of its own, or it would be measured as the server's work.
    workers: 1,
    headers: { 'accept-encoding': 'gzip' },
  });
  if (non2xx > 0 || errors > 0)
    throw new Error(`${url} answered ${non2xx} requests with an error and ${errors} not at all.`);
  return requests.average;
}

async function bareServer({ bundle }: Subject): Promise<{ url: string; close: () => void }> {
  const { handler } = await import(pathToFileURL(bundle).href);
  const server = createServer(async (_, response) => {
    const { statusCode, headers, body } = await handler();
    response.writeHead(statusCode, headers).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
