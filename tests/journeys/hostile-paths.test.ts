import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type System, startSystem, stopSystem } from '../support/system.ts';

const seedSlug = 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues';

let system: System;
beforeAll(async () => {
  system = await startSystem();
}, 30_000);
afterAll(async () => {
  await stopSystem(system);
});

type Reply = { status: number; headers: Record<string, string>; body: string };

/** One request as its bytes are: `fetch` would mend the path before it sends it. */
async function send(requestLine: string, headers: readonly string[] = []): Promise<Reply> {
  const { hostname, port } = new URL(system.url);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(socket, 'close');
  // A request that is refused half-way breaks the connection under what is still being sent.
  socket.on('error', () => undefined);
  socket.write(
    Buffer.from(`${[requestLine, 'Host: localhost', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`, 'latin1'),
  );
  await ended;
  const [head = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    ),
    body: rest.join('\r\n\r\n'),
  };
}

const get = (target: string, headers?: readonly string[]) => send(`GET ${target} HTTP/1.1`, headers);
const articles = '/content/v1/articles';

test('what is asked for properly is there', async () => {
  const { status, body } = await get(`${articles}/${seedSlug}`);
  expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining('"headline"') });
  expect((await get(`${articles}/%6b${seedSlug.slice(1)}`)).status).toBe(200);
});

describe('no path leads out of what is public', () => {
  test.each([
    ['encoded dots and slashes', `${articles}/..%2f..%2feditorial`],
    ['the same in capitals', `${articles}/..%2F..%2F..%2Feditorial%2Fv1%2Farticles`],
    ['encoded dots', `${articles}/%2e%2e/%2e%2e/editorial/v1/articles`],
    ['dots', `${articles}/../../../editorial/v1/articles`],
    ['a dot', `${articles}/./${seedSlug}`],
    ['backslashes', `${articles}/..\\..\\editorial`],
    ['encoded twice', `${articles}/%252e%252e%252feditorial`],
    ['dots of another encoding', `${articles}/%c0%ae%c0%ae/`],
    ['slashes', `${articles}//`],
    ['more slashes', `//content//v1//articles//${seedSlug}`],
    ['a slash at the end', `${articles}/${seedSlug}/`],
    ['a null byte', `${articles}/${seedSlug}%00`],
    ['a null byte alone', `${articles}/%00`],
    ['a line break', `${articles}/x%0d%0aLocation:%20https://evil.example`],
    ['half of an encoding', `${articles}/%`],
    ['a letter that is no digit', `${articles}/%zz`],
    ['half of a surrogate pair', `${articles}/%ED%A0%80`],
    ['bytes that are not ASCII', `${articles}/\u00fcn\u00efcode`],
    ['a feed above the feeds', '/content/v1/feeds/..%2f..%2f..%2feditorial.rss'],
    ['a feed of slashes', '/content/v1/feeds//.rss'],
    ['a feed without a name', '/content/v1/feeds/'],
    ['a version above the versions', `${articles}/${seedSlug}/versions/..%2f..`],
    ['changes of nothing', `${articles}/${seedSlug}/versions//changes`],
    ['an id by dots', `${articles}/by-id/..`],
    ['no id', `${articles}/by-id/`],
    ['an address as a path', `http://evil.example${articles}/nothing`],
    ['a star', '*'],
    ['semicolons', `${articles};jsessionid=1/${seedSlug}`],
    ['an overlong slug', `${articles}/${'a'.repeat(10_000)}`],
    ['an overlong slug that could be one', `${articles}/${'a-'.repeat(1000)}a`],
    ['many segments', `${articles}${'/a'.repeat(4000)}`],
  ])('%s', async (_, target) => {
    const { status, headers, body } = await get(target);
    expect({
      target: target.slice(0, 200),
      status,
      isRefused: [400, 404, 406, 414, 431].includes(status),
    }).toMatchObject({ isRefused: true });
    expect(JSON.stringify(headers) + body).not.toMatch(/evil|\n +at |node:|\.ts\b|"stage"/);
    expect(headers.location).toBeUndefined();
    expect(headers['content-type'] ?? 'none').toMatch(/json|none/);
  });

  test('dots in the name of a tag are dots: its feed is empty', async () => {
    const { status, body } = await get('/content/v1/feeds/tags/../../../editorial/v1/articles.json');
    expect({ status, items: JSON.parse(body).items }).toEqual({ status: 200, items: [] });
  });

  test('a request line longer than any is refused, and the next one is answered', async () => {
    const { status } = await get(`${articles}?tag=${'a'.repeat(40_000)}`);
    expect([400, 414, 431]).toContain(status);
    expect((await get(`${articles}/${seedSlug}`)).status).toBe(200);
  });
});

describe('what a query has is taken as it is', () => {
  test.each([
    ['a null byte', 'tag=%00', 400],
    ['a line break, which no tag has', 'tag=a%0d%0aSet-Cookie:a=1', 200],
    ['half of an encoding', 'tag=%', 200],
    ['half of a letter', 'tag=%C3', 400],
    ['a second question mark', 'tag=a?tag=b', 200],
    ['two tags', 'tag=a&tag=b', 400],
    ['ten thousand letters', `tag=${'a'.repeat(10_000)}`, 400],
    ['nothing but separators', '&&&&', 200],
    ['a name without a value', 'section', 400],
    ['a plus', 'tag=a+b', 200],
  ])('%s', async (_, query, expected) => {
    const { status, headers } = await get(`${articles}?${query}`);
    expect(status).toBe(expected);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('and HEAD has the same headers, and no body', async () => {
    for (const target of [
      `${articles}?limit=1`,
      `${articles}?tag=%00`,
      `${articles}/..%2f..`,
      '/content/v1/feeds/latest.rss',
    ]) {
      const { headers, status } = await get(target);
      const head = await send(`HEAD ${target} HTTP/1.1`);
      const lasting = ({
        'x-request-id': _,
        date: __,
        'content-length': ___,
        'transfer-encoding': ____,
        ...others
      }: Record<string, string>) => others;
      expect({ ...head, headers: lasting(head.headers) }).toEqual({ status, body: '', headers: lasting(headers) });
    }
  });
});
