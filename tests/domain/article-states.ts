import type { ArticleAction } from '../../contract/article-actions.ts';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import type { Role } from '../../contract/roles.ts';
import type { PublishRequest, ScheduleRequest } from '../../contract/schemas/action-requests.ts';
import { wantedSlug } from '../../domain/article/address.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { createCopy, revertCopy, updateCopy } from '../../domain/article/edit.ts';
import { nextStage } from '../../domain/article/lifecycle.ts';
import type { Acting } from '../../domain/article/next-version.ts';
import { decidePublication, type PublishOptions } from '../../domain/article/publish.ts';
import { reviewCopy } from '../../domain/article/review.ts';
import { scheduleCopy, unscheduleCopy } from '../../domain/article/schedule.ts';
import { decideKill, decidePurge, decideTrash, decideWithdrawal } from '../../domain/article/take-down.ts';
import type { Caller, Decision, WorkingCopy } from '../../domain/article/working-copy.ts';

export const id = '017e2f42-9600-7747-8640-eaf09766caae';
export const now = new Date('2026-01-01T12:00:00Z');
/** An instant of that day, or the next ones: `at('13:00')`. */
export const at = (time: string, day = '2026-01-01') => `${day}T${time}:00.000Z`;
export const as = (role: Role, name: string = role): Caller => ({ sub: `sub-${name}`, username: name, role });
export const world = { slug: 'world', name: 'World' };

/** A draft that lacks nothing for publication. */
export function draft(fields = {}, caller = as('contributor')): WorkingCopy {
  const whole = { headline: 'H', section: 'world', body: { text: 'T.' }, ...fields };
  const article = patchArticle(blankArticle('en'), whole);
  return createCopy({ id, article, action: 'create', caller, now }).copy;
}

export const acting = (copy: WorkingCopy, caller = as('admin'), time = now): Acting => ({
  basedOn: copy.version,
  caller,
  now: time,
});

/** What readers have, as far as it matters whether it differs from the copy. */
function publicBefore({ publication, revision, article }: WorkingCopy) {
  return publication && publication.revision !== revision ? { ...article, deck: 'As it is public' } : undefined;
}

export const publishing = (copy: WorkingCopy, more: Partial<PublishOptions> = {}): PublishOptions => ({
  ...acting(copy),
  request: {},
  section: world,
  slug: wantedSlug(copy).slug,
  siteUrlTemplate: 'https://news.example/{section}/{language}/{slug}?id={id}',
  fourEyes: false,
  publicBefore: publicBefore(copy),
  killed: new Set(),
  ...more,
});

export const scheduling = (copy: WorkingCopy, request: ScheduleRequest, caller = as('admin')) => ({
  ...acting(copy, caller),
  request,
  section: world as typeof world | undefined,
  slug: wantedSlug(copy).slug,
  fourEyes: false,
  publicBefore: publicBefore(copy),
});

export const published = (copy = draft(), request: PublishRequest = {}): WorkingCopy =>
  decidePublication(copy, publishing(copy, { request })).copy;

export function edited(copy: WorkingCopy, patch = {}, caller = as('editor')): WorkingCopy {
  const wanted = { deck: `Deck of version ${copy.version}`, ...patch };
  return made(updateCopy(copy, { ...acting(copy, caller), patch: wanted }));
}

export const scheduled = (copy: WorkingCopy, request: ScheduleRequest = { publishAt: at('13:00') }): WorkingCopy =>
  scheduleCopy(copy, scheduling(copy, request)).copy;

function made(decision: Decision | undefined): WorkingCopy {
  if (!decision) throw new Error('Nothing was changed.');
  return decision.copy;
}

/** Does it, with everything that it needs, and returns the article as it then is. */
export function perform(copy: WorkingCopy, action: ArticleAction, caller = as('admin')): WorkingCopy {
  const options = acting(copy, caller);
  switch (action) {
    case 'update':
      return edited(copy, {}, caller);
    case 'revert':
      return made(revertCopy(copy, { ...options, revision: 1, article: { ...copy.article, deck: `${copy.version}` } }));
    case 'lock':
      return { ...copy, stage: nextStage(copy, action, caller) };
    case 'submit':
    case 'return':
    case 'approve':
      return reviewCopy(copy, action, { ...options, fourEyes: false }).copy;
    case 'schedule':
      return scheduleCopy(copy, scheduling(copy, requestFor(copy), caller)).copy;
    case 'unschedule':
      return unscheduleCopy(copy, options).copy;
    case 'publish':
      return decidePublication(copy, publishing(copy, { caller })).copy;
    case 'unpublish':
      return decideWithdrawal(copy, options).copy;
    case 'kill':
      return decideKill(copy, { ...options, request: { notice: 'It was wrong.' }, headline: 'H' }).copy;
    case 'trash':
    case 'restore':
      return decideTrash(copy, action, options).copy;
    case 'purge':
      return decidePurge(copy, options).copy;
  }
}

/** Of a live story with nothing to publish, the end alone. */
function requestFor({ stage }: WorkingCopy): ScheduleRequest {
  return stage === 'published' ? { unpublishAt: at('20:00') } : { publishAt: at('13:00') };
}

export const through = (copy: WorkingCopy, ...actions: ArticleAction[]): WorkingCopy =>
  actions.reduce((current, action) => perform(current, action), copy);

/** What became of it: `done`, or the error. */
export function outcome(action: () => unknown): 'done' | AppError {
  try {
    action();
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

export function codeOf(action: () => unknown): ErrorCode | 'done' {
  const result = outcome(action);
  return result === 'done' ? result : result.code;
}
