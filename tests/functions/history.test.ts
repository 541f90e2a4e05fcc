import { beforeAll, describe, expect, test } from '@jest/globals';
import { historyPageSchema } from '../../contract/schemas/history.ts';
import { useEngine } from '../support/engine.ts';
import { inMinutes, nobody, testRefusals, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, call, draft, history, published } = newsroom;

async function pages(articleId: string, limit: number) {
  const found: { id: string; version: number }[][] = [];
  let cursor = '';
  do {
    const query = `limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const { json, headers } = await call('getHistory', { path: { articleId }, query });
    const page = historyPageSchema.parse(json);
    found.push(page.items);
    cursor = page.nextCursor ?? '';
    const next = `</editorial/v1/articles/${articleId}/history?limit=${limit}&cursor=${cursor}>; rel="next"`;
    expect(headers.link).toBe(cursor ? next : undefined);
  } while (cursor);
  return found;
}

describe('the history of an article', () => {
  test('says of every action who did what, when, from which revision to which, and with which note', async () => {
    const ben = { role: 'contributor', name: 'ben' } as const;
    const eve = { role: 'editor', name: 'eve' } as const;
    const created = await call('createArticle', {
      ...ben,
      body: { headline: 'H', section: 'world', body: { text: 'T.' } },
    });
    let article = await act('updateArticle', created.json, { ...ben, body: { deck: 'D' } });
    article = await act('submitArticle', article, { ...ben, body: { note: 'Please.' } });
    article = await act('approveArticle', article, eve);
    article = await act('publishArticle', article, { ...eve, body: { note: 'First on this.' } });
    article = await act('updateArticle', article, { ...eve, body: { deck: 'E' } });
    article = await act('publishArticle', article, { ...eve, body: { kind: 'correction', note: 'It was E.' } });
    const unpublishAt = inMinutes(60);
    article = await act('scheduleArticle', article, { ...eve, body: { unpublishAt } });
    article = await act('unpublishArticle', article, eve);
    article = await act('trashArticle', article, eve);
    const lines = await history(article, ben);
    const by = (name: string) => ({ by: { sub: `sub-${name}`, username: name }, client: null });
    const nothing = { note: null, kind: null, publishAt: null, unpublishAt: null, scheduledBy: null, lateByMs: null };
    const line = (version: number, action: string, name: string, [from, to]: (number | null)[], more = {}) => ({
      version,
      action,
      ...by(name),
      fromRevision: from,
      toRevision: to,
      ...nothing,
      emergency: false,
      ...more,
    });
    expect(lines.map(({ id, at, ...rest }) => rest)).toEqual([
      line(10, 'trash', 'eve', [3, 3]),
      line(9, 'unpublish', 'eve', [3, 3]),
      line(8, 'schedule', 'eve', [3, 3], { unpublishAt }),
      line(7, 'publish', 'eve', [2, 3], { kind: 'correction', note: 'It was E.' }),
      line(6, 'update', 'eve', [2, 3]),
      line(5, 'publish', 'eve', [null, 2], { kind: 'initial', note: 'First on this.' }),
      line(4, 'approve', 'eve', [2, 2]),
      line(3, 'submit', 'ben', [2, 2], { note: 'Please.' }),
      line(2, 'update', 'ben', [1, 2]),
      line(1, 'create', 'ben', [null, 1]),
    ]);
    expect(lines.map(({ at }) => at)).toEqual([...lines.map(({ at }) => at)].sort().reverse());
    expect(lines[0]).toMatchObject({ at: article.updatedAt });
  });

  test('never holds what the article says', async () => {
    const live = await published({ headline: 'Confidential', deck: 'Confidential', internalNote: 'Confidential' });
    const edited = await act('updateArticle', live, { body: { headline: 'Confidential too' } });
    const { body } = await call('getHistory', { path: { articleId: edited.id } });
    expect(body).not.toContain('Confidential');
  });

  test('names the machine that something was done through', async () => {
    const claims = {
      sub: 'machine-1',
      client_id: 'machine-1',
      token_use: 'access',
      scope: 'dateline/editor',
    };
    const { json } = await call('createArticle', { claims, body: { headline: 'By a machine' } });
    expect(await history(json)).toMatchObject([{ by: { sub: 'machine-1' }, client: 'machine-1' }]);
  });

  test('has no line for what changed nothing, for a refusal, or for a lock', async () => {
    const fresh = await draft();
    await act('updateArticle', fresh, { body: { headline: fresh.headline } });
    await newsroom.attempt('unpublishArticle', fresh);
    await newsroom.attempt('publishArticle', { ...fresh, version: 9 });
    await act('lockArticle', fresh, { body: {} });
    expect(await history(fresh)).toHaveLength(1);
  });

  test('comes in pages, on which every line is once', async () => {
    let article = await draft();
    for (let version = 2; version <= 9; version += 1)
      article = await act('updateArticle', article, { body: { deck: `D ${version}` } });
    for (const limit of [1, 2, 4, 8, 9, 10]) {
      const found = await pages(article.id, limit);
      expect(found.flat().map(({ version }) => version)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
      expect(found.every((page) => page.length <= limit && page.length > 0)).toBe(true);
      const ids = found.flat().map(({ id }) => id);
      expect(ids).toEqual([...ids].sort().reverse());
    }
  });
});

describe('bad input', () => {
  let articleId: string;
  let cursors: { revisions: string; other: string };
  beforeAll(async () => {
    const two = async () => (await act('updateArticle', await draft(), { body: { deck: 'D' } })).id;
    articleId = await two();
    const cursorOf = async (route: 'listRevisions' | 'getHistory', id: string) =>
      (await call(route, { path: { articleId: id }, query: 'limit=1' })).json.nextCursor;
    cursors = {
      revisions: await cursorOf('listRevisions', articleId),
      other: await cursorOf('getHistory', await two()),
    };
  });
  const ask = (query: string, more = {}) => ({ path: { articleId }, query, ...more });
  const cursor = { status: 400, code: 'invalid_request', pointer: '?cursor' } as const;
  testRefusals(newsroom, 'getHistory', [
    { name: 'a cursor of the list of revisions', call: () => ask(`limit=1&cursor=${cursors.revisions}`), ...cursor },
    { name: 'a cursor of another article’s history', call: () => ask(`limit=1&cursor=${cursors.other}`), ...cursor },
    { name: 'a forged cursor', call: () => ask('cursor=TE9HIw'), ...cursor },
    { name: 'a limit of 101', call: () => ask('limit=101'), ...cursor, pointer: '?limit' },
    { name: 'an unknown parameter', call: () => ask('action=publish'), ...cursor, pointer: '?action' },
    { name: 'an id that is none', call: () => ask('', { path: { articleId: 'x' } }), ...cursor, pointer: 'articleId' },
    { name: 'somebody without a role', call: () => ask('', { role: 'none' }), status: 403, code: 'forbidden' },
    {
      name: 'an article that is not there',
      call: () => ask('', { path: { articleId: nobody } }),
      status: 404,
      code: 'not_found',
    },
  ]);
});
