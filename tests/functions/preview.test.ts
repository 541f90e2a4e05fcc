import { describe, expect, test } from '@jest/globals';
import { type Format, formats } from '../../contract/formats.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { previewArticleSchema } from '../../contract/schemas/preview.ts';
import { decidePurge } from '../../domain/article/take-down.ts';
import { beginPurge } from '../../store/purge.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { useEngine } from '../support/engine.ts';
import { inMinutes, itemsWith, runSweeps, timePasses, useNewsroom } from './newsroom.ts';
import { previewsOf, told } from './previews.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, everything, published } = newsroom;
const { link, open } = previewsOf(newsroom);
const admin = { role: 'admin', name: 'ada' } as const;
const allFormats = Object.keys(formats) as Format[];

const openIn = (token: string, format: Format) => open(token, { query: `format=${format}` });
const kill = async (article: EditorialArticle, body: object = { notice: 'A notice.' }) =>
  await act('killArticle', article, { ...admin, body });

const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  wire: 'text/plain; charset=utf-8',
  ninjs: 'application/json',
  jsonld: 'application/ld+json',
};

describe('a preview', () => {
  test.each(allFormats)(
    'as %s shows the draft, and is kept by nobody and found by no search engine',
    async (format) => {
      const fresh = await draft({ headline: 'Trains run again', body: { text: 'Almaty is back.' }, language: 'en-GB' });
      const { token } = await link(fresh);
      const { status, headers, body } = await openIn(token, format);
      expect(status).toBe(200);
      for (const words of ['Trains run again', 'Almaty is back.'])
        expect(body.toLowerCase()).toContain(words.toLowerCase());
      expect(headers).toMatchObject({
        'content-type': mediaTypes[format],
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex, nofollow, noarchive',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'content-language': 'en-GB',
        'access-control-allow-origin': '*',
      });
      expect(headers.etag).toBeUndefined();
      expect('content-security-policy' in headers).toBe(format === 'html');
      expect(body).not.toContain(token);
    },
  );

  test.each(allFormats)('as %s can be asked for its headers alone', async (format) => {
    const { token } = await link(await draft());
    const whole = told(await openIn(token, format));
    const alone = told(await open(token, { query: `format=${format}`, method: 'HEAD' }));
    expect(alone).toEqual({ ...whole, body: '' });
  });

  test('is marked as one, with the time until which it opens', async () => {
    const { token, expiresAt } = await link(await draft());
    expect((await open(token)).json.preview).toEqual({ expiresAt });
    for (const format of ['html', 'markdown', 'text', 'wire'] as const)
      expect({ format, marked: /preview/i.test((await openIn(token, format)).body) }).toEqual({ format, marked: true });
    expect((await openIn(token, 'ninjs')).json.pubStatus).toBe('withheld');
    expect((await openIn(token, 'jsonld')).json.creativeWorkStatus).toBe('Draft');
  });

  test('lets a page run, load and frame nothing but pictures', async () => {
    const { token } = await link(await draft());
    const policy = (await openIn(token, 'html')).headers['content-security-policy'] ?? '';
    const directives = policy.split('; ').map((directive) => directive.split(' '));
    expect(directives).toContainEqual(['default-src', "'none'"]);
    expect(directives.map(([name]) => name).toSorted()).toEqual([
      'base-uri',
      'default-src',
      'form-action',
      'frame-ancestors',
      'img-src',
    ]);
  });

  test('is what readers get once it is published', async () => {
    const fresh = await draft({
      deck: 'D',
      section: 'conflicts-and-war',
      topics: ['medtop:20000065'],
      tags: ['Almaty'],
      extras: { public: { a: 1 }, secret: 2 },
      advisory: 'adds quote',
    });
    const { json } = await open((await link(fresh)).token);
    const { preview: _, ...document } = previewArticleSchema.parse(json);
    const live = await act('publishArticle', fresh);
    const page = await call('getPublishedArticle', { path: { slug: live.slug ?? '' } });
    const { firstPublishedAt, publishedAt } = page.json;
    expect({ ...document, firstPublishedAt, publishedAt }).toEqual(page.json);
  });

  test('shows each edit at once, also of a live story whose readers see none of it', async () => {
    const live = await published({ headline: 'As published' });
    const { token } = await link(live);
    expect((await open(token)).json.headline).toBe('As published');
    const edited = await act('updateArticle', live, { body: { headline: 'As edited' } });
    expect((await open(token)).json).toMatchObject({ headline: 'As edited', revision: 2, version: 2 });
    await act('updateArticle', edited, { body: { body: { text: 'Edited once more.' } } });
    expect((await openIn(token, 'text')).body).toContain('Edited once more.');
    const page = await call('getPublishedArticle', { path: { slug: live.slug ?? '' } });
    expect(page.json).toMatchObject({ headline: 'As published', revision: 1, version: 1 });
  });

  test.each(allFormats)('as %s shows a draft that has nothing but a headline', async (format) => {
    const { status, json } = await call('createArticle', { body: { headline: 'Only this' } });
    expect(status).toBe(201);
    const { token } = await link(json);
    const answer = await openIn(token, format);
    expect(answer.status).toBe(200);
    expect(answer.body.toLowerCase()).toContain('only this');
    if (format !== 'json') return;
    const document = previewArticleSchema.parse(answer.json);
    expect(document).toMatchObject({ section: { slug: 'unfiled' }, body: [], slug: 'only-this', wordCount: 0 });
  });

  test.each(allFormats)('as %s holds nothing that is the desk’s own', async (format) => {
    const fresh = await draft({ internalNote: 'ask-the-source', extras: { budget: 'line-12', public: { ok: true } } });
    const { token } = await link(await act('submitArticle', fresh, { body: { note: 'who-said-so' } }));
    const { body } = await openIn(token, format);
    for (const secret of ['ask-the-source', 'line-12', 'who-said-so', 'sub-ana', 'internalNote'])
      expect(body).not.toContain(secret);
  });

  test('shows what is embargoed or scheduled, of which the public table knows nothing', async () => {
    const word = 'marzipan';
    const embargoed = await draft({ headline: `A ${word}`, embargoUntil: inMinutes(600) });
    const scheduled = await act('scheduleArticle', embargoed, { body: { publishAt: inMinutes(600) } });
    const { token } = await link(scheduled);
    for (const format of allFormats) expect((await openIn(token, format)).body).toContain(word);
    const { content, editorial } = await everything();
    expect(itemsWith(word, content)).toEqual([]);
    expect(content.filter(({ pk }) => String(pk).includes(scheduled.id))).toEqual([]);
    expect(itemsWith(word, editorial)).not.toEqual([]);
  });

  test('points at no story that was killed', async () => {
    const [killed, kept] = [await published(), await published()];
    const linked = (key: string, { id }: { id: string }) => ({ _type: 'relatedLink', _key: key, articleId: id });
    const text = { _type: 'block', _key: 't', style: 'normal', children: [], markDefs: [] };
    const span = { _type: 'span', _key: 's', text: 'Text.', marks: [] };
    const fresh = await draft({
      related: [killed.id, kept.id],
      body: [{ ...text, children: [span] }, linked('k', killed), linked('l', kept)],
    });
    const { token } = await link(fresh);
    expect((await open(token)).json.related).toEqual([killed.id, kept.id]);
    await kill(killed);
    await runSweeps();
    const { json } = await open(token);
    expect(json.related).toEqual([kept.id]);
    expect(json.body.map(({ _key }: { _key: string }) => _key)).toEqual(['t', 'l']);
    for (const format of allFormats) expect((await openIn(token, format)).body).not.toContain(killed.id);
  });
});

describe('nothing is shown', () => {
  test('of a killed story, which answers 410 without text, headline or notice', async () => {
    const live = await published({ headline: 'Headline gone' });
    const { token } = await link(live);
    await kill(live, { notice: 'A notice.', keepHeadline: true });
    for (const format of allFormats) {
      const { status, json, body, headers } = await openIn(token, format);
      expect({ format, status, code: json.code }).toEqual({ format, status: 410, code: 'gone' });
      expect(body).not.toMatch(/Headline gone|One\.|A notice/);
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  test('of what is in the trash, until it is restored', async () => {
    const fresh = await draft();
    const { token } = await link(fresh);
    const trashed = await act('trashArticle', fresh);
    expect((await open(token)).status).toBe(404);
    await act('restoreArticle', trashed);
    expect((await open(token)).status).toBe(200);
  });

  test('of an article whose purge has begun, and nothing is known of it once that has ended', async () => {
    const fresh = await draft();
    const { token } = await link(fresh);
    const trashed = await act('trashArticle', fresh);
    const database = newsroom.database();
    const copy = await getWorkingCopy(database, trashed.id);
    const caller = { sub: 'sub-ada', username: 'ada', role: 'admin' } as const;
    await beginPurge(database, decidePurge(copy, { basedOn: copy.version, caller, now: new Date() }));
    expect(await open(token)).toMatchObject({ status: 410, json: { code: 'gone' } });
    const other = await draft();
    const opened = await link(other);
    await attempt('purgeArticle', await act('trashArticle', other), admin);
    expect((await open(opened.token)).status).toBe(404);
  });

  test('once the time of a link is over, to the second', async () => {
    const { token, expiresAt } = await link(await draft(), { body: { minutes: 5 } });
    timePasses({ seconds: 298 });
    expect((await open(token)).status).toBe(200);
    timePasses({ seconds: 3 });
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now());
    expect((await open(token)).status).toBe(404);
  });
});
