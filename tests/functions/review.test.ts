import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { environmentVariables } from '../../contract/environment.ts';
import { type EditorialArticle, editorialArticleSchema } from '../../contract/schemas/editorial-article.ts';
import { historyPageSchema } from '../../contract/schemas/history.ts';
import { useEngine } from '../support/engine.ts';
import { badBodies, guards, testRefusals, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, get, history } = newsroom;

afterEach(() => {
  delete process.env[environmentVariables.fourEyes];
});

describe('a review', () => {
  test('goes from the writer to the desk, back, and on to who publishes, with what each said', async () => {
    const ben = { role: 'contributor', name: 'ben' } as const;
    const eve = { role: 'editor', name: 'eve' } as const;
    const created = await call('createArticle', { ...ben, body: { headline: 'H', section: 'world' } });
    const submitted = await act('submitArticle', created.json, { ...ben, body: { note: 'Please check the names.' } });
    expect(submitted).toMatchObject({ stage: 'in_review', version: 2, revision: 1, approval: null });
    expect((await attempt('updateArticle', submitted, { ...ben, body: { deck: 'D' } })).status).toBe(403);
    const returned = await act('returnArticle', submitted, { ...eve, body: { note: 'Who\nsaid so?' } });
    expect(returned).toMatchObject({ stage: 'draft', version: 3 });
    const edited = await act('updateArticle', returned, { ...ben, body: { deck: 'The ministry said so' } });
    const again = await act('submitArticle', edited, ben);
    const approved = await act('approveArticle', again, { ...eve, body: {} });
    expect(approved).toMatchObject({
      stage: 'approved',
      version: 6,
      approval: { revision: 2, by: { sub: 'sub-eve', username: 'eve' } },
    });
    expect(approved.allowedActions).toContain('publish');
    expect(editorialArticleSchema.parse(await get(approved, eve))).toEqual(approved);

    const page = await call('getHistory', { ...ben, path: { articleId: approved.id } });
    const lines = historyPageSchema.parse(page.json).items;
    expect(lines.map(({ action, by, version, note }) => [action, by.username, version, note])).toEqual([
      ['approve', 'eve', 6, null],
      ['submit', 'ben', 5, null],
      ['update', 'ben', 4, null],
      ['return', 'eve', 3, 'Who\nsaid so?'],
      ['submit', 'ben', 2, 'Please check the names.'],
      ['create', 'ben', 1, null],
    ]);
  });

  test('is undone by an edit, which takes the story back to draft', async () => {
    const approved = await act('approveArticle', await act('submitArticle', await draft()));
    const edited = await act('updateArticle', approved, { body: { deck: 'D' } });
    expect(edited).toMatchObject({ stage: 'draft', approval: { revision: 1 }, revision: 2 });
    const inReview = await act('updateArticle', await act('submitArticle', edited), { body: { deck: 'E' } });
    expect(inReview).toMatchObject({ stage: 'in_review', revision: 3 });
  });

  test('can end an approval too', async () => {
    const approved = await act('approveArticle', await act('submitArticle', await draft()));
    const returned = await act('returnArticle', approved, { body: { note: 'On second thoughts.' } });
    expect(returned).toMatchObject({ stage: 'draft', approval: null });
  });

  test('of a live story leaves what readers have', async () => {
    const live = await newsroom.published({ headline: 'Under review' });
    const edited = await act('updateArticle', live, { body: { headline: 'Reviewed' } });
    const approved = await act('approveArticle', await act('submitArticle', edited));
    expect(approved).toMatchObject({ stage: 'approved', hasUnpublishedChanges: true });
    const { json } = await call('getPublishedArticle', { path: { slug: 'under-review' } });
    expect(json.headline).toBe('Under review');
  });

  test('answers 409 with what is allowed where the state forbids it', async () => {
    const { json } = await attempt('approveArticle', await draft());
    expect(json).toMatchObject({
      status: 409,
      code: 'not_allowed',
      detail:
        'The article is a draft, not published yet: approve is not possible. ' +
        'Allowed now: update, revert, lock, submit, schedule, publish, trash.',
    });
  });
});

describe('where the newsroom wants four eyes', () => {
  test('nobody approves what they edited, and an admin publishes it in an emergency, which the history says', async () => {
    process.env[environmentVariables.fourEyes] = 'true';
    const ana = { role: 'editor', name: 'ana' } as const;
    const submitted = await act('submitArticle', await draft(), ana);
    expect(submitted.allowedActions).not.toContain('approve');
    for (const route of ['approveArticle', 'publishArticle'] as const)
      expect(await attempt(route, submitted, ana)).toMatchObject({ status: 409, json: { code: 'four_eyes' } });
    const body = { publishAt: '2099-01-01T00:00:00Z' };
    const scheduled = await attempt('scheduleArticle', submitted, { ...ana, body });
    expect(scheduled).toMatchObject({ status: 409, json: { code: 'four_eyes' } });
    const approved = await act('approveArticle', submitted, { role: 'editor', name: 'eve' });
    expect((await act('publishArticle', approved, ana)).stage).toBe('published');

    const urgent = await draft();
    const published = await act('publishArticle', urgent, { role: 'admin', name: 'ana' });
    expect(await history(published)).toMatchObject([{ action: 'publish', emergency: true }, { emergency: false }]);
  });

  test('and where it does not, an editor publishes their own', async () => {
    const published = await act('publishArticle', await draft());
    expect(await history(published)).toMatchObject([{ action: 'publish', emergency: false }, {}]);
  });
});

describe('bad input', () => {
  let fresh: EditorialArticle;
  let inReview: EditorialArticle;
  beforeAll(async () => {
    fresh = await draft();
    inReview = await act('submitArticle', await draft());
  });
  const bodies: [string, unknown, string][] = [
    ['an unknown field', { reason: 'x' }, '/reason'],
    ['a note that is no text', { note: 5 }, '/note'],
    ['an empty note', { note: '  ' }, '/note'],
    ['a note that is too long', { note: 'x'.repeat(1001) }, '/note'],
    ['a note with a control character', { note: 'a\u0000' }, '/note'],
    ['a body that is a list', [], ''],
    ['malformed JSON', '{"note":', ''],
  ];
  testRefusals(
    newsroom,
    'submitArticle',
    guards(() => fresh, {}, 'none'),
  );
  testRefusals(
    newsroom,
    'submitArticle',
    badBodies(() => fresh, {}, bodies),
  );
  testRefusals(
    newsroom,
    'returnArticle',
    guards(() => inReview, { body: { note: 'N.' } }, 'contributor'),
  );
  testRefusals(
    newsroom,
    'returnArticle',
    badBodies(() => inReview, {}, [...bodies, ['no note', {}, '/note']]),
  );
  testRefusals(
    newsroom,
    'approveArticle',
    guards(() => inReview, {}, 'contributor'),
  );
  testRefusals(
    newsroom,
    'approveArticle',
    badBodies(() => inReview, {}, bodies),
  );
});
