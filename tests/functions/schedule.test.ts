import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { dueKey, sectionKey } from '../../store/keys.ts';
import { useEngine } from '../support/engine.ts';
import { inMinutes, runClock, timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const newsroom = useNewsroom(engine);
const { act, call, draft, get, history, published } = newsroom;

/** When the item says that it is due. */
async function dueAt(id: string, action: 'publish' | 'unpublish') {
  const Key = dueKey(id, action);
  const { Item } = await engine.client.send(
    new GetCommand({ TableName: engine.editorialTable, Key, ConsistentRead: true }),
  );
  return Item?.dueAt;
}
const statusOf = async (slug: string | null) =>
  (await call('getPublishedArticle', { path: { slug: slug ?? '' } })).status;

describe('a schedule', () => {
  test('stands on the article, in its history and among what is due, and claims the slug', async () => {
    const body = { publishAt: inMinutes(60), unpublishAt: inMinutes(120), note: 'At last.', bump: true };
    const fresh = await draft({ headline: 'To be published' });
    const scheduled = await act('scheduleArticle', fresh, { body });
    expect(scheduled).toMatchObject({
      stage: 'scheduled',
      version: 2,
      revision: 1,
      slug: 'to-be-published',
      publication: null,
      schedule: { ...body, kind: null, revision: 1, by: { sub: 'sub-ana', username: 'ana' } },
    });
    expect(await get(fresh)).toEqual(scheduled);
    expect(await dueAt(fresh.id, 'publish')).toBe(body.publishAt);
    expect(await dueAt(fresh.id, 'unpublish')).toBe(body.unpublishAt);
    const [line] = await history(fresh);
    expect(line).toMatchObject({ action: 'schedule', publishAt: body.publishAt, unpublishAt: body.unpublishAt });
    const second = await published({ headline: 'To be published' });
    expect(second.slug).toBe('to-be-published-2');
    expect(await statusOf('to-be-published')).toBe(404);
  });

  test.each([
    ['2099-06-01T12:00:00+06:00', '2099-06-01T06:00:00.000Z'],
    ['2099-01-01T00:30:00-11:30', '2099-01-01T12:00:00.000Z'],
    ['2099-06-01T12:00:00.999Z', '2099-06-01T12:00:00.000Z'],
    ['2099-06-01T12:00:59.9999999+06:00', '2099-06-01T06:00:59.000Z'],
    ['2096-02-29T12:00:00Z', '2096-02-29T12:00:00.000Z'],
  ])('at %s is kept in UTC, to the second: %s', async (sent, kept) => {
    const scheduled = await act('scheduleArticle', await draft(), { body: { publishAt: sent } });
    expect(scheduled.schedule?.publishAt).toBe(kept);
    expect(await dueAt(scheduled.id, 'publish')).toBe(kept);
    const ends = await act('scheduleArticle', await published(), { body: { unpublishAt: sent } });
    expect(ends.schedule?.unpublishAt).toBe(kept);
    expect((await history(ends))[0]).toMatchObject({ unpublishAt: kept });
  });

  test('of a live story is its end alone, and can be replaced and removed', async () => {
    const live = await published();
    const ends = await act('scheduleArticle', live, { body: { unpublishAt: inMinutes(60) } });
    expect(ends).toMatchObject({ stage: 'published', schedule: { publishAt: null, unpublishAt: inMinutes(60) } });
    const edited = await act('updateArticle', ends, { body: { deck: 'D' } });
    expect(edited.schedule?.unpublishAt).toBe(ends.schedule?.unpublishAt);
    const later = await act('scheduleArticle', edited, { body: { unpublishAt: inMinutes(90) } });
    expect(await dueAt(live.id, 'unpublish')).toBe(later.schedule?.unpublishAt);
    const none = await act('scheduleArticle', later, { body: { unpublishAt: null } });
    expect(none).toMatchObject({ stage: 'draft', schedule: null });
    expect(await dueAt(live.id, 'unpublish')).toBeUndefined();
  });

  test('is over with an edit', async () => {
    const scheduled = await act('scheduleArticle', await draft(), { body: { publishAt: inMinutes(60) } });
    const edited = await act('updateArticle', scheduled, { body: { deck: 'D' } });
    expect(edited).toMatchObject({ stage: 'draft', schedule: null });
    expect(await dueAt(scheduled.id, 'publish')).toBeUndefined();
    const again = await act('scheduleArticle', edited, { body: { publishAt: inMinutes(60) } });
    expect(again).toMatchObject({ stage: 'scheduled', slug: scheduled.slug, schedule: { revision: 2 } });
  });

  test('is taken back by unschedule, which leaves nothing to happen', async () => {
    const approved = await act('approveArticle', await act('submitArticle', await draft()));
    const body = { publishAt: inMinutes(60), unpublishAt: inMinutes(120) };
    const scheduled = await act('scheduleArticle', approved, { body });
    const freed = await act('unscheduleArticle', scheduled);
    expect(freed).toMatchObject({ stage: 'approved', schedule: null, version: 5 });
    expect([await dueAt(freed.id, 'publish'), await dueAt(freed.id, 'unpublish')]).toEqual([undefined, undefined]);
    expect((await history(freed))[0]).toMatchObject({ action: 'unschedule' });
  });

  test('is carried out by the clock, once, and the history says for whom and how late', async () => {
    const fresh = await draft({ headline: 'Out by itself' });
    const body = { publishAt: inMinutes(10), unpublishAt: inMinutes(20) };
    await act('scheduleArticle', fresh, { body, name: 'eve' });
    expect(await runClock()).toMatchObject({ published: 0 });
    timePasses({ minutes: 11 });
    expect(await runClock()).toMatchObject({ published: 1, failed: 0 });
    expect(await runClock()).toMatchObject({ published: 0, unpublished: 0 });
    expect(await get(fresh)).toMatchObject({
      stage: 'published',
      publication: { state: 'live', kind: 'initial' },
      schedule: { publishAt: null, unpublishAt: body.unpublishAt },
    });
    expect(await statusOf('out-by-itself')).toBe(200);
    timePasses({ minutes: 10 });
    expect(await runClock()).toMatchObject({ unpublished: 1 });
    expect(await statusOf('out-by-itself')).toBe(404);
    const [taken, out] = await history(fresh);
    const by = { by: { username: 'clock' }, scheduledBy: { username: 'eve' }, client: 'clock' };
    expect([taken, out]).toMatchObject([
      { action: 'unpublish', ...by },
      { action: 'publish', kind: 'initial', ...by },
    ]);
    expect(out.lateByMs).toBeGreaterThanOrEqual(59_000);
    expect(out.lateByMs).toBeLessThan(120_000);
  });

  test('is over for a story that is published before its time', async () => {
    const scheduled = await act('scheduleArticle', await draft(), { body: { publishAt: inMinutes(5) } });
    const live = await act('publishArticle', scheduled);
    expect(live).toMatchObject({ stage: 'published', slug: scheduled.slug, schedule: null });
    timePasses({ minutes: 6 });
    expect(await runClock()).toMatchObject({ published: 0, failed: 0, retried: 0 });
    expect(await get(live)).toEqual(live);
  });

  test('that can’t be carried out says why on the article', async () => {
    const section = 'short-lived';
    const make = await call('putSection', {
      path: { section },
      headers: { 'if-none-match': '*' },
      role: 'admin',
      body: { name: 'Short-lived' },
    });
    const fresh = await draft({ section });
    const scheduled = await act('scheduleArticle', fresh, { body: { publishAt: inMinutes(1) } });
    // Nobody can delete a section in use, but a restore may bring back a taxonomy without it.
    await engine.client.send(new DeleteCommand({ TableName: engine.editorialTable, Key: sectionKey(section) }));
    expect(make.status).toBe(200);
    timePasses({ minutes: 2 });
    expect(await runClock()).toMatchObject({ published: 0, failed: 1 });
    expect(await get(fresh)).toMatchObject({
      stage: 'draft',
      version: scheduled.version + 1,
      schedule: null,
      trouble: { action: 'publish', code: 'incomplete', detail: expect.stringContaining('/section') },
    });
    expect((await history(fresh))[0]).toMatchObject({ action: 'fail', scheduledBy: { username: 'ana' } });
    expect(
      (await get(await act('updateArticle', await get(fresh), { body: { section: 'world' } }))).trouble,
    ).toBeNull();
  });
});
