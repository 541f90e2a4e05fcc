import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { articleFields, summaryFields } from '../../contract/published-fields.ts';
import { publishedArticleSchema, publishedSummarySchema } from '../../contract/schemas/published-article.ts';
import { useEngine } from '../support/engine.ts';
import { useNewsroom } from './newsroom.ts';

const engine = useEngine();
const { act, call, published } = useNewsroom(engine);

const read = async (slug: string | null, query = '', headers: Record<string, string> = {}) =>
  await call('getPublishedArticle', { path: { slug: slug ?? '' }, query, headers });

/** The seed story, as a desk would import it. */
async function seedStory() {
  const copy = await readFile(new URL('../../seeds/kazakhstan-almaty-unrest.txt', import.meta.url), 'utf8');
  const { json } = await call('importWireCopy', { body: copy });
  const edited = await act('updateArticle', json.article, {
    body: { section: 'conflicts-and-war', topics: ['medtop:20000065'], deck: 'A deck' },
  });
  return await act('publishArticle', edited);
}

describe('a published article', () => {
  test.each([
    ['json', 'application/json'],
    ['html', 'text/html; charset=utf-8'],
    ['markdown', 'text/markdown; charset=utf-8'],
    ['text', 'text/plain; charset=utf-8'],
    ['wire', 'text/plain; charset=utf-8'],
    ['ninjs', 'application/json'],
    ['jsonld', 'application/ld+json'],
  ])('can be had as %s, whole, without page furniture, and cached', async (format, type) => {
    const { slug } = await seedStory();
    const { status, headers, body } = await read(slug, `format=${format}`);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
    expect(headers).toMatchObject({
      'content-language': 'en',
      'cache-control': 'public, max-age=10, s-maxage=60, stale-while-revalidate=120, stale-if-error=120',
      vary: 'Accept, Accept-Encoding',
    });
    expect(body).toContain('Kazakh police kill');
    expect(body).toContain('Nur-Sultan/Moscow Jan 6 (EFE).-');
    expect(body).not.toMatch(/Back to top|Related Articles/);
    const again = await read(slug, `format=${format}`, { 'if-none-match': headers.etag ?? '' });
    expect(again).toMatchObject({ status: 304, body: '' });
  });

  test('has an ETag of its own in each form, and another one once it changed', async () => {
    const live = await published();
    const etags = async () =>
      await Promise.all(
        ['json', 'html', 'text', 'ninjs'].map(
          async (format) => (await read(live.slug, `format=${format}`)).headers.etag,
        ),
      );
    const before = await etags();
    expect(new Set(before).size).toBe(4);
    await act('publishArticle', await act('updateArticle', live, { body: { deck: 'Another' } }));
    for (const [index, etag] of (await etags()).entries()) expect(etag).not.toBe(before[index]);
  });

  test('in a form that there is not is refused with those that there are', async () => {
    const { slug } = await published();
    const answer = await read(slug, 'format=pdf');
    expect(answer).toMatchObject({
      status: 406,
      json: {
        code: 'not_acceptable',
        errors: [{ pointer: '?format', detail: 'must be one of json, html, markdown, text, wire, ninjs, jsonld' }],
      },
    });
    expect((await read(slug, 'format=pdf&x=1')).status).toBe(400);
    expect((await read(slug, 'format=html&format=text')).status).toBe(400);
  });

  test('as HTML loads nothing but pictures, whoever wrote it', async () => {
    const { slug } = await published({ headline: 'A <script>alert(1)</script>', deck: '"><img src=x onerror=y>' });
    const { headers, body } = await read(slug, 'format=html');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; img-src /);
    expect(body).not.toMatch(/<script|onerror=y>/);
    expect(body).toContain('A &lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('fields', () => {
  test('are those of the schemas', () => {
    const { relatedArticles: _, ...article } = publishedArticleSchema.shape;
    expect([...articleFields].sort()).toEqual(Object.keys(article).sort());
    expect([...summaryFields].sort()).toEqual(Object.keys(publishedSummarySchema.shape).sort());
  });

  test('are answered alone, the same whatever order they were asked in', async () => {
    const { slug } = await published({ headline: 'Only some of it', deck: 'D' });
    const one = await read(slug, 'fields=slug,headline');
    expect(one.json).toEqual({ headline: 'Only some of it', slug: 'only-some-of-it' });
    const other = await read(slug, 'fields=headline,slug,slug');
    expect([other.body, other.headers.etag]).toEqual([one.body, one.headers.etag]);
  });

  test.each([
    ['fields=headline,internalNote', '?fields'],
    ['fields=', '?fields'],
    ['fields=headline&format=html', '?fields'],
    ['include=related&format=text', '?include'],
    ['include=everything', '?include'],
    ['at=yesterday', '?at'],
    ['at=2022-01-01T00:00:00Z&include=related', '?include'],
  ])('%s is refused', async (query, pointer) => {
    const { slug } = await published();
    expect(await read(slug, query)).toMatchObject({ status: 400, json: { errors: [{ pointer }] } });
  });
});

describe('an article’s id', () => {
  test('leads to where the article is, with what was asked for', async () => {
    const { id, slug } = await published();
    const find = async (articleId: string, query = '') =>
      await call('findPublishedArticle', { path: { articleId }, query });
    const { status, headers } = await find(id.toUpperCase(), 'format=html');
    expect([status, headers.location]).toEqual([301, `/content/v1/articles/${slug}?format=html`]);
    expect((await find('017e2f42-9600-7747-8640-000000000000')).status).toBe(404);
    expect((await find('not-an-id')).status).toBe(400);
  });
});

describe('a story that is not there any more', () => {
  test('was killed: 410 with the notice, as ninjs one that cancels what partners have', async () => {
    const live = await published({ headline: 'Not to be seen', body: { text: 'Nor this.' } });
    const before = (await read(live.slug, 'format=ninjs')).json;
    await act('killArticle', live, { role: 'admin', body: { notice: 'It was not so.' } });
    for (const format of ['json', 'html', 'markdown', 'text', 'wire', 'jsonld']) {
      const { status, json, body } = await read(live.slug, `format=${format}`);
      expect({ format, status, notice: json.notice }).toEqual({ format, status: 410, notice: 'It was not so.' });
      expect(body).not.toMatch(/Not to be seen|Nor this/);
    }
    const { status, json, headers } = await read(live.slug, 'format=ninjs');
    expect({ status, type: headers['content-type'] }).toEqual({ status: 410, type: 'application/json' });
    expect(json).toMatchObject({ uri: before.uri, pubStatus: 'canceled', edNote: 'It was not so.' });
    expect(Number(json.version)).toBeGreaterThan(Number(before.version));
    expect(JSON.stringify(json)).not.toMatch(/Not to be seen|Nor this/);
  });

  test('moved: 301 with the rest of what was asked for', async () => {
    const live = await published({ headline: 'Its first address' });
    await act('publishArticle', await act('updateArticle', live, { body: { slug: 'its-second-address' } }));
    const paths = {
      getPublishedArticle: '/content/v1/articles/its-second-address?format=html',
      listRelatedArticles: '/content/v1/articles/its-second-address/related?limit=3',
      listArticleVersions: '/content/v1/articles/its-second-address/versions?limit=3',
    } as const;
    for (const [route, location] of Object.entries(paths)) {
      const answer = await call(route as keyof typeof paths, {
        path: { slug: 'its-first-address' },
        query: location.split('?')[1] ?? '',
      });
      expect([answer.status, answer.headers.location]).toEqual([301, location]);
    }
  });
});
