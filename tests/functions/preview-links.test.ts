import { afterEach, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { newPreviewLinkSchema, previewLinkPageSchema, previewLinkSchema } from '../../contract/schemas/preview.ts';
import { mostPreviewLinks } from '../../store/preview-links.ts';
import { useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { runClock, timePasses, useNewsroom } from './newsroom.ts';
import { digestOf, linkItems, previewsOf } from './previews.ts';

const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const newsroom = useNewsroom(engine, () => proxy.endpoint);
const { act, attempt, call, draft, everything, get, history, published } = newsroom;
const { link, open } = previewsOf(newsroom);
const admin = { role: 'admin', name: 'ada' } as const;
const ben = { role: 'contributor', name: 'ben' } as const;
const day = 24 * 60 * 60_000;

const pathOf = ({ id }: { id: string }, linkId?: string) => ({ articleId: id, ...(linkId ? { linkId } : {}) });
const list = async (article: { id: string }, by = {}) =>
  previewLinkPageSchema.parse((await call('listPreviewLinks', { path: pathOf(article), ...by })).json).items;
const revoke = (article: { id: string }, linkId: string, by = {}) =>
  call('revokePreviewLink', { path: pathOf(article, linkId), ...by });
const kill = async (article: EditorialArticle) =>
  await act('killArticle', article, { ...admin, body: { notice: 'It was wrong.' } });

describe('a preview link', () => {
  test('is made with its address, which is told where the caller found the API', async () => {
    const fresh = await draft();
    const headers = { 'x-dateline-host': 'cms.example' };
    const { status, json, headers: answered } = await call('createPreviewLink', { path: pathOf(fresh), headers });
    expect(status).toBe(201);
    const made = newPreviewLinkSchema.parse(json);
    expect(made.url).toMatch(/^https:\/\/cms\.example\/preview\/v1\/[A-Za-z0-9_-]{43}$/);
    expect(made.createdBy).toEqual({ sub: 'sub-ana', username: 'ana' });
    expect(answered.location).toBe(`/editorial/v1/articles/${fresh.id}/preview-links/${made.id}`);
    expect(answered['cache-control']).toBe('no-store');
  });

  test('opens for a day, or for as many minutes as were asked for', async () => {
    const fresh = await draft();
    for (const [body, milliseconds] of [
      [undefined, day],
      [{}, day],
      [{ minutes: 1 }, 60_000],
      [{ minutes: 10_080 }, 7 * day],
    ] as const) {
      const made = await link(fresh, body ? { body } : {});
      const open = Date.parse(made.expiresAt) - Date.parse(made.createdAt);
      expect({ body, early: open < milliseconds, late: open > milliseconds + 1000 }).toEqual({
        body,
        early: false,
        late: false,
      });
    }
  });

  test('changes neither the article nor its history', async () => {
    const fresh = await draft();
    const before = await history(fresh);
    await link(fresh);
    expect(await get(fresh)).toEqual(fresh);
    expect(await history(fresh)).toEqual(before);
    expect((await call('listRevisions', { path: pathOf(fresh) })).json.items).toHaveLength(1);
  });

  test('is kept as a digest in two places, and its token nowhere', async () => {
    const fresh = await draft();
    const { token, id } = await link(fresh);
    const { editorial, content } = await everything();
    expect(JSON.stringify([editorial, content])).not.toContain(token);
    expect(linkItems(editorial, token)).toEqual(
      [`PREVIEW#${fresh.id} LINK#${digestOf(token)}`, `PREVIEW#${digestOf(token)} TOKEN`].toSorted(),
    );
    expect(linkItems(content)).toEqual([]);
    expect(digestOf(token).startsWith(id)).toBe(true);
    for (const item of editorial.filter(({ pk, sk }) => `${pk} ${sk}`.includes(digestOf(token))))
      expect(item).toMatchObject({ v: 1, expiresAt: expect.any(Number) });
  });

  test('is listed for whoever may read the article, newest first, without its address', async () => {
    const fresh = await draft();
    const first = await link(fresh, { ...ben, body: { minutes: 60 } });
    timePasses({ seconds: 1 });
    const second = await link(fresh);
    await link(await draft());
    const { url: _, token: __, ...oldest } = first;
    const listed = await list(fresh, ben);
    expect(listed.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(listed[1]).toEqual(oldest);
    timePasses({ minutes: 61 });
    expect((await list(fresh)).map(({ id }) => id)).toEqual([second.id]);
  });
});

describe('revoking', () => {
  test('ends one link at once and leaves the others', async () => {
    const fresh = await draft();
    const [one, other] = [await link(fresh), await link(fresh)];
    const { status, json } = await revoke(fresh, one.id, ben);
    const { url: _, token: __, ...what } = one;
    expect({ status, json: previewLinkSchema.parse(json) }).toEqual({ status: 200, json: what });
    expect((await open(one.token)).status).toBe(404);
    expect((await open(other.token)).status).toBe(200);
    expect(linkItems((await everything()).editorial, one.token)).toEqual([]);
    expect(await revoke(fresh, one.id)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  });

  test('by two at once is done once, and fails for neither', async () => {
    const fresh = await draft();
    const { id, token } = await link(fresh);
    const statuses = (await Promise.all([revoke(fresh, id), revoke(fresh, id)])).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 404].includes(status))).toEqual([]);
    expect((await open(token)).status).toBe(404);
  });

  test('finds nothing where a link is another article’s, or over', async () => {
    const [fresh, other] = [await draft(), await draft()];
    const { id, token } = await link(other, { body: { minutes: 1 } });
    expect((await revoke(fresh, id)).status).toBe(404);
    expect((await open(token)).status).toBe(200);
    timePasses({ minutes: 2 });
    expect((await revoke(other, id)).status).toBe(404);
  });
});

describe('so many links', () => {
  test('and no more are open at a time; those that are over make room, and are cleared away', async () => {
    const fresh = await draft();
    const made = [await link(fresh, { body: { minutes: 20 } })];
    while (made.length < mostPreviewLinks) made.push(await link(fresh, { body: { minutes: 30 } }));
    const { status, json } = await call('createPreviewLink', { path: pathOf(fresh) });
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'not_allowed' });
    expect(json.detail).toContain(`${mostPreviewLinks} open preview links`);
    expect(json.detail).toContain(made[0]?.expiresAt);
    expect((await revoke(fresh, made[1]?.id ?? '')).status).toBe(200);
    await link(fresh, { body: { minutes: 30 } });
    expect((await call('createPreviewLink', { path: pathOf(fresh) })).status).toBe(409);
    timePasses({ minutes: 31 });
    await Promise.all([link(fresh), link(fresh)]);
    await link(fresh);
    expect(linkItems((await everything()).editorial).filter((key) => key.includes(fresh.id))).toHaveLength(3);
  });
});

describe('who may', () => {
  test('is whoever may read the article, at any stage at which it can be shown', async () => {
    const scheduled = await act('scheduleArticle', await draft(), {
      body: { publishAt: new Date(Date.now() + day).toISOString() },
    });
    const stages = [await draft(), await act('submitArticle', await draft()), scheduled, await published()];
    for (const article of [...stages, await act('unpublishArticle', await published())]) {
      const { id, token } = await link(article, ben);
      expect({ stage: article.stage, status: (await open(token)).status }).toEqual({
        stage: article.stage,
        status: 200,
      });
      expect((await revoke(article, id, ben)).status).toBe(200);
    }
  });

  test('is of a killed story an admin, who can take links away and make none', async () => {
    const live = await published();
    const { id } = await link(live);
    const path = pathOf(await kill(live));
    for (const role of ['contributor', 'editor'] as const)
      for (const route of ['createPreviewLink', 'listPreviewLinks', 'revokePreviewLink'] as const) {
        const { status, json } = await call(route, { path: { ...path, linkId: id }, role });
        expect({ role, route, status, code: json.code }).toEqual({ role, route, status: 403, code: 'forbidden' });
      }
    const { status, json } = await call('createPreviewLink', { ...admin, path });
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'not_allowed' });
    expect(await list(live, admin)).toHaveLength(1);
    expect((await revoke(live, id, admin)).status).toBe(200);
  });
});

describe('a purge', () => {
  const purge = async (article: EditorialArticle) => await attempt('purgeArticle', article, admin);
  afterEach(() => {
    proxy.fault = () => undefined;
  });

  /** More links than one transaction deletes, one of which is over. */
  async function trashedWithLinks(): Promise<{ trashed: EditorialArticle; token: string }> {
    const fresh = await draft();
    await link(fresh, { body: { minutes: 1 } });
    const { token } = await link(fresh);
    await Promise.all(Array.from({ length: 40 }, () => link(fresh)));
    const trashed = await act('trashArticle', fresh);
    timePasses({ minutes: 2 });
    return { trashed, token };
  }
  const leftOf = async ({ id }: { id: string }) =>
    (await everything()).editorial.filter(
      ({ pk, sk, articleId }) => `${pk} ${sk}`.includes('PREVIEW#') && [pk, articleId].join().includes(id),
    );

  test('deletes all links of a trashed or killed article, and nobody else’s', async () => {
    const other = await link(await draft());
    const live = await published();
    const { token } = await link(live);
    const killed = await kill(live);
    const { trashed } = await trashedWithLinks();
    expect(await leftOf(trashed)).toHaveLength(84);
    for (const article of [trashed, killed]) {
      expect((await purge(article)).status).toBe(200);
      expect(await leftOf(article)).toEqual([]);
    }
    expect((await open(token)).status).toBe(404);
    expect((await open(other.token)).status).toBe(200);
    expect((await call('createPreviewLink', { ...admin, path: pathOf(trashed) })).json.code).toBe('gone');
  });

  test('that the database breaks off anywhere is ended by the clock, and no link shows anything meanwhile', async () => {
    proxy.seen.length = 0;
    const whole = await trashedWithLinks();
    proxy.seen.length = 0;
    expect((await purge(whole.trashed)).status).toBe(200);
    const writes = proxy.seen.filter(({ operation }) => operation === 'TransactWriteItems').length;
    expect(writes).toBeGreaterThan(4);
    for (let write = 2; write <= writes; write += 1) {
      const { trashed, token } = await trashedWithLinks();
      let made = 0;
      proxy.fault = (operation) => {
        if (operation === 'TransactWriteItems') made += 1;
        return made >= write ? 'refuse' : undefined;
      };
      expect((await purge(trashed)).status).toBe(200);
      proxy.fault = () => undefined;
      const { status, body } = await open(token);
      expect({ write, shown: ![404, 410].includes(status) || body.includes(trashed.headline) }).toEqual({
        write,
        shown: false,
      });
      expect({ write, ...(await runClock()) }).toMatchObject({ write, purged: 1, failed: 0 });
      expect({ write, left: await leftOf(trashed) }).toEqual({ write, left: [] });
    }
  }, 60_000);
});
