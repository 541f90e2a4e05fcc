import { describe, expect, test } from '@jest/globals';
import { previewsOf } from '../functions/previews.ts';
import { isGranted, type Use } from './grant-uses.ts';
import { useGrantedDesk } from './granted-desk.ts';

const granted = useGrantedDesk();
const { uses, calls, changes, draft, published } = granted;
const { link, open } = previewsOf({ ...granted.desk, call: calls });
const admin = { role: 'admin' } as const;

describe('a role allows all that its function asks of the tables:', () => {
  test('making, listing and revoking preview links, and opening them', async () => {
    const fresh = await draft({ related: [(await published()).id] });
    const path = { articleId: fresh.id };
    const { id, token } = await link(fresh);
    expect((await calls('listPreviewLinks', { path })).json.items).toHaveLength(1);
    for (const format of ['json', 'html']) expect((await open(token, { query: `format=${format}` })).status).toBe(200);
    expect((await calls('revokePreviewLink', { path: { ...path, linkId: id } })).status).toBe(200);
    expect((await open(token)).status).toBe(404);
  });

  test('purging an article with links', async () => {
    const fresh = await draft();
    const { token } = await link(fresh);
    await changes('purgeArticle', await changes('trashArticle', fresh), admin);
    expect((await open(token)).status).toBe(404);
  });

  test('and not what it does not ask: a preview writes nothing, and finds no article but by a token', () => {
    const use: Use = { table: 'editorial', action: 'GetItem', key: 'ARTICLE#x', inTransaction: false };
    expect(isGranted('get-preview', use)).toBe(false);
    for (const key of ['ARTICLE#x', 'PREVIEW#x'])
      for (const action of ['PutItem', 'DeleteItem']) {
        const writing = { ...use, action, key, inTransaction: true };
        expect(isGranted('get-preview', writing)).toBe(false);
        expect(isGranted('change-preview-links', writing)).toBe(key === 'PREVIEW#x');
      }
    expect(isGranted('change-preview-links', { ...use, action: 'GetItem', key: 'PREVIEW#x' })).toBe(false);
  });
});

describe('a role allows nothing that its function never asks:', () => {
  test.each(['change-preview-links', 'get-preview'] as const)('%s', (id) => {
    expect(uses.unused(id)).toEqual([]);
  });
});
