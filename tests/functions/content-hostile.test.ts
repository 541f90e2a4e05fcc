import { describe, expect, test } from '@jest/globals';
import type { Parameter } from '../../contract/parameters.ts';
import type { Route } from '../../contract/route.ts';
import { useEngine } from '../support/engine.ts';
import { aboutAStory, contentRoutes, named, sampleOf, useContent } from './content-routes.ts';
import { useNewsroom } from './newsroom.ts';

const content = useContent(useNewsroom(useEngine()));
const { ask } = content;

const byId = (routes: readonly Route[]) => routes.map((route) => [route.id, route] as const);

/** What no parameter takes, in any encoding. */
const hostileTexts = {
  'ten thousand letters': 'a'.repeat(10_000),
  'ten thousand letters of two bytes': '%C3%A9'.repeat(10_000),
  'ten thousand commas': ','.repeat(10_000),
  'ten thousand percent signs': '%'.repeat(10_000),
  'a control character': '%00',
  'half of a surrogate pair': '%ED%A0%80',
  'half of a surrogate pair, not encoded': '\uD800',
  'half of an encoded character': '%E0%A4%A',
  'a replacement character': '%EF%BF%BD',
};

/** What some parameters take: whatever comes of it is an answer. */
const oddTexts = [
  ...['', '%20', '%', '%%%', '%252e%252e', '..%2f..%2f', '/', '\\', '%F0%9F%8C%8A', 'ﷺ', '%E2%80%AE', '٣', 'İ', 'ß'],
  ...[
    '-1',
    '0',
    '1e3',
    '0x10',
    '9'.repeat(40),
    '1.5',
    'NaN',
    'null',
    'undefined',
    'true',
    '[]',
    '{}',
    '[object%20Object]',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '<script>',
    '%22%3E',
    'x%0D%0ASet-Cookie:%20a=1',
    "'%20OR%201=1",
    '*',
    '2022-13',
    '2022-02-31',
  ],
  ...[
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '0000-01-01T00:00:00%2B23:59',
    '2022-01-06T12:00:00%2B99:99',
    '-000001-01-01T00:00:00Z',
  ],
];

/** The text of a path as a gateway hands it on: decoded. */
const hostilePaths = [
  ...[
    '',
    '.',
    '..',
    '../..',
    'a/../b',
    '..%2f..',
    '%2e%2e',
    '%',
    '//',
    '\\..\\',
    'a b',
    ' ',
    'Ünïcode',
    'ünïcode',
    '🌊',
    'A-STORY',
  ],
  ...[
    'a-story/',
    'a-story ',
    'a--story',
    '-a-story',
    'a-story\n',
    'a-story\0',
    '\0',
    '\uD800',
    '\uFFFD',
    '\u202E',
    'x\r\nLocation: /',
  ],
  ...[
    '__proto__',
    'constructor',
    'by-id',
    'undefined',
    'null',
    '{slug}',
    '*',
    '?',
    '#',
    'a'.repeat(120),
    'a'.repeat(2048),
    'a'.repeat(10_000),
  ],
  ...['é'.repeat(2000), '%00'.repeat(600), 'a-'.repeat(1000), '../'.repeat(600)],
];

/** What has no form of its own is answered like what is not there. */
const isLookedFor = (parameter: Parameter, text: string): boolean =>
  parameter.type === 'string' && !parameter.pattern && text.length < parameter.maxLength;

test('the routes are those that there are', () => {
  expect(contentRoutes.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['getPublishedArticle', 'getFeed', 'listChanges']),
  );
  expect(contentRoutes.length).toBeGreaterThanOrEqual(14);
});

describe.each(byId(contentRoutes))('%s', (_, route) => {
  const parameters = Object.entries(route.query ?? {});

  test('answers when it is asked properly', async () => {
    const { status, headers } = await ask(route);
    expect(status).toBe(route.reply.status);
    const header = status === 301 ? 'location' : 'etag';
    expect(headers[header]).toEqual(expect.any(String));
    expect(headers['cache-control']).toMatch(/^public, max-age=\d+/);
  });

  test.each([
    ['x', 'x=1'],
    ['', '=1'],
    ['Limit', 'Limit=1'],
    ['limit[]', 'limit[]=1'],
    ['__proto__', '__proto__=1'],
    ['constructor', 'constructor'],
    ['\0', '%00=1'],
    ['\uFFFD', '%C3=1'],
    ['🌊', '🌊=1'],
    ['a'.repeat(100), 'a'.repeat(10_000)],
    ['🌊'.repeat(50), '🌊'.repeat(5000)],
  ])('refuses the unknown parameter %j by its name', async (name, query) => {
    const answer = await ask(route, { query });
    expect({ status: answer.status, named: named(answer) }).toEqual({ status: 400, named: [`?${name}`] });
  });

  test('refuses thousands of unknown parameters, and names some', async () => {
    const answer = await ask(route, { query: Array.from({ length: 3000 }, (_, index) => `p${index}=1`).join('&') });
    expect(answer.status).toBe(400);
    expect(named(answer).length).toBeLessThanOrEqual(50);
  });

  test('refuses each parameter that is given twice', async () => {
    for (const [name, parameter] of parameters) {
      const value = encodeURIComponent(sampleOf(parameter));
      const answer = await ask(route, { query: `${name}=${value}&${name}=${value}` });
      expect({ status: answer.status, named: named(answer) }).toEqual({
        status: 400,
        named: expect.arrayContaining([`?${name}`]),
      });
    }
  });

  test.each(Object.entries(hostileTexts))('refuses %s in each parameter by its name', async (_, text) => {
    for (const [name, parameter] of parameters) {
      const answer = await ask(route, { query: `${name}=${text}` });
      if (isLookedFor(parameter, text)) {
        expect(answer.status).toBe(404);
        continue;
      }
      const status = name === 'format' ? 406 : 400;
      expect({ status: answer.status, named: named(answer) }).toEqual({ status, named: [`?${name}`] });
    }
  });

  test('answers whatever else stands in a parameter', async () => {
    for (const [name] of parameters) for (const text of oddTexts) await ask(route, { query: `${name}=${text}` });
  });

  test('answers when all parameters are there at once, and all are wrong', async () => {
    const query = parameters.map(([name]) => `${name}=%00`).join('&');
    const { status } = await ask(route, { query });
    const isRefused = parameters.some(([, parameter]) => !isLookedFor(parameter, '%00'));
    expect(status).toBe(isRefused ? 400 : parameters.length > 0 ? 404 : 200);
  });

  test('finds nothing on a path that is none', async () => {
    for (const name of Object.keys(route.pathParameters ?? {}))
      for (const text of hostilePaths) {
        const answer = await ask(route, { path: { [name]: text } });
        expect([400, 404, 406]).toContain(answer.status);
        if (answer.status !== 404) expect(named(answer)).toEqual([name]);
      }
  });

  test.each([
    ['if-none-match', ['*', '""', 'W/', '"', ','.repeat(5000), 'x'.repeat(5000), '\0']],
    [
      'if-modified-since',
      ['', 'x', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', '9'.repeat(5000)],
    ],
    ['accept-encoding', ['', 'br', 'gzip;q=0', 'gzip;q=', ';;;,,,', 'gzip,'.repeat(1000)]],
    ['accept', ['', 'application/pdf', '*/*;q=0', 'x'.repeat(5000)]],
    ['x-forwarded-proto', ['javascript', 'http', '']],
    ['x-forwarded-host', ['evil.example', '"><script>']],
    ['origin', ['null', 'https://evil.example']],
    ['range', ['bytes=0-1', 'bytes=-1']],
  ])('answers whatever the header %s says', async (name, values) => {
    for (const value of values) {
      const { status, body, headers } = await ask(route, { headers: { [name]: value } });
      expect([route.reply.status, 304]).toContain(status);
      expect(body + JSON.stringify(headers)).not.toContain('evil');
    }
  });
});

describe.each(byId(aboutAStory))('%s', (_, route) => {
  const end = (slug: string) =>
    route.path.replace('{slug}', slug).replace('{version}', encodeURIComponent(content.path.version ?? ''));

  test('tells that a story was killed, and what readers are told', async () => {
    const { status, json } = await ask(route, { path: { slug: content.killed } });
    expect({ status, json }).toMatchObject({ status: 410, json: { code: 'gone', notice: 'It was untrue.' } });
  });

  test('knows nothing of a story that was withdrawn', async () => {
    expect((await ask(route, { path: { slug: content.withdrawn } })).status).toBe(404);
  });

  test('leads on from an earlier slug, with the rest of the path and the query', async () => {
    const parameters = Object.entries(route.query ?? {}).filter(
      ([name]) => !['at', 'cursor', 'include'].includes(name),
    );
    const query = parameters.map(([name, parameter]) => `${name}=${encodeURIComponent(sampleOf(parameter))}`).join('&');
    for (const asked of ['', query]) {
      const { status, headers } = await ask(route, { path: { slug: content.renamed }, query: asked });
      expect({ status, location: headers.location }).toEqual({
        status: 301,
        location: `${end('a-story')}${asked && `?${asked}`}`,
      });
    }
  });
});
