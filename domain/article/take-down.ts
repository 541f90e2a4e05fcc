import { AppError } from '../../contract/errors.ts';
import type { KillRequest } from '../../contract/schemas/action-requests.ts';
import { nextStage } from './lifecycle.ts';
import { type Acting, nextVersion } from './next-version.ts';
import { carriedOut, type OnTime } from './publish.ts';
import { assertVersion } from './version.ts';
import type { Decision, Publication, WorkingCopy } from './working-copy.ts';

/** What takes an article from the public, decided but not yet made. `previous` is what they saw. */
export type TakeDownDecision = Decision & { previous: Publication; publication: Publication };

/** Takes the article away from the public. Throws `version_conflict`, `not_allowed`, `forbidden`. */
export function decideWithdrawal(
  copy: WorkingCopy,
  options: Acting & { onTime?: OnTime | undefined },
): TakeDownDecision {
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'unpublish', options.caller);
  const previous = publicationOf(copy);
  const publication: Publication = { ...previous, state: 'withdrawn', listKeys: [], seq: previous.seq + 1 };
  const line = { fromRevision: previous.revision, ...carriedOut(options.onTime, copy.schedule?.by) };
  return {
    ...nextVersion(copy, 'unpublish', options, { stage, publication, schedule: null }, line),
    ...(options.onTime ? { carriesOut: 'unpublish' } : {}),
    previous,
    publication,
  };
}

/**
 * Takes the article away for good and leaves a notice in its place. `headline` is the one that readers had. Throws
 * `version_conflict`, `not_allowed`, `forbidden`.
 */
export function decideKill(
  copy: WorkingCopy,
  options: Acting & { request: KillRequest; headline: string },
): TakeDownDecision {
  const { request, caller, now, headline } = options;
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'kill', caller);
  const previous = publicationOf(copy);
  const publication: Publication = {
    ...previous,
    state: 'killed',
    listKeys: [],
    kill: { at: now.toISOString(), notice: request.notice, headline: request.keepHeadline ? headline : null },
    seq: previous.seq + 1,
  };
  const changes = { stage, publication, schedule: null, trashedAt: null };
  const line = { fromRevision: previous.revision, note: request.notice };
  return { ...nextVersion(copy, 'kill', options, changes, line), previous, publication };
}

/** The lifecycle allows both for articles alone that have a publication. */
function publicationOf({ publication }: WorkingCopy): Publication {
  if (!publication) throw new AppError('not_allowed', 'The article is not published.');
  return publication;
}

/** Puts an article away, or takes it out again; what lies there is purged in time. Throws as `nextStage` and `assertVersion` do. */
export function decideTrash(copy: WorkingCopy, action: 'trash' | 'restore', options: Acting): Decision {
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, action, options.caller);
  const trashedAt = action === 'trash' ? options.now.toISOString() : null;
  return nextVersion(copy, action, options, { stage, schedule: null, trashedAt });
}

/**
 * Decides that the article's text is deleted for good, by an admin or by the clock once its time in the trash is over.
 * Throws as `nextStage` and `assertVersion` do.
 */
export function decidePurge(copy: WorkingCopy, options: Acting & { onTime?: OnTime | undefined }): Decision {
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'purge', options.caller);
  return nextVersion(copy, 'purge', options, { stage }, { lateByMs: options.onTime?.lateByMs });
}
