import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { revisionPageSchema, revisionSchema } from '../../contract/schemas/history.ts';
import { workingCopyKey } from '../../store/keys.ts';
import { useEngine } from '../support/engine.ts';
import { guards, nobody, testRefusals, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const newsroom = useNewsroom(engine);
const { act, attempt, call, draft, get, history } = newsroom;
const edit = (article: EditorialArticle, body: object, name = 'ana') => act('updateArticle', article, { body, name });

async function listed(articleId: string, query = ''): Promise<number[]> {
  const numbers: number[] = [];
  let cursor = '';
  do {
    const path = { articleId };
    const { json, headers } = await call('listRevisions', { path, query: `${query}${cursor && `&cursor=${cursor}`}` });
    const page = revisionPageSchema.parse(json);
    numbers.push(...page.items.map(({ revision }) => revision));
    cursor = page.nextCursor ?? '';
    expect(headers.link === undefined).toBe(cursor === '');
    if (cursor)
      expect(headers.link).toBe(
        `</editorial/v1/articles/${articleId}/revisions?${query}&cursor=${cursor}>; rel="next"`,
      );
  } while (cursor);
  return numbers;
}

const down = (from: number) => Array.from({ length: from }, (_, index) => from - index);

describe('the revisions of an article', () => {
  test('are listed the last first, with who saved what and when, and without their text', async () => {
    const edited = await edit(await draft({ headline: 'Secret one' }), { headline: 'Secret two' }, 'eve');
    const { json, body, status } = await call('listRevisions', { path: { articleId: edited.id }, role: 'contributor' });
    expect(status).toBe(200);
    expect(revisionPageSchema.parse(json)).toMatchObject({
      items: [
        { revision: 2, at: edited.updatedAt, by: { sub: 'sub-eve', username: 'eve' }, action: 'update' },
        { revision: 1, by: { username: 'ana' }, action: 'create' },
      ],
      nextCursor: null,
    });
    expect(body).not.toContain('Secret');
  });

  test('are all on the pages, each once, whatever their size', async () => {
    let article = await draft();
    for (let revision = 2; revision <= 7; revision += 1) article = await edit(article, { deck: `D ${revision}` });
    for (const limit of [1, 2, 3, 6, 7, 8]) expect(await listed(article.id, `limit=${limit}`)).toEqual(down(7));
  });

  test('are got whole and as they were saved', async () => {
    const first = await draft({ headline: 'One', extras: { a: null } });
    await edit(first, { headline: 'Two' });
    const path = { articleId: first.id, revision: '1' };
    const { json, status } = await call('getRevision', { path, role: 'contributor' });
    expect(status).toBe(200);
    const { revision, article, action } = revisionSchema.parse(json);
    expect({ revision, action, headline: article.headline }).toEqual({
      revision: 1,
      action: 'create',
      headline: 'One',
    });
    expect(article).toMatchObject({
      body: first.body,
      section: first.section,
      extras: { a: null },
      internalNote: null,
    });
  });

  test('rise with what is said alone', async () => {
    const fresh = await draft();
    const same = await attempt('updateArticle', fresh, { body: { headline: fresh.headline } });
    expect(same).toMatchObject({ status: 200, json: { version: 1, revision: 1 } });
    const published = await act('publishArticle', await act('submitArticle', fresh));
    expect(await listed(published.id)).toEqual([1]);
  });
});

describe('a revert', () => {
  test('makes a new revision of an old one, and loses none', async () => {
    const first = await draft({ headline: 'First', tags: ['a'] });
    const second = await edit(first, { headline: 'Second', tags: ['b'], deck: 'D' });
    const reverted = await act('revertArticle', second, { path: { revision: '1' } });
    expect(reverted).toMatchObject({ version: 3, revision: 3, headline: 'First', tags: ['a'], deck: null });
    expect(await listed(first.id)).toEqual([3, 2, 1]);
    const { json } = await call('getRevision', { path: { articleId: first.id, revision: '3' } });
    expect(json).toMatchObject({ revision: 3, action: 'revert' });
    expect((await history(first))[0]).toMatchObject({ action: 'revert', fromRevision: 1, toRevision: 3 });
    const compared = await call('compareRevisions', { path: { articleId: first.id, revision: '3' }, query: 'from=1' });
    expect(compared.json).toMatchObject({ fields: [], body: [] });
  });

  test('to what it says already changes nothing', async () => {
    const second = await edit(await draft({ headline: 'Here' }), { headline: 'There' });
    const third = await edit(second, { headline: 'Here' });
    for (const revision of ['1', '3']) expect(await act('revertArticle', third, { path: { revision } })).toEqual(third);
    expect(await get(third)).toEqual(third);
    expect(await history(third)).toHaveLength(3);
  });

  test('of a live story takes its copy back to draft, and readers keep what they have', async () => {
    const live = await act('publishArticle', await edit(await draft({ headline: 'Was' }), { headline: 'Is' }));
    const reverted = await act('revertArticle', live, { path: { revision: '1' } });
    expect(reverted).toMatchObject({ stage: 'draft', headline: 'Was', hasUnpublishedChanges: true });
    expect((await call('getPublishedArticle', { path: { slug: live.slug ?? '' } })).json.headline).toBe('Is');
  });

  test('puts nothing under an embargo that readers have', async () => {
    const embargoUntil = '2099-01-01T00:00:00Z';
    const free = await edit(await draft({ embargoUntil }), { embargoUntil: null });
    const answer = await attempt('revertArticle', await act('publishArticle', free), { path: { revision: '1' } });
    expect(answer).toMatchObject({ status: 409, json: { errors: [{ pointer: '/embargoUntil' }] } });
  });
});

describe('bad input', () => {
  let article: EditorialArticle;
  beforeAll(async () => {
    article = await edit(await draft(), { deck: 'D' });
  });
  const path = { revision: '1' };
  testRefusals(
    newsroom,
    'revertArticle',
    guards(() => article, { path }, 'contributor'),
  );
  const of = (more: object) => () => ({
    path: { articleId: article.id, ...path },
    headers: { 'if-match': '"2"' },
    ...more,
  });
  testRefusals(newsroom, 'revertArticle', [
    {
      name: 'a revision that is not there',
      call: of({ path: { articleId: nobody, revision: '1' } }),
      status: 404,
      code: 'not_found',
    },
    {
      name: 'a revision that is no number',
      call: () => ({ path: { articleId: article.id, revision: 'last' }, headers: { 'if-match': '"2"' } }),
      status: 400,
      code: 'invalid_request',
      pointer: 'revision',
    },
  ]);
  for (const route of ['listRevisions', 'getRevision'] as const)
    testRefusals(newsroom, route, [
      {
        name: 'an article that is not there',
        call: { path: { articleId: nobody, ...path } },
        status: 404,
        code: 'not_found',
      },
      { name: 'somebody without a role', call: of({ role: 'none' }), status: 403, code: 'forbidden' },
    ]);
  testRefusals(newsroom, 'listRevisions', [
    {
      name: 'a cursor of no list',
      call: of({ query: 'cursor=abc' }),
      status: 400,
      code: 'invalid_request',
      pointer: '?cursor',
    },
    { name: 'a limit of 0', call: of({ query: 'limit=0' }), status: 400, code: 'invalid_request', pointer: '?limit' },
    {
      name: 'a cursor of another article’s list',
      call: async () => {
        const other = await edit(await draft(), { deck: 'D' });
        const { json } = await call('listRevisions', { path: { articleId: other.id }, query: 'limit=1' });
        return of({ query: `limit=1&cursor=${json.nextCursor}` })();
      },
      status: 400,
      code: 'invalid_request',
      pointer: '?cursor',
    },
  ]);
});

describe('a thousand revisions', () => {
  test('are listed by pages, and weigh nothing on the working copy', async () => {
    const size = async (articleId: string) => {
      const Key = workingCopyKey(articleId);
      const { Item } = await engine.client.send(new GetCommand({ TableName: engine.editorialTable, Key }));
      return JSON.stringify(Item).length;
    };
    let article = await draft();
    let ofTen = 0;
    for (let revision = 2; revision <= 1000; revision += 1) {
      article = await edit(article, { urgency: (revision % 9) + 1 }, `editor-${revision % 3}`);
      if (revision === 10) ofTen = await size(article.id);
    }
    expect(article).toMatchObject({ version: 1000, revision: 1000 });
    expect(await size(article.id)).toBeLessThanOrEqual(ofTen + 50);
    expect(await listed(article.id, 'limit=100')).toEqual(down(1000));
    expect(await history(article)).toHaveLength(100);
  }, 60_000);
});
