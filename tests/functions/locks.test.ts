import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { useEngine } from '../support/engine.ts';
import { badBodies, guards, ifMatch, testRefusals, timePasses, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, get, published } = newsroom;
const ana = { role: 'editor', name: 'ana' } as const;
const eve = { role: 'editor', name: 'eve' } as const;
const ben = { role: 'contributor', name: 'ben' } as const;
const zoe = { role: 'contributor', name: 'zoe' } as const;
const minutesOf = ({ lock }: EditorialArticle) =>
  (Date.parse(lock?.expiresAt ?? '') - Date.parse(lock?.at ?? '')) / 60_000;

describe('a lock', () => {
  test('says who is editing until when, to everybody, and changes no version', async () => {
    const fresh = await draft();
    const locked = await act('lockArticle', fresh, { ...ana, body: { minutes: 5 } });
    expect(locked).toMatchObject({ version: 1, lock: { by: { sub: 'sub-ana', username: 'ana' } } });
    expect(minutesOf(locked)).toBeGreaterThanOrEqual(5);
    expect(minutesOf(locked)).toBeLessThan(5.1);
    expect((await get(fresh, ben)).lock).toEqual(locked.lock);
    expect({ ...(await get(fresh)), lock: null }).toEqual(fresh);
  });

  test('is for ten minutes unless it is said otherwise, with an empty body or none', async () => {
    for (const body of [{}, undefined]) {
      const { status, json } = await attempt('lockArticle', await draft(), body ? { body } : {});
      expect({ body, status }).toEqual({ body, status: 200 });
      expect(Math.floor(minutesOf(json))).toBe(10);
    }
  });

  test('is not taken by somebody else, who is told whose it is and until when', async () => {
    const fresh = await draft();
    const { lock } = await act('lockArticle', fresh, { ...ana, body: {} });
    const { status, json } = await attempt('lockArticle', fresh, { ...eve, body: {} });
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'locked' });
    expect(json.detail).toContain('ana is editing');
    expect(json.detail).toContain(lock?.expiresAt);
    expect((await get(fresh)).lock).toEqual(lock);
  });

  test('is prolonged by whoever has it', async () => {
    const fresh = await draft();
    const first = await act('lockArticle', fresh, { ...ana, body: { minutes: 2 } });
    timePasses({ minutes: 1 });
    const second = await act('lockArticle', fresh, { ...ana, body: { minutes: 30 } });
    expect(Date.parse(second.lock?.expiresAt ?? '')).toBeGreaterThan(Date.parse(first.lock?.expiresAt ?? ''));
    expect((await get(fresh)).lock).toEqual(second.lock);
  });

  test('is over with its time, and then anybody’s', async () => {
    const fresh = await draft();
    await act('lockArticle', fresh, { ...ana, body: { minutes: 1 } });
    timePasses({ seconds: 50 });
    expect((await get(fresh)).lock).not.toBeNull();
    timePasses({ seconds: 12 });
    expect((await get(fresh)).lock).toBeNull();
    expect((await act('lockArticle', fresh, { ...eve, body: {} })).lock).toMatchObject({ by: { username: 'eve' } });
  });

  test('is given back, by whoever has it', async () => {
    const fresh = await draft();
    await act('lockArticle', fresh, { ...ben, body: {} });
    expect(await act('unlockArticle', fresh, ben)).toMatchObject({ version: 1, lock: null });
    expect((await act('lockArticle', fresh, { ...zoe, body: {} })).lock).toMatchObject({ by: { username: 'zoe' } });
    const { status, json } = await attempt('unlockArticle', fresh, ben);
    expect({ status, code: json.code, named: /zoe is editing/.test(json.detail) }).toEqual({
      status: 409,
      code: 'locked',
      named: true,
    });
    expect((await get(fresh)).lock).not.toBeNull();
  });

  test('is cleared by an editor, whosever it is, and by nobody where there is none', async () => {
    const fresh = await draft();
    await act('lockArticle', fresh, { ...ben, body: {} });
    expect((await act('unlockArticle', fresh, eve)).lock).toBeNull();
    expect((await get(fresh)).lock).toBeNull();
    expect((await act('unlockArticle', fresh, ben)).lock).toBeNull();
  });

  test('keeps nobody from anything', async () => {
    let article = await draft();
    await act('lockArticle', article, { ...ana, body: {} });
    article = await act('updateArticle', article, { ...eve, body: { deck: 'D' } });
    expect(article).toMatchObject({ version: 2, lock: { by: { username: 'ana' } } });
    article = await act('submitArticle', article, eve);
    article = await act('approveArticle', article, eve);
    article = await act('publishArticle', article, eve);
    expect((await act('unpublishArticle', article, eve)).stage).toBe('draft');
  });

  test('is not a contributor’s once the story is with the desk, or live', async () => {
    for (const article of [await act('submitArticle', await draft()), await published()]) {
      expect(await attempt('lockArticle', article, { ...ben, body: {} })).toMatchObject({ status: 403 });
      expect(article.allowedActions).toContain('lock');
      expect((await act('lockArticle', article, { ...ana, body: {} })).lock).not.toBeNull();
    }
  });

  test('of two who ask at once is one’s', async () => {
    const fresh = await draft();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => attempt('lockArticle', fresh, { name: `editor-${index}`, body: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});

describe('bad input', () => {
  let fresh: EditorialArticle;
  let trashed: EditorialArticle;
  beforeAll(async () => {
    fresh = await draft();
    trashed = await act('trashArticle', await draft());
  });
  testRefusals(
    newsroom,
    'lockArticle',
    guards(() => fresh, { body: {} }, 'none'),
  );
  testRefusals(
    newsroom,
    'unlockArticle',
    guards(() => fresh, {}, 'none'),
  );
  testRefusals(
    newsroom,
    'lockArticle',
    badBodies(() => fresh, {}, [
      ['no minutes at all', { minutes: 0 }, '/minutes'],
      ['more than an hour', { minutes: 61 }, '/minutes'],
      ['half a minute', { minutes: 0.5 }, '/minutes'],
      ['minutes in words', { minutes: 'ten' }, '/minutes'],
      ['null for minutes', { minutes: null }, '/minutes'],
      ['an unknown field', { hours: 1 }, '/hours'],
    ]),
  );
  testRefusals(newsroom, 'lockArticle', [
    {
      name: 'what is in the trash',
      call: () => ({ path: { articleId: trashed.id }, headers: ifMatch(trashed), body: {} }),
      status: 409,
      code: 'not_allowed',
      detail: /Allowed now: restore/,
    },
  ]);

  test('a stale lock is told the version that the article has', async () => {
    const { headers } = await call('lockArticle', {
      path: { articleId: fresh.id },
      headers: { 'if-match': '"9"' },
      body: {},
    });
    expect(headers.etag).toBe('"1"');
  });
});
