import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { useEngine } from '../support/engine.ts';
import { guards, ifMatch, inMinutes, runClock, runSweeps, testRefusals, timePasses, useNewsroom } from './newsroom.ts';
import { itemsOfTheWord, toldEverywhere, word } from './told-everywhere.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, everything, get, history, published } = newsroom;
const admin = { role: 'admin', name: 'ada' } as const;
const read = (slug: string | null) => call('getPublishedArticle', { path: { slug: slug ?? '' } });

describe('the trash', () => {
  test('takes an article away from the desk, for thirty days', async () => {
    const trashed = await act('trashArticle', await draft());
    expect(trashed).toMatchObject({ stage: 'trashed', version: 2, revision: 1, allowedActions: ['restore'] });
    expect(Date.parse(trashed.purgeAt ?? '') - Date.parse(trashed.updatedAt)).toBe(30 * 86_400_000);
    const { json } = await call('listArticles', { query: 'stage=trashed' });
    expect(json.items.map(({ id }: { id: string }) => id)).toContain(trashed.id);
    expect((await history(trashed))[0]).toMatchObject({ action: 'trash', by: { username: 'ana' } });
  });

  test('gives it back as a draft, which nobody purges', async () => {
    const fresh = await draft();
    const restored = await act('restoreArticle', await act('trashArticle', fresh));
    expect(restored).toMatchObject({ stage: 'draft', version: 3, purgeAt: null });
    timePasses({ days: 31 });
    await runClock();
    expect(await get(fresh)).toEqual(restored);
  });

  test('is emptied by the clock after thirty days, and not before', async () => {
    const trashed = await act('trashArticle', await draft());
    timePasses({ days: 29 });
    await runClock();
    expect((await get(trashed)).stage).toBe('trashed');
    timePasses({ days: 1, minutes: 1 });
    expect((await runClock()).purged).toBeGreaterThan(0);
    expect((await call('getArticle', { path: { articleId: trashed.id } })).status).toBe(410);
    expect((await history(trashed))[0]).toMatchObject({ action: 'purge', by: { username: 'clock' } });
  });

  test('ends a schedule, and takes nothing that is live', async () => {
    const scheduled = await act('scheduleArticle', await draft(), { body: { publishAt: inMinutes(5) } });
    const trashed = await act('trashArticle', scheduled);
    timePasses({ minutes: 6 });
    expect(await runClock()).toMatchObject({ published: 0 });
    expect(await get(trashed)).toEqual(trashed);
    const { json } = await attempt('trashArticle', await published());
    expect(json).toMatchObject({ status: 409, code: 'not_allowed', detail: expect.stringMatching(/unpublish/) });
  });
});

describe('a purge', () => {
  test('leaves nothing of what the article said, in any table, under any name', async () => {
    const trashed = await toldEverywhere(newsroom);
    expect(itemsOfTheWord(await everything()).length).toBeGreaterThan(12);
    const { status, json } = await attempt('purgeArticle', trashed, admin);
    expect({ status, json }).toMatchObject({ status: 200, json: { id: trashed.id, purgedBy: { username: 'ada' } } });
    expect(itemsOfTheWord(await everything())).toEqual([]);
  });

  test('keeps who did what and when, without what they said', async () => {
    const trashed = await toldEverywhere(newsroom);
    const before = await history(trashed);
    await attempt('purgeArticle', trashed, admin);
    const after = await history(trashed, { role: 'contributor' });
    expect(after[0]).toMatchObject({ action: 'purge', version: trashed.version + 1, by: { username: 'ada' } });
    expect(after.slice(1)).toEqual(before.map((line) => ({ ...line, note: null })));
    expect(before.some(({ note }) => note)).toBe(true);
  });

  test('answers 410 for the article from then on', async () => {
    const trashed = await act('trashArticle', await act('updateArticle', await draft(), { body: { deck: 'D' } }));
    const purged = { ...trashed, version: trashed.version + 1 };
    expect((await attempt('purgeArticle', trashed, admin)).status).toBe(200);
    const path = { revision: '1' };
    const calls = [
      ['getArticle', {}],
      ['listRevisions', {}],
      ['getRevision', { path }],
      ['compareRevisions', { path: { revision: '2' } }],
      ['updateArticle', { body: { deck: 'E' } }],
      ['submitArticle', {}],
      ['publishArticle', {}],
      ['scheduleArticle', { body: { publishAt: inMinutes(5) } }],
      ['killArticle', { body: { notice: 'N.' } }],
      ['restoreArticle', {}],
      ['lockArticle', { body: {} }],
      ['purgeArticle', {}],
    ] as const;
    for (const [route, options] of calls) {
      const { status, json } = await attempt(route, purged, { ...admin, ...options });
      expect({ route, status, code: json.code }).toEqual({ route, status: 410, code: 'gone' });
    }
    expect((await call('listArticles', admin)).body).not.toContain(trashed.id);
  });

  test('frees its address for another story', async () => {
    const trashed = await toldEverywhere(newsroom);
    await attempt('purgeArticle', trashed, admin);
    expect((await read(`${word}-again`)).status).toBe(404);
    for (const slug of [word, `${word}-again`]) {
      const next = await published({ slug });
      expect(await read(slug)).toMatchObject({ status: 200, json: { id: next.id } });
      await act('purgeArticle', await act('trashArticle', await act('unpublishArticle', next)), admin);
    }
  });

  test('leaves the notice of a killed story, without its headline', async () => {
    const live = await published({ headline: 'Killed and purged' });
    const moved = await act('publishArticle', await act('updateArticle', live, { body: { slug: 'killed-and-gone' } }));
    const killed = await act('killArticle', moved, { ...admin, body: { notice: 'Sorry.', keepHeadline: true } });
    expect((await read('killed-and-gone')).json.headline).toBe('Killed and purged');
    expect((await attempt('purgeArticle', killed, admin)).status).toBe(200);
    await runSweeps();
    const { status, json } = await read('killed-and-gone');
    expect({ status, notice: json.notice, headline: json.headline }).toEqual({ status: 410, notice: 'Sorry.' });
    expect((await read('killed-and-purged')).status).not.toBe(200);
    expect(JSON.stringify(await everything())).not.toContain('Killed and purged');
    expect((await published({ headline: 'Killed and gone' })).slug).toBe('killed-and-gone-2');
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
    'trashArticle',
    guards(() => fresh, {}, 'contributor'),
  );
  testRefusals(
    newsroom,
    'restoreArticle',
    guards(() => trashed, {}, 'contributor'),
  );
  testRefusals(
    newsroom,
    'purgeArticle',
    guards(() => trashed, admin, 'editor'),
  );
  testRefusals(newsroom, 'purgeArticle', [
    {
      name: 'a draft',
      call: () => ({ ...admin, path: { articleId: fresh.id }, headers: ifMatch(fresh) }),
      status: 409,
      code: 'not_allowed',
      detail: /Allowed now: .*trash/,
    },
  ]);
  testRefusals(newsroom, 'restoreArticle', [
    {
      name: 'what is not in the trash',
      call: () => ({ path: { articleId: fresh.id }, headers: ifMatch(fresh) }),
      status: 409,
      code: 'not_allowed',
    },
  ]);
});
