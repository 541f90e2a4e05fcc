import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RouteId } from '../../contract/routes/index.ts';
import { problemSchema } from '../../contract/schemas/problem.ts';
import { type Call, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const block = (fields: object = {}) => ({
  _type: 'block',
  _key: 'a',
  children: [{ _type: 'span', _key: 'b', text: 'Text' }],
  ...fields,
});
const linked = (href: string) =>
  block({
    children: [{ _type: 'span', _key: 'b', text: 'x', marks: ['l'] }],
    markDefs: [{ _type: 'link', _key: 'l', href }],
  });
const create = (fields: object): [RouteId, Call] => ['createArticle', { body: { headline: 'H', ...fields } }];
const raw = (body: string, headers = {}): [RouteId, Call] => ['createArticle', { body, headers }];

let draft: { id: string };
const update = (body: unknown, headers = {}): (() => [RouteId, Call]) => {
  return () => ['updateArticle', { path: { articleId: draft.id }, headers: { 'if-match': '"1"', ...headers }, body }];
};
const publish = (call: Call): (() => [RouteId, Call]) => {
  return () => ['publishArticle', { path: { articleId: draft.id }, headers: { 'if-match': '"1"' }, ...call }];
};

type Case = [name: string, call: [RouteId, Call] | (() => [RouteId, Call]), status: number, pointer?: string];

const deep = `{"headline":"H","extras":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;

const cases: Case[] = [
  ['malformed JSON', raw('{"headline":'), 400, ''],
  ['no body', ['createArticle', {}], 415],
  ['a body that is a list', raw('[]'), 400, ''],
  ['an unknown field', create({ headlin: 'x' }), 400, '/headlin'],
  ['a wrong type', create({ breaking: 'yes' }), 400, '/breaking'],
  ['a missing headline', ['createArticle', { body: {} }], 400, '/headline'],
  ['an empty headline', create({ headline: ' \u00a0 ' }), 400, '/headline'],
  ['a headline on two lines', create({ headline: 'a\nb' }), 400, '/headline'],
  ['a 300 kB headline', create({ headline: 'h'.repeat(300_000) }), 400, '/headline'],
  ['a headline with a control character', create({ headline: 'a\u0000b' }), 400, '/headline'],
  ['a headline with half a surrogate pair', raw('{"headline":"a\\ud800"}'), 400, '/headline'],
  ['a body block of an unknown type', create({ body: [block({ _type: 'table' })] }), 400, '/body/0/_type'],
  ['raw HTML in Markdown', create({ body: { markdown: 'Fine.\n\n<script>x</script>' } }), 400, '/body/markdown'],
  ['a javascript: link', create({ body: [linked('javascript:alert(1)')] }), 400, '/body/0/markDefs/0/href'],
  ['a disguised javascript: link', create({ body: [linked('java\tscript:alert(1)')] }), 400, '/body/0/markDefs/0/href'],
  ['a javascript: link in Markdown', create({ body: { markdown: '[x](javascript:alert)' } }), 400, '/body/markdown'],
  ['a body that is a number', create({ body: 5 }), 400, '/body'],
  ['a body in an unknown form', create({ body: { html: '<p>x</p>' } }), 400, '/body'],
  ['a repeated block key', create({ body: [block(), block()] }), 400, '/body/1/_key'],
  [
    'a mark that nothing defines',
    create({ body: [block({ children: [{ _type: 'span', _key: 'b', text: 'x', marks: ['no'] }] })] }),
    400,
    '/body/0/children/0/marks/0',
  ],
  [
    'an embed from elsewhere',
    create({ body: [{ _type: 'embed', _key: 'e', provider: 'youtube', url: 'https://evil.example/x' }] }),
    400,
    '/body/0/url',
  ],
  ['an image without alt', create({ image: { url: 'https://example.org/a.jpg' } }), 400, '/image/alt'],
  ['an unknown topic', create({ topics: ['medtop:99999999'] }), 400, '/topics/0'],
  ['a tag that is there twice', create({ tags: ['War', 'war'] }), 400, '/tags/1'],
  ['a language that is none', create({ language: 'not a language' }), 400, '/language'],
  ['an embargo without an offset', create({ embargoUntil: '2026-01-01T00:00:00' }), 400, '/embargoUntil'],
  ['extras over 16 kB', create({ extras: { a: 'x'.repeat(17_000) } }), 400, '/extras'],
  ['an embargo in words', create({ embargoUntil: 'banana' }), 400, '/embargoUntil'],
  [
    'a site field with a space around its name',
    create({ extras: { ' public': { source: 'x' } } }),
    400,
    '/extras/ public',
  ],
  ['a site field called __proto__', raw('{"headline":"H","extras":{"a":{"__proto__":1}}}'), 400, '/extras/a/__proto__'],
  ['a control character in a site field', create({ extras: { a: ['x\u0000'] } }), 400, '/extras/a/0'],
  ['a tag that unfolds to eighteen times its length', create({ tags: ['ﷺ'.repeat(80)] }), 400, '/tags/0'],
  ['an author’s name that does', create({ authors: [{ name: 'ﷺ'.repeat(100) }] }), 400, '/authors/0/name'],
  ['a headline that nobody can see', create({ headline: '\u200b\u202e' }), 400, '/headline'],
  ['a link with a password', create({ canonicalUrl: 'https://user:pw@example.org/' }), 400, '/canonicalUrl'],
  ['a link without slashes', create({ canonicalUrl: 'http:example.org' }), 400, '/canonicalUrl'],
  [
    'Markdown that takes the square of its length',
    create({ body: { markdown: `${'**a '.repeat(4000)}b${'**'.repeat(4000)}` } }),
    400,
    '/body/markdown',
  ],
  [
    'Markdown nested ten thousand deep',
    create({ body: { markdown: `${'>'.repeat(10_000)}a` } }),
    400,
    '/body/markdown',
  ],
  [
    'a mark that is also the key of a link',
    create({ body: [block({ markDefs: [{ _type: 'link', _key: 'strong', href: 'https://e.org' }] })] }),
    400,
    '/body/0/markDefs/0/_key',
  ],
  [
    'a thousand unknown parameters',
    ['listPublishedArticles', { query: Array.from({ length: 1000 }, (_, index) => `p${index}=1`).join('&') }],
    400,
    '?p0',
  ],
  ['a hundred thousand brackets', raw(deep), 400],
  ['an unknown section', create({ section: 'no-such-section' }), 400, '/section'],
  ['a slug that is none', create({ slug: 'Not A Slug' }), 400, '/slug'],
  ['a 2 MB body', create({ body: { text: 'x'.repeat(2_000_000) } }), 413],
  ['a wrong media type', raw('headline=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
  ['another charset', raw('{}', { 'content-type': 'application/json; charset=iso-8859-1' }), 415],
  ['invalid UTF-8, as the gateway passes it on', raw('{"headline":"caf\uFFFD"}'), 400, '/headline'],
  [
    'invalid UTF-8, in base64',
    ['createArticle', { body: Buffer.from([0x7b, 0xff, 0x7d]).toString('base64'), base64: true }],
    400,
    '',
  ],
  [
    'a bad idempotency key',
    ['createArticle', { body: { headline: 'H' }, headers: { 'idempotency-key': 'ä' } }],
    400,
    'Idempotency-Key',
  ],
  ['an unknown query parameter', ['createArticle', { body: { headline: 'H' }, query: 'dry=1' }], 400, '?dry'],
  [
    'wire copy with no headline',
    ['importWireCopy', { body: 'ALMATY, Jan 6 (Reuters) - Something happened.\n' }],
    400,
    '/headline',
  ],
  ['empty wire copy', ['importWireCopy', { body: ' \n' }], 400, '/headline'],
  ['wire copy as JSON', ['importWireCopy', { body: '{}', headers: { 'content-type': 'application/json' } }], 415],
  ['wire copy with a year that is none', ['importWireCopy', { body: 'H\n\nText.', query: 'year=22' }], 400, '?year'],
  ['a change without If-Match', () => ['updateArticle', { path: { articleId: draft.id }, body: { deck: 'x' } }], 428],
  ['a change with a stale If-Match', update({ deck: 'x' }, { 'if-match': '"7"' }), 412],
  ['a change with an If-Match that is none', update({ deck: 'x' }, { 'if-match': '*' }), 400, 'If-Match'],
  ['null for a required field', update({ headline: null }), 400, '/headline'],
  ['a patch with an unknown field', update({ dateline: { palce: 'x' } }), 400, '/dateline/palce'],
  ['half a dateline', update({ dateline: { date: '2022-01-06' } }), 400, '/dateline/places'],
  [
    'a change of nothing there',
    [
      'updateArticle',
      { path: { articleId: '017e2f42-9600-7747-8640-000000000000' }, headers: { 'if-match': '"1"' }, body: {} },
    ],
    404,
  ],
  ['an id that is none', ['getArticle', { path: { articleId: 'x' } }], 400, 'articleId'],
  ['a contributor who publishes', publish({ role: 'contributor' }), 403],
  ['somebody without a role', publish({ role: 'none' }), 403],
  ['a publication kind that is none', publish({ body: { kind: 'new' } }), 400, '/kind'],
  ['a first publication as a correction', publish({ body: { kind: 'correction', note: 'x' } }), 400, '/kind'],
  [
    'an unpublication of a draft',
    () => ['unpublishArticle', { path: { articleId: draft.id }, headers: { 'if-match': '"1"' } }],
    409,
  ],
  ['limit 0', ['listPublishedArticles', { query: 'limit=0' }], 400, '?limit'],
  ['limit 101', ['listArticles', { query: 'limit=101' }], 400, '?limit'],
  ['a limit in words', ['listArticles', { query: 'limit=ten' }], 400, '?limit'],
  ['a limit given twice', ['listArticles', { query: 'limit=1&limit=2' }], 400, '?limit'],
  [
    'a forged cursor',
    ['listPublishedArticles', { query: `cursor=${Buffer.from('2026-01-01T00:00:00.000Z#x').toString('base64url')}` }],
    400,
    '?cursor',
  ],
  ['a cursor of no form', ['listArticles', { query: 'cursor=%00' }], 400, '?cursor'],
  ['an unknown stage', ['listArticles', { query: 'stage=lost' }], 400, '?stage'],
  ['a slug too long to be one', ['getPublishedArticle', { path: { slug: 'a'.repeat(500) } }], 404],
  ['a slug of dots', ['getPublishedArticle', { path: { slug: '../../etc' } }], 404],
  ['a slug that nothing has', ['getPublishedArticle', { path: { slug: 'nothing-here' } }], 404],
];

async function everything() {
  const scan = async (TableName: string) => (await engine.client.send(new ScanCommand({ TableName }))).Items ?? [];
  return { editorial: await scan(engine.editorialTable), content: await scan(engine.contentTable) };
}

describe('bad input', () => {
  beforeAll(async () => {
    draft = await desk.draft();
  });

  test.each(cases.map(([name, call, status, pointer]) => ({ name, call, status, pointer })))(
    '$name is answered with a problem, and nothing is written',
    async ({ call, status, pointer }) => {
      const before = await everything();
      const [route, options] = typeof call === 'function' ? call() : call;
      const answer = await desk.call(route, options);
      expect({ status: answer.status, detail: answer.json?.detail }).toMatchObject({ status });
      expect(answer.headers['content-type']).toBe('application/problem+json');
      const problem = problemSchema.parse(answer.json);
      expect(problem.status).toBe(status);
      if (pointer !== undefined) expect(problem.errors?.map((field) => field.pointer)).toContain(pointer);
      expect(await everything()).toEqual(before);
    },
  );

  test('a stale change is told the version that the article has', async () => {
    const { headers } = await desk.call('updateArticle', {
      path: { articleId: draft.id },
      headers: { 'if-match': '"9"' },
      body: { deck: 'x' },
    });
    expect(headers.etag).toBe('"1"');
  });
});
