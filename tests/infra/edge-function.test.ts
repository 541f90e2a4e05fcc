import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { edgeHostHeader } from '../../contract/environment.ts';
import type { Route } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { parseParameters } from '../../functions/_shared/parse-request.ts';
import { problemReply } from '../../functions/_shared/problem.ts';
import type { HttpEvent } from '../../functions/_shared/request.ts';
import type { EdgeRoute } from '../../infra/constructs/edge-function.ts';
import { edgeFunction, type Passed, type Reply } from './edge-viewer.ts';

const table = Object.values<Route>(routes);
const ask = edgeFunction(table);
const listing = '/content/v1/articles';
const article = '/content/v1/articles/a-story';

const queryOf = (answer: Reply | Passed) =>
  'querystring' in answer ? answer.querystring : `refused ${answer.statusCode}`;

describe('a path', () => {
  test('has one spelling, the one that is purged, and a query is looked at by it', () => {
    for (const same of ['/content/v1/articles/a-stor%79', '/content/v1/%61rticles/%61%2Dstory'])
      expect(ask(same)).toMatchObject({ uri: article });
    expect(queryOf(ask('/content/v1/%61rticles?nope=1'))).toBe('refused 400');
  });

  test('keeps what can be part of no slug, for the API to refuse', () => {
    for (const kept of [
      '/content/v1/articles/a%2Fb',
      '/content/v1/articles/%E2%80%98',
      '/content/v1/articles/%',
      '/content/v1/articles/%zz',
    ])
      expect(ask(kept)).toMatchObject({ uri: kept });
    expect(ask('/content/v1/articles/a%2fb')).toMatchObject({ uri: '/content/v1/articles/a%2Fb' });
  });
});

describe('a query', () => {
  test('has one order, one spelling, and no default in it', () => {
    for (const same of [
      'limit=5&section=world',
      'section=world&limit=5',
      'section=%77orld&limit=5',
      '&&limit=5&sect%69on=world&',
    ])
      expect(queryOf(ask(`${listing}?${same}`))).toBe('limit=5&section=world');
    expect(queryOf(ask(`${listing}?limit=20`))).toBe('');
    expect(queryOf(ask(listing))).toBe('');
  });

  test('keeps a value that is wrong, for the API to refuse', () => {
    for (const wrong of ['limit=abc', 'limit=', 'limit=020', 'section=%zz', 'cursor=a%20b%26c'])
      expect(queryOf(ask(`${listing}?${wrong}`))).toBe(wrong);
  });

  test('has one spelling of each list: its values once each and in order, however they were written', () => {
    for (const same of [
      'fields=slug,headline',
      'fields=headline,slug',
      'fields=slug%2Cheadline',
      'fields=head%6Cine,slug,headline',
      'fields=slug,slug,headline,slug',
    ])
      expect(queryOf(ask(`${listing}?${same}`))).toBe('fields=headline,slug');
    expect(queryOf(ask(`${listing}?limit=5&ids=b,a&fields=id`))).toBe('fields=id&ids=a,b&limit=5');
  });

  test('keeps a list that is none, for the API to refuse: too long, undecodable, or empty in places', () => {
    const tooLong = Array.from({ length: 101 }, () => 'a').join(',');
    expect(queryOf(ask(`${listing}?ids=${tooLong}`))).toBe(`ids=${encodeURIComponent(tooLong)}`);
    expect(queryOf(ask(`${listing}?fields=b,%zz,a`))).toBe('fields=b,%zz,a');
    expect(queryOf(ask(`${listing}?fields=`))).toBe('fields=');
    expect(queryOf(ask(`${listing}?fields=b,,a,`))).toBe('fields=,a,b');
    // Only what is a list has values: a comma in a name is part of it.
    expect(queryOf(ask(`${listing}?tag=b,a`))).toBe('tag=b%2Ca');
  });

  test('leaves out the format that is served anyway, and no other', () => {
    expect(queryOf(ask(`${article}?format=json&include=related`))).toBe('include=related');
    for (const kept of ['format=html', 'format=wire', 'format=nope', 'format=JSON'])
      expect(queryOf(ask(`${article}?${kept}`))).toBe(kept);
  });

  test('of a path that no route has is left as it came', () => {
    for (const path of [
      '/',
      '/nowhere',
      '/content/v1/articles/',
      '/content/v1/articles/a/b',
      '/content/v1/feeds/',
      '/editorial/v1/%61',
    ])
      expect(ask(`${path}?b=1&a=2`)).toMatchObject({
        uri: path,
        querystring: { b: { value: '1' }, a: { value: '2' } },
      });
  });

  test('of a preflight is left as it came', () => {
    expect(ask(`${listing}?unknown=1`, { method: 'OPTIONS' })).toMatchObject({ uri: listing });
  });
});

describe('a parameter that no route has, or that is given twice', () => {
  test('is refused at the edge, as the API would refuse it', async () => {
    for (const query of ['nope=1', 'limit=5&limit=6', 'limit=5&l%69mit=6', '__proto__=1', 'toString=1&a%20b=&c+d=1'])
      await expectSameReply(routes.listPublishedArticles, listing, query);
    await expectSameReply(routes.getPublishedArticle, article, 'limit=5');
    await expectSameReply(routes.getFeed, '/content/v1/feeds/sections/world.rss', 'limit=5');
    await expectSameReply(routes.getHealth, '/health', 'verbose');
  });

  test('is refused whatever its name', () => {
    for (const name of ['%', '%20%', '%ff', '%zz=1', '=1', 'constructor', '__proto__'])
      expect(queryOf(ask(`${listing}?${name}`))).toBe('refused 400');
  });

  test('is refused to HEAD without a body', () => {
    const answer = ask(`${listing}?nope=1`, { method: 'HEAD' }) as Reply;
    expect(answer.statusCode).toBe(400);
    expect(answer).not.toHaveProperty('body');
  });

  test('is named fifty times at most, however many there are', () => {
    const answer = ask(`${listing}?${Array.from({ length: 2000 }, (_, index) => `p${index}`).join('&')}`) as Reply;
    const document = JSON.parse(answer.body?.data ?? '');
    expect(document.errors).toHaveLength(50);
    expect(document.detail).toHaveLength(2000);
    expect((ask(`${listing}?${'limit=1&'.repeat(2000)}nope=1`) as Reply).statusCode).toBe(400);
  });

  /** Status, headers and body of the real function, but for the request's id. */
  async function expectSameReply(route: Route, path: string, query: string): Promise<void> {
    const atEdge = ask(`${path}?${query}`) as Reply;
    const { handler } = await import(`../../functions/${route.function}/handler.ts`);
    const atOrigin = await handler(eventOf(route, path, query), { getRemainingTimeInMillis: () => 10_000 });
    const headers = Object.fromEntries(Object.entries(atEdge.headers).map(([name, { value }]) => [name, value]));
    expect({ ...atEdge, headers, body: atEdge.body?.data }).toEqual({
      statusCode: atOrigin.statusCode,
      statusDescription: 'Bad Request',
      headers: { ...atOrigin.headers, 'x-request-id': 'edge-1' },
      body: atOrigin.body,
    });
  }
});

describe('whatever the query', () => {
  const texts = fc.string().map((text) => text.toWellFormed());
  const value = fc.oneof(
    fc.constantFrom(
      '20',
      '5',
      '%35',
      'world',
      'a+b',
      '%zz',
      '%41%zz',
      '%ff',
      '2022-01-06T12:00:00+01:00',
      'json',
      'html',
    ),
    fc
      .array(fc.constantFrom('slug', 'headline', 'h%65adline', 'id', '', 'body', 'nope', '%2C', '%zz'), {
        maxLength: 40,
      })
      .map((items) => items.join(',')),
    texts.map(typed),
  );

  test.each([
    ['listPublishedArticles', listing],
    ['getPublishedArticle', article],
    ['listRelatedArticles', `${article}/related`],
  ] as const)('of %s, the edge refuses it as the API would, or passes on what means the same', (id, path) => {
    const route: Route = routes[id];
    const known = fc.constantFrom(...Object.keys(route.query ?? {}));
    const name = fc.oneof(
      { weight: 8, arbitrary: known },
      fc.constantFrom('l%69mit', 'f%69elds', 'Limit', 'a+b', ''),
      texts.map(encodeURIComponent),
    );
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 4 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
    fc.assert(
      fc.property(query, (text) => expectSameMeaning(route, path, text)),
      { numRuns: 1500 },
    );
  });

  function expectSameMeaning(route: Route, path: string, text: string): void {
    const answer = ask(`${path}?${text}`);
    const atOrigin = parsed(route, text) as Parsed;
    if ('querystring' in answer) {
      const passedOn = parsed(route, answer.querystring) as Parsed;
      if (!atOrigin.errors) expect(passedOn).toEqual(atOrigin);
      // Of the values of a list that are wrong, the API names the first, and the edge put them in order.
      else
        expect([passedOn.code, passedOn.errors?.map(pointerOf)]).toEqual([
          atOrigin.code,
          atOrigin.errors.map(pointerOf),
        ]);
    } else {
      const { errors, code } = JSON.parse(answer.body?.data ?? '');
      expect(code).toBe('invalid_request');
      // The API looks at values too and may have more to say.
      expect(atOrigin).toMatchObject({ errors: expect.arrayContaining(errors) });
    }
  }
});

type Parsed = { code?: string; errors?: { pointer: string }[] };
const pointerOf = ({ pointer }: { pointer: string }) => pointer;

describe('the name by which CloudFront was asked', () => {
  const said = (url: string, viewer: Parameters<typeof ask>[1]) => (ask(url, viewer) as Passed).headers[edgeHostHeader];

  test('is told to every API, in one spelling', () => {
    for (const path of [listing, article, '/health', '/nowhere', '/preview/v1/abc', '/editorial/v1/articles'])
      for (const host of ['cms.news.example', 'CMS.News.Example', 'cms.news.example:443'])
        expect(said(path, { host })).toEqual({ value: 'cms.news.example' });
  });

  test('can’t be made up by a caller', () => {
    const headers = { [edgeHostHeader]: 'elsewhere.example' };
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST'])
      expect(said(listing, { headers, method, host: 'cms.news.example' })).toEqual({ value: 'cms.news.example' });
  });
});

describe('a preview', () => {
  const token = 'AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZa';

  test('is asked for by the very token that the link has, in the form that a browser shows', () => {
    const answer = ask(`/preview/v1/${token}`, { accept: 'text/html,*/*;q=0.8' });
    expect(answer).toMatchObject({ uri: `/preview/v1/${token}`, querystring: 'format=html' });
    expect(ask(`/preview/v1/${token}?format=wire`)).toMatchObject({ querystring: 'format=wire' });
  });
});

describe('Accept', () => {
  const format = {
    type: 'enum',
    description: '',
    values: ['json', 'html', 'markdown', 'text', 'wire', 'ninjs', 'jsonld'],
  };
  const withFormats = edgeFunction([
    { method: 'GET', path: '/content/v1/articles/{slug}', permission: 'public', query: { format } },
    { method: 'GET', path: listing, permission: 'public', query: { limit: routes.listPublishedArticles.query.limit } },
  ] as EdgeRoute[]);
  const chosen = (accept?: string | string[]) => queryOf(withFormats(article, accept === undefined ? {} : { accept }));

  test.each([
    ['text/html', 'format=html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'format=html'],
    ['TEXT/Markdown; charset=utf-8', 'format=markdown'],
    ['text/plain;q=0.5, text/markdown;q=0.7, application/json;q=0.2', 'format=markdown'],
    ['application/ld+json;profile="https://schema.org"', 'format=jsonld'],
    ['text/*', 'format=html'],
    ['text/*;q=0.5, text/html;q=0.1', 'format=markdown'],
    ['application/json;q=0, */*', 'format=html'],
  ])('%s asks for %s', (accept, query) => {
    expect(chosen(accept)).toBe(query);
  });

  test.each([
    'application/json',
    '*/*',
    'application/*',
    'application/json, text/html',
    'text/html;q=0.5, application/json',
    'image/png',
    'text/html;q=0',
    'text/html;q=x',
    'application/vnd.iptc.g2.newsitem+xml',
    '',
    ',;,',
  ])('%s leaves JSON', (accept) => {
    expect(chosen(accept)).toBe('');
  });

  test('may come in several headers, or not at all', () => {
    expect(chosen(['image/png', 'text/markdown'])).toBe('format=markdown');
    expect(chosen()).toBe('');
  });

  test('does not overrule what the query names, nor what JSON alone has', () => {
    expect(queryOf(withFormats(`${article}?format=text`, { accept: 'text/html' }))).toBe('format=text');
    expect(queryOf(ask(`${article}?format=json`, { accept: 'text/html' }))).toBe('');
    for (const ofJson of ['fields=slug', 'include=related'])
      expect(queryOf(ask(`${article}?${ofJson}`, { accept: 'text/html' }))).toBe(ofJson);
    expect(queryOf(ask(`${article}?at=x`, { accept: 'text/html' }))).toBe('at=x&format=html');
  });

  test('asks wherever a route has formats: for a story, for one by its id, for a version of it', () => {
    for (const path of [article, '/content/v1/articles/by-id/7', `${article}/versions/v1`])
      expect(queryOf(ask(path, { accept: 'text/html' }))).toBe('format=html');
    for (const path of [listing, `${article}/related`, '/content/v1/feeds/latest.rss'])
      expect(queryOf(ask(path, { accept: 'text/html' }))).toBe('');
  });

  test('counts only where the route has formats, and for those that it lists', () => {
    expect(queryOf(withFormats(`${listing}?limit=5`, { accept: 'text/html' }))).toBe('limit=5');
    const values = ['json', 'text'];
    const plain = edgeFunction([
      { method: 'GET', path: listing, permission: 'public', query: { format: { ...format, values } } },
    ] as EdgeRoute[]);
    expect(queryOf(plain(listing, { accept: 'text/html, text/plain;q=0.1' }))).toBe('format=text');
  });

  test('stands in its place among the parameters', () => {
    const both = edgeFunction([
      { method: 'GET', path: listing, permission: 'public', query: { a: format, format, z: format } },
    ] as EdgeRoute[]);
    expect(queryOf(both(`${listing}?z=1&a=1`, { accept: 'text/html' }))).toBe('a=1&format=html&z=1');
  });
});

test('of two routes that match, the more exact one counts, as in API Gateway', () => {
  const parameter = { type: 'string', description: '', maxLength: 9 };
  const route = (path: string, name: string) => ({
    method: 'GET',
    path,
    permission: 'public',
    query: { [name]: parameter },
  });
  const asked = edgeFunction([
    route('/content/v1/{feed+}', 'greedy'),
    route('/content/v1/{slug}', 'one'),
    route('/content/v1/sitemap.xml', 'literal'),
    { ...route('/content/v1/sitemap.xml', 'never'), permission: 'editor' },
  ] as EdgeRoute[]);
  expect(queryOf(asked('/content/v1/sitemap.xml?literal=1'))).toBe('literal=1');
  expect(queryOf(asked('/content/v1/sitemapXxml?one=1'))).toBe('one=1');
  expect(queryOf(asked('/content/v1/feeds/world/latest?greedy=1'))).toBe('greedy=1');
  expect(queryOf(asked('/content/v1/feeds/world?one=1'))).toBe('refused 400');
});

/** As somebody may type it: only what would begin another pair, or end the URL, is escaped. */
function typed(value: string): string {
  return value.toWellFormed().replaceAll(/[&#\s]/g, encodeURIComponent);
}

function eventOf(route: Route, path: string, query: string): HttpEvent {
  return {
    version: '2.0',
    routeKey: `GET ${route.path}`,
    rawPath: path,
    rawQueryString: query,
    headers: {},
    pathParameters: { slug: 'a-story', feed: 'sections/world.rss' },
    requestContext: { requestId: 'edge-1', http: { method: 'GET', path, sourceIp: '192.0.2.1' } },
    isBase64Encoded: false,
  } as unknown as HttpEvent;
}

/** What the API makes of a query: its values, or the problem document. */
function parsed(route: Route, query: string): unknown {
  try {
    return parseParameters(route, eventOf(route, listing, query)).query;
  } catch (error) {
    return JSON.parse(problemReply(error, 'edge-1').body);
  }
}
