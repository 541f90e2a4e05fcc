import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { problemSchema } from '../../contract/schemas/problem.ts';
import { useEngine } from '../support/engine.ts';
import {
  badBodies,
  guards,
  ifMatch,
  inMinutes,
  itemsWith,
  runClock,
  runSweeps,
  testRefusals,
  timePasses,
  useNewsroom,
} from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, everything, get, history, published } = newsroom;
const admin = { role: 'admin', name: 'ada' } as const;
const notice = 'This story was wrong in every respect. We regret it.';
const kill = (article: EditorialArticle, body: object = {}) =>
  act('killArticle', article, { ...admin, body: { notice, ...body } });
const read = (slug: string | null) => call('getPublishedArticle', { path: { slug: slug ?? '' } });

describe('a killed story', () => {
  test('answers 410 with the notice, and says nothing of what it said', async () => {
    const live = await published({ headline: 'Quite wrong', body: { text: 'Nothing of this is true.' } });
    const killed = await kill(live);
    expect(killed).toMatchObject({
      stage: 'killed',
      version: 3,
      revision: 1,
      publication: { state: 'killed', kill: { notice, headline: null } },
      allowedActions: ['purge'],
    });
    const { status, json, headers, body } = await read('quite-wrong');
    expect(status).toBe(410);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(problemSchema.parse(json)).toMatchObject({ code: 'gone', notice, killedAt: killed.updatedAt });
    expect(body).not.toMatch(/Quite wrong|is true/);
    expect((await call('getPublishedArticle', { path: { slug: 'quite-wrong' }, method: 'HEAD' })).status).toBe(410);
    expect((await history(live, admin))[0]).toMatchObject({ action: 'kill', note: notice, by: { username: 'ada' } });
  });

  test('keeps the headline that readers had, if it is told to', async () => {
    const live = await published({ headline: 'As readers had it' });
    const edited = await act('updateArticle', live, { body: { headline: 'Nobody has seen this' } });
    await kill(edited, { keepHeadline: true });
    const { json } = await read('as-readers-had-it');
    expect(json).toMatchObject({ status: 410, notice, headline: 'As readers had it' });
    expect((await get(edited, admin)).headline).toBe('Nobody has seen this');
  });

  test('is gone from every listing, and its text from the public table once the clock has run', async () => {
    const text = 'A sentence that nobody shall read again.';
    const live = await published({
      headline: 'Listed everywhere',
      topics: ['medtop:20000065'],
      tags: ['Tag'],
      places: ['Almaty'],
      people: ['Ann'],
      authors: [{ name: 'Ben' }],
      body: { text },
    });
    const edited = await act('updateArticle', live, { body: { deck: 'D' } });
    const corrected = await act('publishArticle', edited, { body: { kind: 'correction', note: 'N.' } });
    await kill(corrected);
    const rows = (await everything()).content.filter(({ pk }) => String(pk).startsWith('LIST#'));
    // Feeds say that it was killed, and nothing of what it said.
    const told = rows.filter(({ sk, state }) => state === 'killed' && String(sk).endsWith(live.id));
    expect(told.map(({ pk }) => pk).sort()).toEqual(['LIST#full#latest', 'LIST#full#section#world']);
    expect(
      itemsWith(
        live.id,
        rows.filter((row) => !told.includes(row)),
      ),
    ).toEqual([]);
    expect(itemsWith(text, told)).toEqual([]);
    expect((await call('listPublishedArticles', { query: 'section=world' })).body).not.toContain(live.id);
    await runSweeps();
    expect(itemsWith(text, (await everything()).content)).toEqual([]);
    expect(await read('listed-everywhere')).toMatchObject({ status: 410, json: { notice } });
  });

  test('is dark under its old addresses too, and nobody else gets one of them', async () => {
    const live = await published({ headline: 'First address' });
    const moved = await act('publishArticle', await act('updateArticle', live, { body: { slug: 'second-address' } }));
    await kill(moved);
    const old = await read('first-address');
    if (old.status === 301) expect(old.headers.location).toBe('/content/v1/articles/second-address');
    else expect(old.status).toBe(410);
    expect((await read('second-address')).status).toBe(410);
    expect((await published({ headline: 'Second address' })).slug).toBe('second-address-2');
    const asked = await attempt('publishArticle', await draft({ slug: 'first-address' }));
    expect(asked.json).toMatchObject({ code: 'slug_taken' });
  });

  test('can never be published, changed, scheduled or trashed again', async () => {
    const killed = await kill(await published({ headline: 'For good' }));
    const calls = [
      ['publishArticle', { body: { kind: 'refile' } }],
      ['updateArticle', { body: { headline: 'H' } }],
      ['revertArticle', { path: { revision: '1' } }],
      ['scheduleArticle', { body: { publishAt: inMinutes(60) } }],
      ['unpublishArticle', {}],
      ['trashArticle', {}],
      ['lockArticle', { body: {} }],
      ['killArticle', { body: { notice } }],
    ] as const;
    for (const [route, options] of calls)
      expect(await attempt(route, killed, { ...admin, ...options })).toMatchObject({
        status: 409,
        json: {
          code: 'not_allowed',
          detail: expect.stringMatching(/^The article is killed: .* Allowed now: purge\.$/),
        },
      });
    expect(await get(killed, admin)).toEqual(killed);
    expect((await read('for-good')).status).toBe(410);
  });

  test('never comes back by a schedule', async () => {
    const live = await published({ headline: 'Scheduled and killed' });
    const edited = await act('updateArticle', live, { body: { deck: 'D' } });
    const body = { publishAt: inMinutes(5), unpublishAt: inMinutes(10) };
    expect((await kill(await act('scheduleArticle', edited, { body }))).schedule).toBeNull();
    timePasses({ minutes: 11 });
    expect(await runClock()).toMatchObject({ published: 0, unpublished: 0, failed: 0 });
    expect((await read('scheduled-and-killed')).status).toBe(410);
  });

  test('is killed where it was withdrawn, and in the trash', async () => {
    const withdrawn = await act('unpublishArticle', await published({ headline: 'Withdrawn first' }));
    expect((await read('withdrawn-first')).status).toBe(404);
    await kill(await act('trashArticle', withdrawn));
    expect(await read('withdrawn-first')).toMatchObject({ status: 410, json: { notice } });
  });
});

describe('the copy of a killed story', () => {
  const ways = ['getArticle', 'listRevisions', 'getRevision', 'compareRevisions', 'getHistory'] as const;

  test.each(ways)('is for admins: %s', async (route) => {
    const edited = await act('updateArticle', await published(), { body: { deck: 'D' } });
    const killed = await kill(edited);
    const path = { articleId: killed.id, revision: '2' };
    for (const role of ['contributor', 'editor'] as const) {
      const { status, json } = await call(route, { path, role });
      expect({ status, code: json.code }).toEqual({ status: 403, code: 'forbidden' });
    }
    expect((await call(route, { path, role: 'admin' })).status).toBe(200);
  });

  test.each(['', 'stage=killed', 'publication=killed', 'tag=killed-one'])(
    'is in admins’ lists alone: ?%s',
    async (query) => {
      const killed = await kill(await published({ tags: ['killed-one'] }));
      for (const role of ['contributor', 'editor', 'admin'] as const) {
        const { status, body } = await call('listArticles', { query, role });
        expect(status).toBe(200);
        expect(body.includes(killed.id)).toBe(role === 'admin');
      }
    },
  );
});

describe('bad input', () => {
  let live: EditorialArticle;
  let fresh: EditorialArticle;
  beforeAll(async () => {
    live = await published();
    fresh = await draft();
  });
  const call = { role: 'admin', body: { notice } } as const;
  testRefusals(
    newsroom,
    'killArticle',
    guards(() => live, call, 'editor'),
  );
  testRefusals(
    newsroom,
    'killArticle',
    badBodies(() => live, call, [
      ['no notice', {}, '/notice'],
      ['an empty notice', { notice: ' ' }, '/notice'],
      ['a notice that is too long', { notice: 'x'.repeat(2001) }, '/notice'],
      ['a notice that is no text', { notice: 5 }, '/notice'],
      ['keepHeadline in words', { notice, keepHeadline: 'yes' }, '/keepHeadline'],
      ['an unknown field', { notice, headline: 'H' }, '/headline'],
    ]),
  );
  testRefusals(newsroom, 'killArticle', [
    {
      name: 'a draft that was never public',
      call: () => ({ ...call, path: { articleId: fresh.id }, headers: ifMatch(fresh) }),
      status: 409,
      code: 'not_allowed',
      detail: /Allowed now: .*trash/,
    },
  ]);
});

describe('a story that names a killed one among its related', () => {
  test('does so no more once the clock has run, and is no new version of anything', async () => {
    const [wrong, right] = [await published(), await published()];
    const fresh = await draft({ headline: 'Pointing', related: [wrong.id, right.id] });
    const pointing = await act('publishArticle', fresh);
    const edited = await act('updateArticle', pointing, { body: { deck: 'Not yet public' } });
    await kill(wrong);
    expect((await read('pointing')).json.related).toEqual([wrong.id, right.id]);
    await runSweeps();
    const { json, body } = await read('pointing');
    expect(json).toMatchObject({ related: [right.id], revision: 1, publishedAt: pointing.publication?.publishedAt });
    expect(body).not.toContain('Not yet public');
    expect(await get(edited)).toEqual(edited);
  });

  test('does so no more when it is purged before the clock has run, either', async () => {
    const wrong = await published();
    await published({ headline: 'Pointing at nothing', related: [wrong.id] });
    await act('purgeArticle', await kill(wrong), admin);
    await runSweeps();
    expect((await read('pointing-at-nothing')).json.related).toEqual([]);
  });

  test('never does, if it is published after that', async () => {
    const wrong = await published();
    await kill(wrong);
    await published({ headline: 'Pointing too late', related: [wrong.id] });
    expect((await read('pointing-too-late')).json.related).toEqual([]);
  });

  test('is found where a page of them is not enough, and where some can’t be rendered', async () => {
    const wrong = await published();
    const pointing = [];
    const some = (from: number) =>
      Array.from({ length: 13 }, (_, index) =>
        published({ headline: `Pointing ${from + index}`, related: [wrong.id] }),
      );
    while (pointing.length < 104) pointing.push(...(await Promise.all(some(pointing.length))));
    await act('unpublishArticle', await get(pointing[0] ?? wrong));
    await kill(wrong);
    await runSweeps();
    for (const index of [1, 60, 103]) expect((await read(`pointing-${index}`)).json.related).toEqual([]);
  }, 30_000);
});
