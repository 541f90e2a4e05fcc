import { expect, test } from '@jest/globals';
import { publishedArticleSchema, publishedPageSchema } from '../../contract/schemas/published-article.ts';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const desk = useDesk(useEngine());

test('a contributor writes, an editor publishes, a frontend reads, an editor takes it down', async () => {
  const created = await desk.call('createArticle', {
    role: 'contributor',
    name: 'ben',
    body: {
      headline: 'Dam holds as river rises',
      section: 'world',
      topics: ['medtop:20000065'],
      body: { markdown: 'The dam *held*, [officials](https://example.org/) said.\n\n> It held.' },
      internalNote: 'call the ministry again',
      extras: { deskCode: 'X1', public: { paywall: true } },
    },
  });
  expect(created.status).toBe(201);
  expect(created.headers).toMatchObject({ etag: '"1"', location: `/editorial/v1/articles/${created.json.id}` });
  expect(created.json).toMatchObject({ stage: 'draft', slug: 'dam-holds-as-river-rises', publication: null });

  const path = { articleId: created.json.id };
  const publishing = { path, headers: { 'if-match': '"1"' } };
  expect((await desk.call('publishArticle', { ...publishing, role: 'contributor' })).status).toBe(403);
  const published = await desk.call('publishArticle', { ...publishing, role: 'editor' });
  expect(published.json).toMatchObject({ stage: 'published', version: 2, revision: 1, hasUnpublishedChanges: false });

  const page = await desk.call('getPublishedArticle', { path: { slug: 'dam-holds-as-river-rises' } });
  expect(page.status).toBe(200);
  expect(publishedArticleSchema.parse(page.json)).toMatchObject({
    headline: 'Dam holds as river rises',
    url: 'https://news.example/world/dam-holds-as-river-rises',
    section: { slug: 'world', name: 'World' },
    topics: [{ id: 'medtop:20000065', name: 'civil unrest' }],
    extras: { paywall: true },
    wordCount: 7,
  });
  for (const secret of ['ministry', 'deskCode', 'sub-ben', '"stage"', '"hasUnpublishedChanges"'])
    expect(page.body).not.toContain(secret);

  const list = await desk.call('listPublishedArticles', { query: 'section=world' });
  expect(publishedPageSchema.parse(list.json).items.map((item) => item.id)).toContain(created.json.id);

  const withdrawn = await desk.call('unpublishArticle', { path, headers: { 'if-match': '"2"' } });
  expect(withdrawn.json).toMatchObject({ stage: 'draft', version: 3, publication: { state: 'withdrawn' } });
  expect((await desk.call('getPublishedArticle', { path: { slug: 'dam-holds-as-river-rises' } })).status).toBe(404);
  expect((await desk.call('listPublishedArticles', { query: 'section=world' })).body).not.toContain(created.json.id);
});

test('an edit of a live story stays on the desk until it is published again, with a public note', async () => {
  const live = await desk.published({ headline: 'Bridge closed for a week' });
  const path = { articleId: live.id };
  const slug = 'bridge-closed-for-a-week';
  const edited = await desk.call('updateArticle', {
    path,
    headers: { 'if-match': '"2"' },
    body: { headline: 'Bridge closed for two weeks', deck: 'The mayor was wrong' },
  });
  expect(edited.json).toMatchObject({ stage: 'draft', version: 3, revision: 2, hasUnpublishedChanges: true, slug });
  expect((await desk.call('getPublishedArticle', { path: { slug } })).json.headline).toBe('Bridge closed for a week');

  const correcting = { path, headers: { 'if-match': '"3"' } };
  const unexplained = await desk.call('publishArticle', { ...correcting, body: { kind: 'correction' } });
  expect(unexplained).toMatchObject({ status: 400, json: { errors: [{ pointer: '/note' }] } });
  const note = 'We said a week; it is two.';
  await desk.call('publishArticle', { ...correcting, body: { kind: 'correction', note } });
  const { json } = await desk.call('getPublishedArticle', { path: { slug } });
  expect(json).toMatchObject({ headline: 'Bridge closed for two weeks', notes: [{ kind: 'correction', text: note }] });
  expect(json.firstPublishedAt).toBe(live.publication?.firstPublishedAt);
});

test('a slug that changed leaves a redirect, whichever slug comes next', async () => {
  const live = await desk.published({ headline: 'Old name' });
  const path = { articleId: live.id };
  for (const [version, slug] of [
    ['2', 'new-name'],
    ['4', 'newest-name'],
  ] as const) {
    await desk.call('updateArticle', { path, headers: { 'if-match': `"${version}"` }, body: { slug } });
    await desk.call('publishArticle', { path, headers: { 'if-match': `"${Number(version) + 1}"` } });
  }
  for (const slug of ['old-name', 'new-name']) {
    const { status, headers } = await desk.call('getPublishedArticle', { path: { slug } });
    expect({ status, location: headers.location }).toEqual({
      status: 301,
      location: '/content/v1/articles/newest-name',
    });
  }
  await desk.call('updateArticle', { path, headers: { 'if-match': '"6"' }, body: { slug: 'old-name' } });
  await desk.call('publishArticle', { path, headers: { 'if-match': '"7"' } });
  expect((await desk.call('getPublishedArticle', { path: { slug: 'old-name' } })).status).toBe(200);
  expect((await desk.call('getPublishedArticle', { path: { slug: 'newest-name' } })).headers.location).toBe(
    '/content/v1/articles/old-name',
  );
});

test('readers that have the current version get 304, and those that take gzip get the stored bytes', async () => {
  const live = await desk.published({ headline: 'Cached and compressed' });
  const path = { slug: 'cached-and-compressed' };
  const plain = await desk.call('getPublishedArticle', { path });
  expect(plain.json.id).toBe(live.id);
  expect(plain.headers).toMatchObject({
    'cache-control': expect.stringMatching(/^public, max-age=10, s-maxage=60, stale-while-revalidate=120/),
    'content-language': 'en',
    vary: 'Accept, Accept-Encoding',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': expect.stringMatching(/etag.*link.*location.*retry-after/),
  });
  const zipped = await desk.call('getPublishedArticle', { path, headers: { 'accept-encoding': 'br, gzip' } });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  const refused = await desk.call('getPublishedArticle', { path, headers: { 'accept-encoding': 'gzip;q=0, *;q=0' } });
  expect(refused.headers['content-encoding']).toBeUndefined();
  const known = await desk.call('getPublishedArticle', {
    path,
    headers: { 'if-none-match': plain.headers.etag ?? '' },
  });
  expect(known).toMatchObject({ status: 304, body: '' });
  const preflight = await desk.call('getPublishedArticle', { path, method: 'OPTIONS' });
  expect(preflight).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-headers': expect.stringContaining('if-none-match') },
  });
  const head = await desk.call('getPublishedArticle', { path, method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, body: '', headers: { etag: plain.headers.etag } });
});
