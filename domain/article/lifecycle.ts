import { AppError } from '../../contract/errors.ts';
import { allows, type Role } from '../../contract/roles.ts';
import type { Stage } from '../../contract/stages.ts';
import type { Caller, WorkingCopy } from './working-copy.ts';

type PublicState = 'none' | 'live' | 'withdrawn';
type Action = 'update' | 'publish' | 'unpublish';

type Row = {
  action: Action;
  /** Where the working copy is. */
  stage: Stage;
  /** What the public sees. */
  publication: readonly PublicState[];
  /** The least role that may. */
  role: Role;
  /** Where the working copy goes. */
  to: Stage;
};

/** What can be done with an article, where it stands, and by whom. What is not a row is not allowed. */
export const lifecycle: readonly Row[] = [
  { action: 'update', stage: 'draft', publication: ['none', 'live', 'withdrawn'], role: 'contributor', to: 'draft' },
  { action: 'update', stage: 'published', publication: ['live'], role: 'editor', to: 'draft' },
  { action: 'publish', stage: 'draft', publication: ['none', 'live', 'withdrawn'], role: 'editor', to: 'published' },
  { action: 'unpublish', stage: 'draft', publication: ['live'], role: 'editor', to: 'draft' },
  { action: 'unpublish', stage: 'published', publication: ['live'], role: 'editor', to: 'draft' },
];

/**
 * The stage that `action` takes the article to. Throws `not_allowed` (naming what is allowed instead) when its state
 * forbids the action, `forbidden` when only the caller's role does.
 */
export function nextStage(copy: WorkingCopy, action: Action, caller: Caller): Stage {
  const state: PublicState = copy.publication?.state ?? 'none';
  const here = lifecycle.filter((row) => row.stage === copy.stage && row.publication.includes(state));
  const row = here.find((candidate) => candidate.action === action);
  if (!row) throw notAllowed(copy.stage, state, action, here, caller);
  if (!allows(row.role, caller.role))
    throw new AppError(
      'forbidden',
      `To ${action} an article that is ${describe(copy.stage, state)} takes the role ${row.role}, and yours is ${caller.role}.`,
    );
  return row.to;
}

function notAllowed(stage: Stage, state: PublicState, action: Action, here: readonly Row[], caller: Caller): AppError {
  const allowed = here.filter((row) => allows(row.role, caller.role)).map((row) => row.action);
  const code = action === 'publish' && stage === 'published' ? 'nothing_to_publish' : 'not_allowed';
  return new AppError(
    code,
    `The article is ${describe(stage, state)}: ${action} is not possible. Allowed now: ${allowed.join(', ') || 'nothing'}.`,
  );
}

function describe(stage: Stage, state: PublicState): string {
  if (stage === 'published') return 'published, with nothing changed since';
  const seen = { none: 'not published yet', live: 'live in an earlier revision', withdrawn: 'withdrawn' }[state];
  return `a ${stage}, ${seen}`;
}
