import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { publishedArticleSchema } from '../../contract/schemas/published-article.ts';
import { useEngine } from '../support/engine.ts';
import { badBodies, guards, ifMatch, inMinutes, testRefusals, timePasses, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, everything, history, published } = newsroom;
const read = async (slug: string | null) =>
  publishedArticleSchema.parse((await call('getPublishedArticle', { path: { slug: slug ?? '' } })).json);
const latest = async (): Promise<string[]> =>
  (await call('listPublishedArticles', { query: 'limit=100' })).json.items.map(({ id }: { id: string }) => id);

/** Changes what readers get, and publishes it. */
async function again(article: EditorialArticle, body: object, patch: object = {}): Promise<EditorialArticle> {
  const edited = await act('updateArticle', article, { body: { deck: `Deck ${article.version}`, ...patch } });
  return await act('publishArticle', edited, { body });
}

/** The rows of the listing of corrections, the last first. */
async function corrections(of: { id: string }) {
  const rows = (await everything()).content.filter(({ pk }) => pk === 'LIST#corrections');
  const entries = rows.map(({ sk, row }) => ({ sk: String(sk), ...JSON.parse(String(row)) }));
  return entries.filter(({ id }) => id === of.id).sort((a, b) => (a.sk < b.sk ? 1 : -1));
}

describe('a publication', () => {
  test('has a kind, and its notes stand in order on the public article', async () => {
    let article = await act('publishArticle', await draft(), { body: { note: 'Breaking.' } });
    expect(article.publication).toMatchObject({ kind: 'initial', revision: 1 });
    const kinds = [
      ['update', undefined],
      ['correction', 'It was two.'],
      ['clarification', 'Two, and\nof whom.'],
      ['refile', undefined],
      ['update', 'The ministry confirmed it.'],
    ] as const;
    for (const [kind, note] of kinds) {
      article = await again(article, { kind, ...(note ? { note } : {}) });
      expect(article).toMatchObject({ stage: 'published', publication: { kind, revision: article.revision } });
    }
    expect(article).toMatchObject({ revision: 6, hasUnpublishedChanges: false });
    const { notes } = await read(article.slug);
    expect(notes.map(({ kind, text }) => [kind, text])).toEqual([
      ['initial', 'Breaking.'],
      ['correction', 'It was two.'],
      ['clarification', 'Two, and\nof whom.'],
      ['update', 'The ministry confirmed it.'],
    ]);
    expect(notes.map(({ at }) => at)).toEqual([...notes.map(({ at }) => at)].sort());
    const lines = (await history(article)).filter(({ action }) => action === 'publish');
    expect(lines.map(({ kind }) => kind).reverse()).toEqual(['initial', ...kinds.map(([kind]) => kind)]);
  });

  test('is an update where nothing else is said', async () => {
    expect((await again(await published(), {})).publication?.kind).toBe('update');
  });

  test('keeps its place among the latest, unless it is told to go to the top', async () => {
    const first = await published();
    timePasses({ seconds: 2 });
    const second = await published();
    const place = async () => (await latest()).filter((id) => id === first.id || id === second.id);
    expect(await place()).toEqual([second.id, first.id]);
    timePasses({ seconds: 2 });
    const updated = await again(first, { kind: 'update' });
    expect(await place()).toEqual([second.id, first.id]);
    timePasses({ seconds: 2 });
    const bumped = await again(updated, { bump: true });
    expect(await place()).toEqual([first.id, second.id]);
    await again(bumped, { bump: false });
    expect(await place()).toEqual([first.id, second.id]);
    const { firstPublishedAt, publishedAt } = await read(first.slug);
    expect(firstPublishedAt).toBe(first.publication?.publishedAt);
    expect(publishedAt > firstPublishedAt).toBe(true);
  });

  test('after a withdrawal is a later one, at its old place and address', async () => {
    const first = await published();
    timePasses({ seconds: 2 });
    const second = await published();
    const withdrawn = await act('unpublishArticle', first);
    expect(await latest()).not.toContain(first.id);
    expect((await attempt('publishArticle', withdrawn, { body: { kind: 'initial' } })).status).toBe(400);
    const back = await act('publishArticle', withdrawn);
    expect(back).toMatchObject({
      slug: first.slug,
      publication: { kind: 'update', firstPublishedAt: expect.anything() },
    });
    expect((await latest()).filter((id) => id === first.id || id === second.id)).toEqual([second.id, first.id]);
  });
});

describe('the listing of corrections', () => {
  const [before, after] = ['The police shot dozens.', 'The police shot hundreds.'];

  test('says what the story said, what it says now, and why', async () => {
    const live = await published({ headline: 'Shots fired', body: { text: `${before}\n\nIt rained.` } });
    await again(
      live,
      { kind: 'correction', note: 'It was hundreds.' },
      { deck: null, body: { text: `${after}\n\nIt rained.` } },
    );
    const [row, ...others] = await corrections(live);
    expect(others).toEqual([]);
    const { publishedAt } = await read('shots-fired');
    expect(row).toEqual({
      sk: `${publishedAt}#${live.id}`,
      id: live.id,
      slug: 'shots-fired',
      url: 'https://news.example/world/shots-fired',
      headline: 'Shots fired',
      section: { slug: 'world', name: 'World' },
      language: 'en',
      at: publishedAt,
      note: 'It was hundreds.',
      changes: [{ part: 'body', before, after }],
      moreChanges: 0,
    });
  });

  test('has each correction at its own time, and no other kind of publication', async () => {
    let article = await published();
    article = await again(article, { kind: 'correction', note: 'One.' });
    article = await again(article, { kind: 'update', note: 'Two.' });
    article = await again(article, { kind: 'clarification', note: 'Three.' });
    article = await again(article, { kind: 'correction', note: 'Four.' });
    expect((await corrections(article)).map(({ note }) => note)).toEqual(['Four.', 'One.']);
  });

  test('compares with what readers had, however often the story was saved in between', async () => {
    let article = await published({ headline: 'Was' });
    for (const headline of ['Between', 'And between', 'Is'])
      article = await act('updateArticle', article, { body: { headline } });
    await act('publishArticle', article, { body: { kind: 'correction', note: 'N.' } });
    expect((await corrections(article))[0].changes).toEqual([{ part: 'headline', before: 'Was', after: 'Is' }]);
  });

  test('loses them with the story, and has them again with it', async () => {
    let article = await published();
    for (const note of ['One.', 'Two.']) article = await again(article, { kind: 'correction', note });
    const stood = await corrections(article);
    const withdrawn = await act('unpublishArticle', article);
    expect(await corrections(article)).toEqual([]);
    const back = await again(withdrawn, { kind: 'correction', note: 'Three.' });
    expect((await corrections(article)).map(({ note }) => note)).toEqual(['Three.', 'Two.', 'One.']);
    expect((await corrections(article)).slice(1).map(({ at, changes }) => ({ at, changes }))).toEqual(
      stood.map(({ at, changes }) => ({ at, changes })),
    );
    await act('killArticle', back, { role: 'admin', body: { notice: 'N.' } });
    expect(await corrections(article)).toEqual([]);
  });
});

describe('what is not published', () => {
  let fresh: EditorialArticle;
  let live: EditorialArticle;
  let edited: EditorialArticle;
  let noted: EditorialArticle;
  let embargoed: EditorialArticle;
  beforeAll(async () => {
    fresh = await draft();
    live = await published();
    edited = await act('updateArticle', await published(), { body: { deck: 'D' } });
    noted = await act('updateArticle', await published(), { body: { internalNote: 'Call the ministry.' } });
    embargoed = await draft({ embargoUntil: inMinutes(60) });
  });
  const of = (article: () => EditorialArticle, body?: object) => () => ({
    path: { articleId: article().id },
    headers: ifMatch(article()),
    ...(body ? { body } : {}),
  });
  const nothing = { status: 409, code: 'nothing_to_publish' } as const;

  testRefusals(
    newsroom,
    'publishArticle',
    guards(() => fresh, {}, 'contributor'),
  );
  testRefusals(
    newsroom,
    'publishArticle',
    badBodies(() => fresh, {}, [
      ['a kind that is none', { kind: 'new' }, '/kind'],
      ['a first update', { kind: 'update' }, '/kind'],
      ['a first refile', { kind: 'refile' }, '/kind'],
      ['an empty note', { note: '' }, '/note'],
      ['a note that is too long', { note: 'x'.repeat(1001) }, '/note'],
      ['bump in words', { bump: 'top' }, '/bump'],
      ['an unknown field', { at: inMinutes(1) }, '/at'],
    ]),
  );
  testRefusals(
    newsroom,
    'publishArticle',
    badBodies(() => edited, {}, [
      ['a second initial', { kind: 'initial' }, '/kind'],
      ['a correction without a note', { kind: 'correction' }, '/note'],
    ]),
  );
  testRefusals(newsroom, 'publishArticle', [
    { name: 'what is live already', call: of(() => live), ...nothing, detail: /Allowed now: update/ },
    { name: 'what readers have already', call: of(() => noted), ...nothing, detail: /Nothing that readers see/ },
    { name: 'to go to the top alone', call: of(() => noted, { bump: true }), ...nothing },
    {
      name: 'what is under embargo',
      call: of(() => embargoed),
      status: 409,
      code: 'embargoed',
      pointer: '/embargoUntil',
      detail: /until .*Schedule it for then or later/,
    },
  ]);

  test('because nothing has changed is published with a note, or filed again', async () => {
    expect((await act('publishArticle', noted, { body: { note: 'Confirmed.' } })).publication?.kind).toBe('update');
    const other = await act('updateArticle', live, { body: { internalNote: 'N.' } });
    expect((await act('publishArticle', other, { body: { kind: 'refile' } })).publication?.kind).toBe('refile');
  });

  test('because of its embargo is published once that is over', async () => {
    timePasses({ minutes: 61 });
    expect((await act('publishArticle', embargoed)).stage).toBe('published');
  });

  test('is put under an embargo, when readers have it', async () => {
    const story = await published();
    const body = { embargoUntil: inMinutes(60) };
    const { status, json } = await attempt('updateArticle', story, { body });
    expect({ status, code: json.code, errors: json.errors }).toMatchObject({
      status: 409,
      code: 'not_allowed',
      errors: [{ pointer: '/embargoUntil' }],
    });
  });
});

describe('the listing of corrections, in the long run,', () => {
  test('has forty of one story at most', async () => {
    let article = await published();
    for (let count = 1; count <= 42; count += 1)
      article = await again(article, { kind: 'correction', note: `${count}` });
    const notes = (await corrections(article)).map(({ note }) => note);
    expect(notes).toEqual(Array.from({ length: 40 }, (_, index) => `${42 - index}`));
    await act('unpublishArticle', article);
    expect(await corrections(article)).toEqual([]);
  }, 30_000);
});
