import type { HistoryAction } from '../../contract/article-actions.ts';
import type { Stage } from '../../contract/stages.ts';
import { actorOf, type Caller, type Decision, type HistoryLine, type WorkingCopy } from './working-copy.ts';

/** What every action comes with: the version that the caller saw, who they are, and the time. */
export type Acting = { basedOn: number; caller: Caller; now: Date };

type Changes = Partial<Omit<WorkingCopy, 'id' | 'version' | 'updatedAt' | 'updatedBy' | 'stage'>> & { stage: Stage };

/**
 * The next version of a copy, with these changes, and its line of history. An action of somebody who has seen what was the
 * trouble settles it.
 */
export function nextVersion(
  copy: WorkingCopy,
  action: HistoryAction,
  { caller, now }: Pick<Acting, 'caller' | 'now'>,
  changes: Changes,
  line: Partial<HistoryLine> = {},
): Decision {
  const at = now.toISOString();
  const by = actorOf(caller);
  const next: WorkingCopy = {
    ...copy,
    trouble: null,
    ...changes,
    version: copy.version + 1,
    updatedAt: at,
    updatedBy: by,
  };
  return {
    before: copy,
    copy: next,
    history: {
      action,
      at,
      by,
      client: caller.client,
      version: next.version,
      fromRevision: copy.revision,
      toRevision: next.revision,
      ...line,
    },
  };
}
