import type { ArticleAction } from '../../contract/article-actions.ts';
import { articleActions } from '../../contract/article-actions.ts';
import { AppError } from '../../contract/errors.ts';
import { allows, type Role } from '../../contract/roles.ts';
import type { PublicState, Stage } from '../../contract/stages.ts';
import { isKeptFrom } from './four-eyes.ts';
import { type Caller, publicState, type WorkingCopy } from './working-copy.ts';

/** A stage, or: `same` it stays; `settled` approved if this revision was, and a draft otherwise. */
type Goal = Stage | 'same' | 'settled';

type Row = {
  action: ArticleAction;
  /** Where the working copy is. */
  from: readonly Stage[];
  /** What the public sees. */
  seen: readonly PublicState[];
  /** The least role that may. */
  role: Role;
  /** Where the working copy goes. */
  to: Goal;
  /** What has to be so besides. */
  when?: (copy: WorkingCopy) => boolean;
};

const notKilled = ['none', 'live', 'withdrawn'] as const;
const notLive = ['none', 'withdrawn'] as const;
const unpublished = ['draft', 'in_review', 'approved', 'scheduled'] as const;
const endIsScheduled = ({ schedule }: WorkingCopy): boolean => schedule?.unpublishAt != null;

/** What the public may see of an article at each stage. */
export const publicStatesAt: Readonly<Record<Stage, readonly PublicState[]>> = {
  draft: notKilled,
  in_review: notKilled,
  approved: notKilled,
  scheduled: notKilled,
  published: ['live'],
  killed: ['killed'],
  trashed: notLive,
};

/** What can be done with an article, where it stands, and by whom. What is not a row is not allowed. */
export const lifecycle: readonly Row[] = [
  { action: 'update', from: ['draft'], seen: notKilled, role: 'contributor', to: 'draft' },
  { action: 'update', from: ['in_review'], seen: notKilled, role: 'editor', to: 'in_review' },
  { action: 'update', from: ['approved', 'scheduled'], seen: notKilled, role: 'editor', to: 'draft' },
  { action: 'update', from: ['published'], seen: ['live'], role: 'editor', to: 'draft' },

  { action: 'revert', from: ['draft', 'approved', 'scheduled'], seen: notKilled, role: 'editor', to: 'draft' },
  { action: 'revert', from: ['in_review'], seen: notKilled, role: 'editor', to: 'in_review' },
  { action: 'revert', from: ['published'], seen: ['live'], role: 'editor', to: 'draft' },

  { action: 'lock', from: ['draft'], seen: notKilled, role: 'contributor', to: 'same' },
  { action: 'lock', from: ['in_review', 'approved', 'scheduled'], seen: notKilled, role: 'editor', to: 'same' },
  { action: 'lock', from: ['published'], seen: ['live'], role: 'editor', to: 'same' },

  { action: 'submit', from: ['draft'], seen: notKilled, role: 'contributor', to: 'in_review' },
  { action: 'return', from: ['in_review', 'approved'], seen: notKilled, role: 'editor', to: 'draft' },
  { action: 'approve', from: ['in_review'], seen: notKilled, role: 'editor', to: 'approved' },

  { action: 'schedule', from: unpublished, seen: notKilled, role: 'editor', to: 'scheduled' },
  // Of a live story with nothing to publish, the end alone.
  { action: 'schedule', from: ['published'], seen: ['live'], role: 'editor', to: 'same' },
  { action: 'unschedule', from: ['scheduled'], seen: notKilled, role: 'editor', to: 'settled' },
  {
    action: 'unschedule',
    from: ['draft', 'in_review', 'approved', 'published'],
    seen: ['live'],
    role: 'editor',
    to: 'same',
    when: endIsScheduled,
  },

  { action: 'publish', from: unpublished, seen: notKilled, role: 'editor', to: 'published' },
  { action: 'unpublish', from: ['draft', 'in_review', 'approved'], seen: ['live'], role: 'editor', to: 'same' },
  // What was to be published later would bring it back.
  { action: 'unpublish', from: ['scheduled'], seen: ['live'], role: 'editor', to: 'settled' },
  { action: 'unpublish', from: ['published'], seen: ['live'], role: 'editor', to: 'draft' },
  {
    action: 'kill',
    from: ['draft', 'in_review', 'approved', 'scheduled', 'published', 'trashed'],
    seen: ['live', 'withdrawn'],
    role: 'admin',
    to: 'killed',
  },

  { action: 'trash', from: unpublished, seen: notLive, role: 'editor', to: 'trashed' },
  { action: 'restore', from: ['trashed'], seen: notLive, role: 'editor', to: 'draft' },
  { action: 'purge', from: ['trashed'], seen: notLive, role: 'admin', to: 'same' },
  { action: 'purge', from: ['killed'], seen: ['killed'], role: 'admin', to: 'same' },
];

/**
 * The stage that `action` takes the article to. Throws `not_allowed` (naming what is allowed instead) when its state
 * forbids the action, `forbidden` when only the caller's role does.
 */
export function nextStage(copy: WorkingCopy, action: ArticleAction, caller: Caller): Stage {
  const row = rowsOf(copy).find((candidate) => candidate.action === action);
  if (!row) throw notAllowed(copy, action, caller);
  if (!allows(row.role, caller.role))
    throw new AppError(
      'forbidden',
      `To ${action} an article that is ${describe(copy)} takes the role ${row.role}, and yours is ${caller.role}.`,
    );
  if (row.to === 'same') return copy.stage;
  return row.to === 'settled' ? settledStage(copy) : row.to;
}

/** Where an article goes back to that is not scheduled any more. */
export function settledStage({ approval, revision }: WorkingCopy): Stage {
  return approval?.revision === revision ? 'approved' : 'draft';
}

/** What this caller may do with the article next, in the order of the contract. */
export function allowedActions(copy: WorkingCopy, caller: Caller, fourEyes: boolean): ArticleAction[] {
  const allowed = new Set(rowsOf(copy).flatMap((row) => (allows(row.role, caller.role) ? [row.action] : [])));
  return articleActions.filter((action) => allowed.has(action) && !(fourEyes && isKeptFrom(copy, action, caller)));
}

function rowsOf(copy: WorkingCopy): Row[] {
  const seen = publicState(copy);
  return lifecycle.filter(
    (row) => row.from.includes(copy.stage) && row.seen.includes(seen) && (row.when?.(copy) ?? true),
  );
}

function notAllowed(copy: WorkingCopy, action: ArticleAction, caller: Caller): AppError {
  const allowed = allowedActions(copy, caller, false);
  const code = action === 'publish' && copy.stage === 'published' ? 'nothing_to_publish' : 'not_allowed';
  return new AppError(
    code,
    `The article is ${describe(copy)}: ${action} is not possible. Allowed now: ${allowed.join(', ') || 'nothing'}.`,
  );
}

const stageNames: Readonly<Record<Stage, string>> = {
  draft: 'a draft',
  in_review: 'in review',
  approved: 'approved',
  scheduled: 'scheduled',
  published: 'published',
  killed: 'killed',
  trashed: 'in the trash',
};

const seenNames: Readonly<Record<PublicState, string>> = {
  none: ', not published yet',
  live: ', live in an earlier revision',
  withdrawn: ', withdrawn',
  killed: '',
};

function describe(copy: WorkingCopy): string {
  if (copy.stage === 'published') return 'published, with nothing changed since';
  return `${stageNames[copy.stage]}${seenNames[publicState(copy)]}`;
}
