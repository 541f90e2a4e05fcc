import { assertFourEyes } from './four-eyes.ts';
import { nextStage } from './lifecycle.ts';
import { type Acting, nextVersion } from './next-version.ts';
import { assertVersion } from './version.ts';
import { actorOf, type Decision, type WorkingCopy } from './working-copy.ts';

type Reviewing = Acting & { note?: string | undefined; fourEyes: boolean };

/**
 * Hands the article to the desk, back to its writer, or on to whoever publishes. An approval is of this revision. Throws
 * `version_conflict`, `not_allowed`, `forbidden`, `four_eyes`.
 */
export function reviewCopy(copy: WorkingCopy, action: 'submit' | 'return' | 'approve', options: Reviewing): Decision {
  const { caller, note, fourEyes } = options;
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, action, caller);
  if (fourEyes) assertFourEyes(copy, action, caller);
  return nextVersion(copy, action, options, { stage, ...consequence(copy, action, options) }, { note });
}

function consequence(copy: WorkingCopy, action: 'submit' | 'return' | 'approve', { caller, now }: Reviewing) {
  const { revision, approval, editedBy } = copy;
  if (action === 'approve')
    return { approval: { revision, at: now.toISOString(), by: actorOf(caller), editedBy }, editedBy: [] };
  if (action === 'submit' || approval?.revision !== revision) return {};
  return { approval: null, editedBy: [...new Set([...approval.editedBy, ...editedBy])] };
}
