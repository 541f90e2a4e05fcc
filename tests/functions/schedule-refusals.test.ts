import { beforeAll, describe, expect, test } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { useEngine } from '../support/engine.ts';
import { badBodies, guards, testRefusals, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, draft, published } = newsroom;

describe('a schedule that can’t be kept', () => {
  let fresh: EditorialArticle;
  let live: EditorialArticle;
  let edited: EditorialArticle;
  let waiting: EditorialArticle;
  let embargoed: EditorialArticle;
  beforeAll(async () => {
    fresh = await draft();
    live = await published();
    edited = await act('updateArticle', await published(), { body: { deck: 'D' } });
    waiting = await act('scheduleArticle', await draft(), { body: { publishAt: '2099-01-01T00:00:00Z' } });
    embargoed = await draft({ embargoUntil: '2098-12-31T23:00:00-01:00' });
  });
  const publishAt = '2099-01-01T00:00:00Z';
  const at = (time: unknown) => ({ publishAt: time });

  testRefusals(
    newsroom,
    'scheduleArticle',
    guards(() => fresh, { body: { publishAt } }, 'contributor'),
  );
  testRefusals(
    newsroom,
    'scheduleArticle',
    badBodies(() => fresh, {}, [
      ['a day that is none', at('2026-02-30T12:00:00Z'), '/publishAt'],
      ['the 29th of February of another year', at('2099-02-29T12:00:00Z'), '/publishAt'],
      ['a time without an offset', at('2099-01-01T00:00:00'), '/publishAt'],
      ['a day without a time', at('2099-01-01'), '/publishAt'],
      ['an offset that is none', at('2099-01-01T00:00:00+25:00'), '/publishAt'],
      ['the 25th hour', at('2099-01-01T25:00:00Z'), '/publishAt'],
      ['a time in words', at('tomorrow'), '/publishAt'],
      ['a time as a number', at(4_070_908_800), '/publishAt'],
      ['null for a time', at(null), '/publishAt'],
      ['a time that is past', at('2020-01-01T00:00:00Z'), '/publishAt'],
      ['an empty body', {}, '/publishAt'],
      ['an end alone', { unpublishAt: publishAt }, '/publishAt'],
      ['an end before the beginning', { publishAt, unpublishAt: '2098-01-01T00:00:00Z' }, '/unpublishAt'],
      ['an end that is no day', { publishAt, unpublishAt: '2099-13-01T00:00:00Z' }, '/unpublishAt'],
      ['a kind that is none', { publishAt, kind: 'new' }, '/kind'],
      ['a first correction', { publishAt, kind: 'correction', note: 'N.' }, '/kind'],
      ['an empty note', { publishAt, note: '' }, '/note'],
      ['bump in words', { publishAt, bump: 'yes' }, '/bump'],
      ['an unknown field', { publishAt, at: publishAt }, '/at'],
    ]),
  );
  testRefusals(
    newsroom,
    'scheduleArticle',
    badBodies(() => edited, {}, [
      ['a correction without a note', { publishAt, kind: 'correction' }, '/note'],
      ['nothing', {}, '/publishAt'],
      ['an end that is past', { unpublishAt: '2020-01-01T00:00:00Z' }, '/unpublishAt'],
    ]),
  );
  testRefusals(newsroom, 'scheduleArticle', [
    {
      name: 'a time that is of the year 10000 in UTC',
      call: async () => ({
        path: { articleId: (await draft()).id },
        headers: { 'if-match': '"1"' },
        body: { publishAt: '9999-12-31T23:59:59-01:00' },
      }),
      status: 400,
      code: 'invalid_request',
      pointer: '/publishAt',
    },
    {
      name: 'a time before the embargo',
      call: () => ({
        path: { articleId: embargoed.id },
        headers: { 'if-match': '"1"' },
        body: { publishAt: '2098-12-31T23:59:59Z' },
      }),
      status: 409,
      code: 'embargoed',
      pointer: '/embargoUntil',
      detail: /2099-01-01T00:00:00.000Z/,
    },
    {
      name: 'what is live already',
      call: () => ({ path: { articleId: live.id }, headers: { 'if-match': '"2"' }, body: { publishAt } }),
      status: 409,
      code: 'nothing_to_publish',
      pointer: '/publishAt',
    },
  ]);
  testRefusals(
    newsroom,
    'unscheduleArticle',
    guards(() => waiting, {}, 'contributor'),
  );
  testRefusals(newsroom, 'unscheduleArticle', [
    {
      name: 'what is not scheduled',
      call: () => ({ path: { articleId: fresh.id }, headers: { 'if-match': '"1"' } }),
      status: 409,
      code: 'not_allowed',
      detail: /Allowed now: update/,
    },
  ]);

  test('a slug that another article was scheduled with is taken', async () => {
    const first = await act('scheduleArticle', await draft({ slug: 'asked-for' }), { body: { publishAt } });
    const second = await attempt('scheduleArticle', await draft({ slug: 'asked-for' }), { body: { publishAt } });
    expect(first.slug).toBe('asked-for');
    expect(second).toMatchObject({ status: 409, json: { code: 'slug_taken', errors: [{ pointer: '/slug' }] } });
  });
});
