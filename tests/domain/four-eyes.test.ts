import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../contract/roles.ts';
import { allowedActions } from '../../domain/article/lifecycle.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import { reviewCopy } from '../../domain/article/review.ts';
import { scheduleCopy } from '../../domain/article/schedule.ts';
import type { Caller, WorkingCopy } from '../../domain/article/working-copy.ts';
import {
  acting,
  as,
  at,
  codeOf,
  draft,
  edited,
  outcome,
  perform,
  published,
  publishing,
  scheduled,
  scheduling,
  through,
} from './article-states.ts';

const ben = as('contributor', 'ben');
const ana = as('editor', 'ana');
const eve = as('editor', 'eve');
const ada = as('admin', 'ada');

const review = (copy: WorkingCopy, action: 'submit' | 'return' | 'approve', caller: Caller, fourEyes = true) =>
  reviewCopy(copy, action, { ...acting(copy, caller), note: 'N.', fourEyes });
const schedule = (copy: WorkingCopy, caller: Caller, request: object = { publishAt: at('13:00') }) =>
  scheduleCopy(copy, { ...scheduling(copy, request, caller), fourEyes: true });
const publish = (copy: WorkingCopy, caller: Caller, fourEyes = true) =>
  decidePublication(copy, publishing(copy, { caller, fourEyes }));

/** Written by Ben, edited by Ana and in review. */
const inReview = edited(review(draft({}, ben), 'submit', ben).copy, {}, ana);

type Settling = 'approve' | 'schedule' | 'publish';
const settle: Record<Settling, (copy: WorkingCopy, caller: Caller) => unknown> = {
  approve: (copy, caller) => review(copy, 'approve', caller),
  schedule: (copy, caller) => schedule(copy, caller),
  publish: (copy, caller) => publish(copy, caller),
};

describe('where the newsroom wants four eyes', () => {
  test.each<[string, Caller, Settling, string]>([
    ['its writer, now an editor,', as('editor', 'ben'), 'approve', 'four_eyes'],
    ['its writer, now an editor,', as('editor', 'ben'), 'schedule', 'four_eyes'],
    ['its writer, now an editor,', as('editor', 'ben'), 'publish', 'four_eyes'],
    ['who edited it', ana, 'approve', 'four_eyes'],
    ['who edited it', ana, 'schedule', 'four_eyes'],
    ['who edited it', ana, 'publish', 'four_eyes'],
    ['another editor', eve, 'approve', 'done'],
    ['another editor', eve, 'schedule', 'done'],
    ['another editor', eve, 'publish', 'done'],
    ['an admin who edited it', as('admin', 'ana'), 'approve', 'four_eyes'],
    ['an admin who edited it', as('admin', 'ana'), 'schedule', 'four_eyes'],
    ['an admin who edited it', as('admin', 'ana'), 'publish', 'done'],
    ['another admin', ada, 'publish', 'done'],
    ['its writer, a contributor still,', ben, 'publish', 'forbidden'],
  ])('%s %j: %s → %s', (_, caller, action, expected) => {
    expect(codeOf(() => settle[action](inReview, caller))).toBe(expected);
  });

  test('they are told so, and what else can be done', () => {
    expect(outcome(() => publish(inReview, ana))).toMatchObject({
      code: 'four_eyes',
      message: expect.stringMatching(/You have edited this .* somebody else has to publish it. An admin may/),
    });
  });

  test.each<[string, Caller, Role, Settling[]]>([
    ['who edited it', ana, 'editor', []],
    ['another editor', eve, 'editor', ['approve', 'schedule', 'publish']],
    ['an admin who edited it', ana, 'admin', ['publish']],
  ])('what they may do, as they are told, is the same: %s', (_, { sub, username }, role, expected) => {
    const caller = { sub, username, role };
    const told = allowedActions(inReview, caller, true);
    expect(told.filter((action) => action in settle)).toEqual(expected);
    for (const action of ['approve', 'schedule', 'publish'] as const)
      expect(codeOf(() => settle[action](inReview, caller)) === 'done').toBe(told.includes(action));
    expect(allowedActions(inReview, caller, false)).toEqual(expect.arrayContaining(['approve', 'schedule', 'publish']));
  });

  test('handing it over, back, and taking it away needs nobody else', () => {
    expect(codeOf(() => review(draft({}, ana), 'submit', ana))).toBe('done');
    expect(codeOf(() => review(inReview, 'return', ana))).toBe('done');
    expect(codeOf(() => perform(published(inReview), 'unpublish', ana))).toBe('done');
    expect(codeOf(() => schedule(edited(published(inReview), {}, ana), ana, { unpublishAt: at('20:00') }))).toBe(
      'done',
    );
  });

  test('where it does not, nobody has to leave anything to others', () => {
    expect(codeOf(() => publish(inReview, ana, false))).toBe('done');
    expect(codeOf(() => review(inReview, 'approve', ana, false))).toBe('done');
  });
});

describe('who has edited since the last approved revision', () => {
  const approved = review(inReview, 'approve', eve).copy;

  test('is everybody who had a hand in it, each once', () => {
    const copy = edited(edited(inReview, {}, ana), {}, eve);
    expect(copy.editedBy).toEqual(['sub-ben', 'sub-ana', 'sub-eve']);
    expect(perform(copy, 'revert', ada).editedBy).toContain('sub-ada');
  });

  test('is nobody once it was approved: its writers may publish it', () => {
    expect(approved).toMatchObject({
      editedBy: [],
      approval: { revision: approved.revision, by: { username: 'eve' } },
    });
    expect(codeOf(() => publish(approved, ana))).toBe('done');
    expect(codeOf(() => schedule(approved, ana))).toBe('done');
  });

  test('is whoever edits it after that', () => {
    const again = edited(approved, {}, ana);
    expect(again.editedBy).toEqual(['sub-ana']);
    expect(codeOf(() => publish(again, ana))).toBe('four_eyes');
    expect(codeOf(() => publish(again, as('editor', 'ben')))).toBe('done');
  });

  test('is who it was once the approval is taken back', () => {
    const returned = review(approved, 'return', eve).copy;
    expect(returned).toMatchObject({ stage: 'draft', approval: null });
    expect(codeOf(() => publish(returned, ana))).toBe('four_eyes');
    expect(codeOf(() => review(review(returned, 'submit', ana).copy, 'approve', ana))).toBe('four_eyes');
  });

  test('is nobody once it is published by somebody else', () => {
    expect(publish(inReview, eve).copy.editedBy).toEqual([]);
  });

  test('is nobody once the clock has published what was scheduled', () => {
    const waiting = schedule(inReview, eve).copy;
    expect(waiting.editedBy).toEqual(['sub-ben', 'sub-ana']);
    const clock = as('admin', 'clock');
    const { copy, history } = publish(waiting, clock, false);
    expect(copy.editedBy).toEqual([]);
    expect(history.emergency).toBeUndefined();
  });

  test('stays through submission, a schedule and the trash', () => {
    const editors = ['sub-ben', 'sub-ana'];
    expect(scheduled(inReview).editedBy).toEqual(editors);
    expect(through(inReview, 'return', 'submit').editedBy).toEqual(editors);
    expect(through(inReview, 'trash', 'restore').editedBy).toEqual(editors);
  });
});

describe('an emergency', () => {
  const admin = as('admin', 'ana');
  const { copy, history } = publish(inReview, admin);

  test('is marked in the history', () => {
    expect(history).toMatchObject({ action: 'publish', emergency: true });
    expect(publish(inReview, ada).history.emergency).toBeUndefined();
    expect(publish(inReview, admin, false).history.emergency).toBeUndefined();
  });

  test('leaves it to somebody else to look at the text all the same', () => {
    expect(copy).toMatchObject({ stage: 'published', editedBy: ['sub-ben', 'sub-ana'] });
    const next = edited(copy, {}, eve);
    expect(next.editedBy).toEqual(['sub-ben', 'sub-ana', 'sub-eve']);
    expect(codeOf(() => publish(next, as('editor', 'ben')))).toBe('four_eyes');
    expect(publish(next, ada).copy.editedBy).toEqual([]);
  });

  test('is no reason to schedule it', () => {
    expect(codeOf(() => schedule(inReview, admin))).toBe('four_eyes');
  });

  test('does not keep the end of the story from whoever published it so', () => {
    expect(codeOf(() => schedule(copy, admin, { unpublishAt: at('20:00') }))).toBe('done');
    expect(allowedActions(copy, admin, true)).toContain('schedule');
  });
});
