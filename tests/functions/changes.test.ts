import { describe, expect, test } from '@jest/globals';
import { changePageSchema } from '../../contract/schemas/change.ts';
import { cursorAt } from '../../store/cursor.ts';
import { useEngine } from '../support/engine.ts';
import { timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const { act, call, draft, everything, published } = useNewsroom(engine);

type Line = { id: string | null; articleId: string; slug: string | null; kind: string; at: string };

/** What has been done by now has been done for long enough to be told. */
const settle = () => timePasses({ seconds: 16 });

async function page(query: string) {
  const { status, json } = await call('listChanges', { query });
  expect(status).toBe(200);
  return changePageSchema.parse(json);
}

/** Everything from here on, and where it ends. */
async function follow(first: string, limit = 100): Promise<{ lines: Line[]; cursor: string }> {
  const lines: Line[] = [];
  let query = first;
  for (;;) {
    const { items, nextCursor, hasMore } = await page(`limit=${limit}&${query}`);
    lines.push(...items);
    if (!hasMore) return { lines, cursor: nextCursor };
    query = `cursor=${nextCursor}`;
  }
}

describe('the change log', () => {
  test('tells of each publication, update, correction, withdrawal and kill once, in their order, and of no text', async () => {
    const { cursor } = await follow('');
    const first = await published({ headline: 'First in the log', body: { text: 'Not to be told.' } });
    const edited = await act('updateArticle', first, { body: { deck: 'A deck' } });
    const updated = await act('publishArticle', edited, { body: { note: 'Adds a deck' } });
    const again = await act('updateArticle', updated, { body: { deck: 'The right deck', slug: 'moved-in-the-log' } });
    const corrected = await act('publishArticle', again, { body: { kind: 'correction', note: 'The deck was wrong.' } });
    const withdrawn = await act('unpublishArticle', corrected);
    const back = await act('publishArticle', withdrawn);
    await act('killArticle', back, { role: 'admin', body: { notice: 'It was not so.' } });
    await draft({ headline: 'Never published' });
    expect((await follow(`cursor=${cursor}`)).lines).toEqual([]);
    settle();
    const { lines } = await follow(`cursor=${cursor}`);
    expect(lines.map(({ articleId, kind, slug }) => [articleId, kind, slug])).toEqual(
      [
        ['initial', 'first-in-the-log'],
        ['update', 'first-in-the-log'],
        ['correction', 'moved-in-the-log'],
        ['unpublish', 'moved-in-the-log'],
        ['update', 'moved-in-the-log'],
        ['kill', 'moved-in-the-log'],
      ].map(([kind, slug]) => [first.id, kind, slug]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/deck|Not to be told|It was not so/);
    expect(lines.map(({ id }) => id)).toEqual(lines.map(({ id }) => id).sort());
  });

  test('is the same from the beginning, from any cursor and in pages of any size', async () => {
    for (let count = 0; count < 7; count += 1) await published();
    settle();
    const { lines } = await follow('');
    expect((await follow('', 1)).lines).toEqual(lines);
    const { items, nextCursor } = await page('limit=3');
    expect([...items, ...(await follow(`cursor=${nextCursor}`, 2)).lines]).toEqual(lines);
  });

  test('goes on at its end: the same cursor finds what came since', async () => {
    settle();
    const { cursor } = await follow('');
    expect(await page(`cursor=${cursor}`)).toMatchObject({ items: [], hasMore: false });
    expect((await call('listChanges', { query: `cursor=${cursor}` })).headers).not.toHaveProperty('link');
    const { id } = await published();
    settle();
    expect((await follow(`cursor=${cursor}`)).lines).toMatchObject([{ articleId: id, kind: 'initial' }]);
  });

  test('leads over months in which nothing happened, some months a page', async () => {
    settle();
    const { cursor } = await follow('');
    timePasses({ days: 500 });
    const { id } = await published();
    settle();
    const first = await page(`cursor=${cursor}`);
    expect(first).toMatchObject({ items: [], hasMore: true });
    expect((await follow(`cursor=${first.nextCursor}`)).lines).toMatchObject([{ articleId: id }]);
  });

  test('leaves the slug out once the words of the story were deleted', async () => {
    const { cursor } = await follow('');
    const live = await published({ headline: 'Words to be deleted' });
    const trashed = await act('trashArticle', await act('unpublishArticle', live));
    await act('purgeArticle', trashed, { role: 'admin' });
    settle();
    const { lines } = await follow(`cursor=${cursor}`);
    expect(lines.map(({ slug, kind }) => [slug, kind])).toEqual([
      [null, 'initial'],
      [null, 'unpublish'],
    ]);
  });

  test.each([
    ['of another listing', cursorAt('latest', '2026-01-01T00:00:00.000Z#x')],
    ['of a month that there is not', cursorAt('changes', '2026-13|')],
    ['of no id', cursorAt('changes', '2026-01|not-an-id')],
    ['that is cut', cursorAt('changes', '2026-01|').slice(0, -2)],
    ['of a month to come', cursorAt('changes', '2999-01|')],
    ['of a time to come', cursorAt('changes', '2026-01|7ZZZZZZZZZ0000000000000000')],
  ])('refuses a cursor %s', async (_, cursor) => {
    const { status, json } = await call('listChanges', { query: `cursor=${cursor}` });
    expect({ status, pointer: json.errors?.[0].pointer }).toEqual({ status: 400, pointer: '?cursor' });
  });

  test('is kept for seconds, and answers 304 to whoever has it', async () => {
    const { headers } = await call('listChanges');
    expect(headers['cache-control']).toBe('public, max-age=2, s-maxage=5, stale-if-error=60');
    const again = await call('listChanges', { headers: { 'if-none-match': headers.etag ?? '' } });
    expect(again).toMatchObject({ status: 304, body: '' });
  });
});

describe('a snapshot', () => {
  test('has a line for each story that is public, and then the log from its beginning on', async () => {
    const [withdrawn, killed, kept] = [await published(), await published(), await published()];
    await act('unpublishArticle', withdrawn);
    await act('killArticle', killed, { role: 'admin', body: { notice: 'Not so.' } });
    settle();
    const start = await page('snapshot=true&limit=2');
    // While it is read, a story comes, one changes and one goes.
    const late = await published();
    const moved = await act('publishArticle', await act('updateArticle', kept, { body: { deck: 'D' } }), {
      body: { bump: true },
    });
    const rest = await follow(`cursor=${start.nextCursor}`, 2);
    await act('unpublishArticle', moved);
    settle();
    const later = await follow(`cursor=${rest.cursor}`, 2);

    const known = new Map<string, string | null>();
    for (const { articleId, kind, slug } of [...start.items, ...rest.lines, ...later.lines])
      if (kind === 'unpublish' || kind === 'kill') known.delete(articleId);
      else known.set(articleId, slug);
    const isPublic = (await everything()).content.filter(({ sk, state }) => sk === 'SLUG' && state === 'live');
    expect([...known].sort()).toEqual(isPublic.map(({ pk, slug }) => [String(pk).slice(8), slug]).sort());
    expect([known.has(late.id), known.has(kept.id), known.has(killed.id)]).toEqual([true, false, false]);
  });
});
