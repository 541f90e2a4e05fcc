import type { ArticleAction } from '../../contract/article-actions.ts';
import { AppError } from '../../contract/errors.ts';
import type { Caller, WorkingCopy } from './working-copy.ts';

/** What makes a text public, or says that it may be. */
const settling: readonly ArticleAction[] = ['approve', 'schedule', 'publish'];

/** Whether nothing is left of an action for a caller whom the rule keeps from it: of a live story the end can be scheduled. */
export function isKeptFrom(copy: WorkingCopy, action: ArticleAction, caller: Caller): boolean {
  const endsAlone = action === 'schedule' && copy.publication?.state === 'live';
  return mustLeaveToOthers(copy, action, caller) && !endsAlone;
}

/** Whether the rule of four eyes keeps the action from this caller, who has a hand in what was not approved yet. */
function mustLeaveToOthers(copy: WorkingCopy, action: ArticleAction, caller: Caller): boolean {
  if (!settling.includes(action) || !copy.editedBy.includes(caller.sub)) return false;
  return !isEmergency(action, caller);
}

/** News does not wait for a second admin: one may publish, and the history says so. */
function isEmergency(action: ArticleAction, { role }: Caller): boolean {
  return action === 'publish' && role === 'admin';
}

/** Throws `four_eyes` for whoever has to leave this to others. Returns whether it is an emergency that they don't. */
export function assertFourEyes(copy: WorkingCopy, action: ArticleAction, caller: Caller): boolean {
  if (mustLeaveToOthers(copy, action, caller))
    throw new AppError(
      'four_eyes',
      `You have edited this article since it was last approved, so somebody else has to ${action} it. An admin may publish it in an emergency.`,
    );
  return copy.editedBy.includes(caller.sub);
}
