import { describe, expect, test } from '@jest/globals';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import type { ScheduleRequest } from '../../contract/schemas/action-requests.ts';
import { decideFailure } from '../../domain/article/fail.ts';
import { scheduleCopy, unscheduleCopy } from '../../domain/article/schedule.ts';
import { dueTimes, type WorkingCopy } from '../../domain/article/working-copy.ts';
import {
  acting,
  as,
  at,
  draft,
  edited,
  now,
  outcome,
  published,
  scheduled,
  scheduling,
  through,
} from './article-states.ts';

const live = published();
const ending = scheduled(live, { unpublishAt: at('20:00') });
const withdrawn = through(live, 'unpublish');
const schedule = (copy: WorkingCopy, request: ScheduleRequest, more = {}) =>
  scheduleCopy(copy, { ...scheduling(copy, request, as('editor')), ...more });

type Refusal = [
  string,
  WorkingCopy,
  ScheduleRequest,
  { code?: ErrorCode; pointer?: string; detail?: RegExp; more?: object },
];

const soon = at('13:00');
const embargoed = draft({ embargoUntil: '2026-01-01T19:00:00+06:00' });

const refusals: Refusal[] = [
  ['a time that is past', draft(), { publishAt: at('11:59') }, { pointer: '/publishAt', detail: /12:00:00.000Z now/ }],
  ['this very moment', draft(), { publishAt: at('12:00') }, { pointer: '/publishAt', detail: /publish at once/ }],
  ['no time for a draft', draft(), {}, { pointer: '/publishAt', detail: /is required/ }],
  ['the end of a draft', draft(), { unpublishAt: soon }, { pointer: '/publishAt', detail: /not public/ }],
  ['the end of what is withdrawn', withdrawn, { unpublishAt: soon }, { pointer: '/publishAt' }],
  ['no time for a live story', live, {}, { pointer: '/publishAt', detail: /or \/unpublishAt/ }],
  ['no time once it has an end', ending, { kind: 'refile' }, { pointer: '/publishAt' }],
  ['an end before the beginning', draft(), { publishAt: soon, unpublishAt: at('12:30') }, { pointer: '/unpublishAt' }],
  ['an end at the beginning', draft(), { publishAt: soon, unpublishAt: soon }, { pointer: '/unpublishAt' }],
  ['an end that is past', live, { unpublishAt: at('11:00') }, { pointer: '/unpublishAt', detail: /12:00:00.000Z now/ }],
  ['an end that is now', live, { unpublishAt: at('12:00') }, { pointer: '/unpublishAt' }],
  [
    'an end before the planned beginning',
    scheduled(draft()),
    { unpublishAt: at('12:30') },
    { pointer: '/unpublishAt' },
  ],
  [
    'a beginning after the end that was planned',
    edited(ending),
    { publishAt: at('21:00') },
    { pointer: '/unpublishAt', detail: /2026-01-01T20:00/ },
  ],
  ['what is live already', live, { publishAt: soon }, { code: 'nothing_to_publish', pointer: '/publishAt' }],
  [
    'what readers have already',
    edited(live, { deck: null, internalNote: 'N.' }),
    { publishAt: soon },
    { code: 'nothing_to_publish', more: { publicBefore: live.article } },
  ],
  [
    'less than the embargo',
    embargoed,
    { publishAt: '2026-01-01T12:59:59.000Z' },
    { code: 'embargoed', pointer: '/embargoUntil', detail: /2026-01-01T13:00:00.000Z.*then or later/ },
  ],
  ['a first update', draft(), { publishAt: soon, kind: 'update' }, { pointer: '/kind' }],
  ['a second initial', edited(live), { publishAt: soon, kind: 'initial' }, { pointer: '/kind' }],
  ['a correction without a note', edited(live), { publishAt: soon, kind: 'correction' }, { pointer: '/note' }],
  ['no body', draft({ body: [] }), { publishAt: soon }, { code: 'incomplete', pointer: '/body' }],
  [
    'a section that is gone',
    draft(),
    { publishAt: soon },
    { code: 'incomplete', pointer: '/section', more: { section: undefined } },
  ],
  ['an old version', draft(), { publishAt: soon }, { code: 'version_conflict', more: { basedOn: 7 } }],
];

describe('it can’t be scheduled:', () => {
  test.each(refusals)('%s', (_, copy, request, { code = 'invalid_request', pointer, detail, more }) => {
    expect(outcome(() => schedule(copy, request, more))).toMatchObject({
      code,
      ...(pointer ? { fields: [{ pointer }] } : {}),
      ...(detail ? { message: expect.stringMatching(detail) } : {}),
    });
  });
});

describe('a schedule', () => {
  test('binds the revision, keeps the slug, and says who decided what', () => {
    const request = { publishAt: soon, unpublishAt: at('20:00'), note: 'At last.', bump: true };
    const { copy, history } = schedule(draft(), request);
    const by = { sub: 'sub-editor', username: 'editor' };
    const publication = { publishAt: soon, revision: 1, slug: 'h', kind: null, note: 'At last.', bump: true, by };
    expect(copy).toMatchObject({ stage: 'scheduled', version: 2, revision: 1, slugs: ['h'], publication: null });
    expect(copy.schedule).toEqual({ publication, unpublishAt: at('20:00'), at: now.toISOString(), by });
    expect(history).toMatchObject({ action: 'schedule', publishAt: soon, unpublishAt: at('20:00'), note: 'At last.' });
  });

  test('may begin at the very end of the embargo', () => {
    expect(schedule(embargoed, { publishAt: soon }).copy.stage).toBe('scheduled');
  });

  test('of a live story may be its end alone, wherever its copy is', () => {
    for (const copy of [live, edited(live), through(edited(live), 'submit'), scheduled(edited(live))]) {
      const { copy: next } = schedule(copy, { unpublishAt: at('20:00') });
      expect(next.stage).toBe(copy.stage);
      expect(next.schedule?.unpublishAt).toBe(at('20:00'));
      expect(next.schedule?.publication).toEqual(copy.schedule?.publication ?? null);
    }
  });

  test.each<[string, ScheduleRequest, string | null]>([
    ['stays', { publishAt: at('14:00') }, at('20:00')],
    ['stays beside a new kind', { publishAt: at('14:00'), kind: 'refile' }, at('20:00')],
    ['is replaced', { publishAt: at('14:00'), unpublishAt: at('22:00') }, at('22:00')],
    ['is replaced alone', { unpublishAt: at('22:00') }, at('22:00')],
    ['is removed by null', { publishAt: at('14:00'), unpublishAt: null }, null],
    ['is removed alone', { unpublishAt: null }, null],
  ])('has an end that %s', (_, request, unpublishAt) => {
    const copy = scheduled(edited(live), { publishAt: soon, unpublishAt: at('20:00') });
    expect(schedule(copy, request).copy.schedule).toMatchObject({
      publication: { publishAt: request.publishAt ?? soon },
      unpublishAt,
    });
  });

  test('of an end that is removed is none', () => {
    expect(schedule(ending, { unpublishAt: null }).copy).toMatchObject({ stage: 'published', schedule: null });
  });

  test('ends with an edit, but for the end of what is live', () => {
    const both = { publishAt: soon, unpublishAt: at('20:00') };
    expect(edited(scheduled(draft(), both))).toMatchObject({ stage: 'draft', schedule: null });
    expect(edited(scheduled(withdrawn, both)).schedule).toBeNull();
    expect(edited(scheduled(edited(live), both))).toMatchObject({
      stage: 'draft',
      schedule: { publication: null, unpublishAt: at('20:00') },
    });
  });

  test('taken back leaves nothing to happen, and an approval as it was', () => {
    const copy = scheduled(through(draft(), 'submit', 'approve'), { publishAt: soon, unpublishAt: at('20:00') });
    const { copy: next } = unscheduleCopy(copy, acting(copy));
    expect(next).toMatchObject({ stage: 'approved', schedule: null, slugs: ['h'] });
    expect(dueTimes(next)).toEqual({});
  });
});

describe('what is due', () => {
  const trashed = through(draft(), 'trash');
  const both = scheduled(draft(), { publishAt: soon, unpublishAt: at('20:00') });
  test.each<[string, WorkingCopy, object]>([
    ['nothing of a draft', draft(), {}],
    ['nothing of a live story', live, {}],
    ['its publication', scheduled(draft()), { publish: soon }],
    ['its end', ending, { unpublish: at('20:00') }],
    ['both', both, { publish: soon, unpublish: at('20:00') }],
    ['what is left of both', published(both), { unpublish: at('20:00') }],
    ['its purge, thirty days after it was trashed', trashed, { purge: at('12:00', '2026-01-31') }],
    ['nothing once it is taken out of the trash', through(trashed, 'restore'), {}],
    [
      'its purge alone, if it was scheduled',
      through(scheduled(draft()), 'trash'),
      { purge: at('12:00', '2026-01-31') },
    ],
    ['nothing once it is withdrawn', through(ending, 'unpublish'), {}],
    ['nothing once it is killed', through(ending, 'kill'), {}],
  ])('is %s', (_, copy, expected) => {
    expect(dueTimes(copy)).toEqual(expected);
  });
});

describe('what could not be done', () => {
  const reason = new AppError('incomplete', `Before it can be published: /section ${'x'.repeat(2000)}`);
  const fail = (copy: WorkingCopy, action: 'publish' | 'unpublish' | 'purge') =>
    decideFailure(copy, { action, reason, caller: as('admin', 'clock'), now });
  const both = { publishAt: soon, unpublishAt: at('20:00') };

  test.each<[string, WorkingCopy, object]>([
    ['a draft', scheduled(draft(), both), { stage: 'draft', schedule: null }],
    [
      'approved, if it was',
      scheduled(through(draft(), 'submit', 'approve'), both),
      { stage: 'approved', schedule: null },
    ],
    [
      'and what is live ends as it was to',
      scheduled(edited(live), both),
      { stage: 'draft', schedule: { publication: null, unpublishAt: at('20:00') } },
    ],
  ])('as a publication is given up: the story is %s', (_, copy, expected) => {
    const { copy: next, history } = fail(copy, 'publish');
    expect(next).toMatchObject({ ...expected, version: copy.version + 1, revision: copy.revision });
    expect(next.trouble).toMatchObject({ action: 'publish', code: 'incomplete', at: now.toISOString() });
    expect(history).toMatchObject({ action: 'fail', by: { username: 'clock' }, scheduledBy: { username: 'admin' } });
    expect(history.note).toHaveLength(1000);
  });

  test.each([
    ['unpublish', ending],
    ['purge', through(draft(), 'trash')],
  ] as const)('as %s stays due', (action, copy) => {
    const { copy: next } = fail(copy, action);
    expect(next).toMatchObject({ stage: copy.stage, trouble: { action } });
    expect(dueTimes(next)).toEqual(dueTimes(copy));
  });

  test('is settled by the next that somebody does', () => {
    const failed = fail(scheduled(draft()), 'publish').copy;
    expect(scheduled(failed).trouble).toBeNull();
    expect(edited(failed).trouble).toBeNull();
  });
});
