import { randomBytes } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { environmentVariables } from '../../contract/environment.ts';
import { useEngine } from '../support/engine.ts';
import { timePasses, useNewsroom } from './newsroom.ts';
import { digestOf, previewsOf, told } from './previews.ts';

const newsroom = useNewsroom(useEngine());
const { act, call, draft } = newsroom;
const { link, open } = previewsOf(newsroom);

const hostile = {
  'of nothing': '',
  'too short by one': 'a'.repeat(42),
  'too long by one': 'a'.repeat(44),
  'of 10,000 characters': 'a'.repeat(10_000),
  'of a percent sign': '%',
  'percent-encoded': '%41'.repeat(15).slice(0, 43),
  'of dots': '../../editorial/v1/articles',
  'that is a key': 'PREVIEW#',
  'of full-width letters': 'ａ'.repeat(43),
  'of pictures': '🗞'.repeat(43),
  'with a line break': `${'a'.repeat(42)}\n`,
  'with a line break after it': `${'a'.repeat(43)}\n`,
  'with a NUL': `${'a'.repeat(42)}\u0000`,
} satisfies Record<string, string>;

describe('what opens nothing', () => {
  test('is answered the same, whatever the reason', async () => {
    const fresh = await draft();
    const [revoked, over, trashed] = [await link(fresh), await link(fresh, { body: { minutes: 1 } }), await draft()];
    const { token: ofTrash } = await link(trashed);
    await act('trashArticle', trashed);
    await call('revokePreviewLink', { path: { articleId: fresh.id, linkId: revoked.id } });
    timePasses({ minutes: 2 });
    const unknown = told(await open(randomBytes(32).toString('base64url')));
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const tokens = { revoked: revoked.token, over: over.token, ofTrash, ...hostile };
    for (const [name, token] of Object.entries(tokens))
      expect({ name, ...told(await open(token)) }).toEqual({ name, ...unknown });
  });

  test('is neither the digest nor the id of a link, nor its token in other letters', async () => {
    const { token, id } = await link(await draft());
    const swapped = token.replace(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    for (const other of [digestOf(token), digestOf(token).slice(0, 43), id, swapped, `${token}=`, ` ${token}`])
      expect({ other, status: (await open(other)).status }).toEqual({ other, status: 404 });
    expect((await open(token)).status).toBe(200);
  });

  test('is told of a bad request as what opens something is', async () => {
    const { token } = await link(await draft());
    for (const query of ['format=pdf', 'format=', 'format=json&format=html', 'dry=1', 'fields=headline']) {
      const [known, unknown] = await Promise.all([open(token, { query }), open('x', { query })]);
      expect({ query, ...told(known) }).toEqual({ query, ...told(unknown) });
      expect(known.status).toBe(query === 'format=pdf' || query === 'format=' ? 406 : 400);
    }
  });
});

test('no log line has a token, its digest or its address, whatever goes wrong', async () => {
  const fresh = await draft();
  const lines: string[] = [];
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  const { token, id } = await link(fresh);
  await call('listPreviewLinks', { path: { articleId: fresh.id } });
  for (const query of ['', 'format=html', 'format=pdf', 'dry=1']) await open(token, { query });
  await open(token, { method: 'HEAD' });
  await open(`${token}x`.repeat(300));
  const variable = environmentVariables.editorialTable;
  const table = process.env[variable];
  process.env[variable] = 'no-such-table';
  expect((await open(token)).status).toBe(500);
  expect((await call('createPreviewLink', { path: { articleId: fresh.id } })).status).toBe(500);
  process.env[variable] = table;
  await call('revokePreviewLink', { path: { articleId: fresh.id, linkId: id } });
  await open(token);
  written.mockRestore();
  expect(lines).toHaveLength(12);
  expect(lines.filter((line) => JSON.parse(line).level === 'error')).toHaveLength(2);
  const text = lines.join('');
  for (const secret of [token, digestOf(token), id, '/preview/']) expect(text).not.toContain(secret);
});
