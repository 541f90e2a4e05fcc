import { describe, expect, test } from '@jest/globals';
import { decideKill, decidePurge, decideTrash, decideWithdrawal } from '../../domain/article/take-down.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import { acting, as, at, codeOf, draft, edited, now, published, scheduled, through } from './article-states.ts';

const live = published(draft({ tags: ['Almaty'] }));
const ending = scheduled(edited(live), { publishAt: at('13:00'), unpublishAt: at('20:00') });
const editor = as('editor');
const admin = as('admin');
const kill = (copy: WorkingCopy, request = {}) =>
  decideKill(copy, { ...acting(copy, admin), request: { notice: 'It was wrong.', ...request }, headline: 'As it was' });

describe('a withdrawal', () => {
  test('takes it out of every listing, and keeps its address and its times', () => {
    const { copy, previous, history } = decideWithdrawal(live, acting(live, editor));
    expect(previous.listKeys).toEqual(['latest', 'section#world', 'full#latest', 'full#section#world', 'tag#almaty']);
    expect(copy.publication).toEqual({ ...previous, state: 'withdrawn', listKeys: [], seq: 2 });
    expect(history).toMatchObject({ action: 'unpublish', version: 3, fromRevision: 1, toRevision: 1 });
  });

  test('ends what was scheduled: nothing brings it back by itself', () => {
    expect(decideWithdrawal(ending, acting(ending, editor)).copy).toMatchObject({ stage: 'draft', schedule: null });
  });

  test('keeps what was being edited', () => {
    const copy = edited(live, { headline: 'New' });
    expect(decideWithdrawal(copy, acting(copy)).copy).toMatchObject({ revision: 2, article: { headline: 'New' } });
  });

  test('by the clock says who decided it and how late it was, and has to be due still', () => {
    const decision = decideWithdrawal(ending, { ...acting(ending, as('admin', 'clock')), onTime: { lateByMs: 1500 } });
    expect(decision).toMatchObject({
      carriesOut: 'unpublish',
      history: { by: { username: 'clock' }, scheduledBy: { username: 'admin' }, lateByMs: 1500 },
    });
  });
});

describe('a kill', () => {
  test('leaves the notice, and no headline', () => {
    const { copy, history } = kill(live);
    expect(copy).toMatchObject({ stage: 'killed', version: 3, revision: 1, article: live.article });
    expect(copy.publication).toMatchObject({
      state: 'killed',
      slug: 'h',
      listKeys: [],
      kill: { at: now.toISOString(), notice: 'It was wrong.', headline: null },
      seq: 2,
    });
    expect(history).toMatchObject({ action: 'kill', note: 'It was wrong.', fromRevision: 1 });
  });

  test.each([
    [true, 'As it was'],
    [false, null],
  ])('with keepHeadline %j leaves the headline %j', (keepHeadline, headline) => {
    expect(kill(live, { keepHeadline }).copy.publication?.kill?.headline).toBe(headline);
  });

  test('ends whatever was to happen by itself', () => {
    expect(kill(ending).copy).toMatchObject({ schedule: null, trashedAt: null });
    expect(kill(through(live, 'unpublish', 'trash')).copy).toMatchObject({ stage: 'killed', trashedAt: null });
  });

  test('is for good', () => {
    const { copy } = kill(live);
    expect(codeOf(() => kill(copy))).toBe('not_allowed');
    expect(codeOf(() => published(copy))).toBe('not_allowed');
  });
});

describe('the trash', () => {
  const trash = (copy: WorkingCopy, action: 'trash' | 'restore' = 'trash') =>
    decideTrash(copy, action, acting(copy, editor));

  test('takes what is not public, and keeps what it says', () => {
    const copy = scheduled(draft());
    expect(trash(copy).copy).toMatchObject({
      stage: 'trashed',
      trashedAt: now.toISOString(),
      schedule: null,
      revision: 1,
      slugs: ['h'],
      article: copy.article,
    });
  });

  test('gives it back as a draft', () => {
    const { copy } = trash(draft());
    expect(trash(copy, 'restore').copy).toMatchObject({ stage: 'draft', trashedAt: null, version: 3, revision: 1 });
  });
});

describe('a purge', () => {
  test('is decided of what is in the trash, or killed', () => {
    for (const copy of [through(draft(), 'trash'), through(live, 'kill')]) {
      const { history, copy: next } = decidePurge(copy, acting(copy, admin));
      expect(history).toMatchObject({ action: 'purge', version: next.version, by: { username: 'admin' } });
      expect(next.version).toBe(copy.version + 1);
    }
  });
});

describe('each of them', () => {
  const trashed = through(draft(), 'trash');
  const stale = { ...acting(live, admin), basedOn: 7 };
  test.each<[string, () => unknown, () => unknown]>([
    ['a withdrawal', () => decideWithdrawal(live, stale), () => decideWithdrawal(draft(), acting(draft()))],
    [
      'a kill',
      () => decideKill(live, { ...stale, request: { notice: 'N' }, headline: 'H' }),
      () => decideKill(live, { ...acting(live, editor), request: { notice: 'N' }, headline: 'H' }),
    ],
    ['trashing', () => decideTrash(draft(), 'trash', stale), () => decideTrash(live, 'trash', acting(live))],
    ['restoring', () => decideTrash(trashed, 'restore', stale), () => decideTrash(draft(), 'restore', acting(draft()))],
    ['a purge', () => decidePurge(trashed, stale), () => decidePurge(trashed, acting(trashed, editor))],
  ])('%s is based on what was seen, and asks the lifecycle', (_, onStale, onWrong) => {
    expect(codeOf(onStale)).toBe('version_conflict');
    expect(codeOf(onWrong)).toMatch(/^(?:not_allowed|forbidden)$/);
  });
});
