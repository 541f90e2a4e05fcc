import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { runDue } from '../../functions/run-due/run-due.ts';
import { databaseAt, later } from '../support/clock.ts';
import { type Answer, databaseOf, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const inAnHour = later(3_600_000);
const runAt = (at: string) => runDue(databaseAt(databaseOf(engine), at));

/** Rounds of a race: who comes first is up to chance. */
const rounds = Array.from({ length: 12 }, (_, index) => index);

const at = ({ id, version }: Pick<EditorialArticle, 'id' | 'version'>) => ({
  path: { articleId: id },
  headers: { 'if-match': `"${version}"` },
});

async function get(id: string): Promise<EditorialArticle> {
  return (await desk.call('getArticle', { path: { articleId: id }, role: 'admin' })).json;
}

async function scheduled(body: object = { publishAt: inAnHour }): Promise<EditorialArticle> {
  return (await desk.call('scheduleArticle', { ...at(await desk.draft({ tags: ['race'] })), body })).json;
}

async function linesOf(id: string): Promise<{ action: string; version: number }[]> {
  return (await desk.call('getHistory', { path: { articleId: id }, query: 'limit=100', role: 'admin' })).json.items;
}

/** Each row of a listing has its document, and each document its rows. */
async function expectRowsToMatch(): Promise<void> {
  const { Items = [] } = await engine.client.send(new ScanCommand({ TableName: engine.contentTable }));
  const rows = Items.filter(({ pk }) => pk === 'LIST#latest').map(({ sk }) => sk.slice(-36));
  const live = Items.filter(({ sk, state }) => sk === 'SLUG' && state === 'live').map(({ pk, slug }) => ({ pk, slug }));
  expect([...rows].sort()).toEqual(live.map(({ pk }) => pk.slice('ARTICLE#'.length)).sort());
  for (const { slug } of live)
    expect(Items.some(({ pk, state }) => pk === `SLUG#${slug}` && state === 'live')).toBe(true);
}

async function expectNoGaps(id: string): Promise<void> {
  const { version } = await get(id);
  const versions = (await linesOf(id)).map((line) => line.version);
  expect(versions).toEqual(Array.from({ length: version }, (_, index) => version - index));
}

describe('at the same moment', () => {
  test('a publication by the clock and one by an editor: the story is published once', async () => {
    for (const _ of rounds) {
      const story = await scheduled();
      const [answer] = await Promise.all([desk.call('publishArticle', at(story)), runAt(inAnHour)]);
      expect([200, 412]).toContain(answer.status);
      expect((await linesOf(story.id)).filter(({ action }) => action === 'publish')).toHaveLength(1);
      await expectNoGaps(story.id);
    }
    await expectRowsToMatch();
  });

  test('an edit and the clock: whichever is first, the edit is not lost and what it changed is not published', async () => {
    for (const _ of rounds) {
      const story = await scheduled();
      const edit = { ...at(story), body: { deck: 'Changed at the last moment' } };
      const [answer] = await Promise.all([desk.call('updateArticle', edit), runAt(inAnHour)]);
      const after = await get(story.id);
      if (answer.status === 200)
        expect(after).toMatchObject({ deck: edit.body.deck, stage: 'draft', publication: null });
      else expect(after).toMatchObject({ deck: null, stage: 'published' });
      await expectNoGaps(story.id);
    }
    await expectRowsToMatch();
  });

  test('taking it off the schedule and the clock: it is one or the other', async () => {
    for (const _ of rounds) {
      const story = await scheduled();
      const [answer] = await Promise.all([desk.call('unscheduleArticle', at(story)), runAt(inAnHour)]);
      expect((await get(story.id)).stage).toBe(answer.status === 200 ? 'draft' : 'published');
      expect((await runAt(inAnHour)).done.published).toBe(0);
    }
    await expectRowsToMatch();
  });

  test('publishing again and unpublishing: one is made, and the listings agree with it', async () => {
    for (const _ of rounds) {
      const live = await desk.published({ tags: ['race'] });
      const edited = (await desk.call('updateArticle', { ...at(live), body: { deck: 'New' } })).json;
      const answers = await Promise.all([
        desk.call('publishArticle', at(edited)),
        desk.call('unpublishArticle', at(edited)),
        desk.call('killArticle', { ...at(edited), role: 'admin', body: { notice: 'Gone.' } }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
      await expectNoGaps(live.id);
    }
    await expectRowsToMatch();
  });

  test('a kill and the clock’s update: the story stays dark', async () => {
    for (const _ of rounds) {
      const live = await desk.published();
      const edited = (await desk.call('updateArticle', { ...at(live), body: { deck: 'New' } })).json;
      const story = (await desk.call('scheduleArticle', { ...at(edited), body: { publishAt: inAnHour } })).json;
      const kill = (article: EditorialArticle): Promise<Answer> =>
        desk.call('killArticle', { ...at(article), role: 'admin', body: { notice: 'Gone.' } });
      const [answer] = await Promise.all([kill(story), runAt(inAnHour)]);
      if (answer.status === 412) expect((await kill(await get(live.id))).status).toBe(200);
      await runAt(inAnHour);
      const page = await desk.call('getPublishedArticle', { path: { slug: live.publication?.slug ?? '' } });
      expect(page).toMatchObject({ status: 410, json: { notice: 'Gone.' } });
    }
    await expectRowsToMatch();
  });

  test('two editors who want the lock: one has it, and both can save in turn', async () => {
    for (const _ of rounds) {
      const story = await desk.draft();
      const locking = ['ana', 'ben'].map((name) => desk.call('lockArticle', { ...at(story), name }));
      const answers = await Promise.all(locking);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const saving = ['ana', 'ben'].map((name) =>
        desk.call('updateArticle', { ...at(story), name, body: { deck: `By ${name}` } }),
      );
      const saved = await Promise.all(saving);
      expect(saved.map(({ status }) => status).sort()).toEqual([200, 412]);
      await expectNoGaps(story.id);
    }
  });

  test('twenty revisions, reverts and reviews of one story: each that was said yes to is in the history', async () => {
    const story = await desk.draft();
    let made = 1;
    for (let round = 0; round < 6; round += 1) {
      const now = await get(story.id);
      const answers = await Promise.all([
        desk.call('updateArticle', { ...at(now), body: { deck: `Deck ${round}` } }),
        desk.call('updateArticle', { ...at(now), body: { deck: `Other ${round}` } }),
        desk.call('revertArticle', { ...at(now), path: { articleId: story.id, revision: '1' } }),
        desk.call('submitArticle', at(now)),
      ]);
      made += answers.filter(({ status }) => status === 200).length;
      const unchanged = answers.filter(({ status, json }) => status === 200 && json.version === now.version).length;
      made -= unchanged;
    }
    expect((await get(story.id)).version).toBe(made);
    await expectNoGaps(story.id);
    const { Items = [] } = await engine.client.send(
      new QueryCommand({
        TableName: engine.editorialTable,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :rev)',
        ExpressionAttributeValues: { ':pk': `ARTICLE#${story.id}`, ':rev': 'REV#' },
      }),
    );
    expect(Items).toHaveLength((await get(story.id)).revision);
  });
});
