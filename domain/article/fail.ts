import type { DueAction } from '../../contract/article-actions.ts';
import type { AppError } from '../../contract/errors.ts';
import { withoutPublication } from './edit.ts';
import { settledStage } from './lifecycle.ts';
import { type Acting, nextVersion } from './next-version.ts';
import type { Decision, WorkingCopy } from './working-copy.ts';

type Failing = Pick<Acting, 'caller' | 'now'> & { action: DueAction; reason: Pick<AppError, 'code' | 'message'> };

/**
 * Says on the article why what was due was not done. A publication is given up, for an editor to decide; what takes text
 * away stays due.
 */
export function decideFailure(copy: WorkingCopy, { action, reason, caller, now }: Failing): Decision {
  const trouble = { action, at: now.toISOString(), code: reason.code, detail: reason.message };
  const givenUp = { stage: settledStage(copy), schedule: withoutPublication(copy) };
  return nextVersion(
    copy,
    'fail',
    { caller, now },
    { trouble, ...(action === 'publish' ? givenUp : { stage: copy.stage }) },
    { note: reason.message.slice(0, 1000), scheduledBy: copy.schedule?.publication?.by ?? copy.schedule?.by },
  );
}
