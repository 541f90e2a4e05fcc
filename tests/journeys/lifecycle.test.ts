import { expect, test } from '@jest/globals';
import { publishedArticleSchema } from '../../contract/schemas/published-article.ts';
import { inMinutes, runClock, runSweeps, timePasses, useNewsroom } from '../functions/newsroom.ts';
import { useEngine } from '../support/engine.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, call, draft, get, history } = newsroom;

const ben = { role: 'contributor', name: 'ben' } as const;
const eve = { role: 'editor', name: 'eve' } as const;
const ada = { role: 'admin', name: 'ada' } as const;
const read = (slug: string) => call('getPublishedArticle', { path: { slug } });
const listed = async (id: string) =>
  (await call('listPublishedArticles', { query: 'section=world' })).json.items.some(
    (item: { id: string }) => item.id === id,
  );

test('a story is written, reviewed, approved, scheduled, published by the clock, corrected and killed', async () => {
  // Ben writes it and hands it to the desk; from then on it is not his to change.
  const written = await call('createArticle', {
    ...ben,
    body: { headline: 'Reservoir is safe', section: 'world', body: { text: 'The dam holds dozens of litres.' } },
  });
  let story = await act('submitArticle', written.json, { ...ben, body: { note: 'Figures are from the ministry.' } });
  expect((await attempt('updateArticle', story, { ...ben, body: { deck: 'D' } })).status).toBe(403);

  // Eve finds something missing; he adds it, and she approves.
  story = await act('returnArticle', story, { ...eve, body: { note: 'Which ministry?' } });
  story = await act('updateArticle', story, { ...ben, body: { deck: 'So says the ministry of water' } });
  story = await act('submitArticle', story, ben);
  story = await act('approveArticle', story, eve);
  expect(story).toMatchObject({ stage: 'approved', revision: 2, approval: { revision: 2, by: { username: 'eve' } } });

  // It is to be public in an hour. Nobody can see it before, whatever its address.
  story = await act('scheduleArticle', story, { ...eve, body: { publishAt: inMinutes(60) } });
  expect(story).toMatchObject({ stage: 'scheduled', slug: 'reservoir-is-safe', publication: null });
  expect(await runClock()).toMatchObject({ published: 0 });
  expect((await read('reservoir-is-safe')).status).toBe(404);

  // The hour passes. A clock that ticks twice, or at the same time as another, publishes it once.
  timePasses({ minutes: 60, seconds: 1 });
  const ticks = await Promise.all([runClock(), runClock()]);
  expect(ticks.map(({ published }) => published).sort()).toEqual([0, 1]);
  story = await get(story, eve);
  expect(story).toMatchObject({ stage: 'published', revision: 2, publication: { state: 'live', kind: 'initial' } });
  const first = publishedArticleSchema.parse((await read('reservoir-is-safe')).json);
  expect(first).toMatchObject({ headline: 'Reservoir is safe', deck: 'So says the ministry of water', notes: [] });
  expect(await listed(story.id)).toBe(true);

  // It was wrong. The correction says so, to the readers of the story and of all corrections.
  const note = 'The dam holds millions of litres, not dozens.';
  story = await act('updateArticle', story, { ...eve, body: { body: { text: 'The dam holds millions of litres.' } } });
  story = await act('publishArticle', story, { ...eve, body: { kind: 'correction', note } });
  const corrected = publishedArticleSchema.parse((await read('reservoir-is-safe')).json);
  expect(corrected).toMatchObject({ notes: [{ kind: 'correction', text: note }], revision: 3 });
  expect(corrected.firstPublishedAt).toBe(first.firstPublishedAt);
  const { content } = await newsroom.everything();
  expect(content.find(({ pk }) => pk === 'LIST#corrections')?.row).toContain('dozens of litres');

  // It was invented from end to end. An admin kills it: readers get the notice, and it goes from wherever it was named.
  await act('publishArticle', await draft({ headline: 'More on dams', related: [story.id] }), eve);
  const notice = 'There is no such dam. We have removed this story.';
  expect((await attempt('killArticle', story, { ...eve, body: { notice } })).status).toBe(403);
  story = await act('killArticle', story, { ...ada, body: { notice } });
  expect(await read('reservoir-is-safe')).toMatchObject({ status: 410, json: { code: 'gone', notice } });
  expect(await listed(story.id)).toBe(false);
  await runSweeps();
  expect((await read('more-on-dams')).json.related).toEqual([]);
  expect((await call('getArticle', { path: { articleId: story.id }, ...eve })).status).toBe(403);

  // An admin still sees what happened to it, and who did it.
  expect((await history(story, ada)).map(({ action, by }) => `${by.username}: ${action}`).reverse()).toEqual([
    'ben: create',
    'ben: submit',
    'eve: return',
    'ben: update',
    'ben: submit',
    'eve: approve',
    'eve: schedule',
    'clock: publish',
    'eve: update',
    'eve: publish',
    'ada: kill',
  ]);
});
