import { AppError } from '../../contract/errors.ts';
import type { Article, ArticlePatch } from '../../contract/schemas/article.ts';
import type { Stage } from '../../contract/stages.ts';
import { slugFrom } from '../slug.ts';
import { patchArticle } from './article.ts';
import { nextStage } from './lifecycle.ts';
import { type Acting, nextVersion } from './next-version.ts';
import { assertVersion } from './version.ts';
import { actorOf, type Caller, type Decision, type Schedule, type WorkingCopy } from './working-copy.ts';

type NewArticle = { id: string; article: Article; action: 'create' | 'import'; caller: Caller; now: Date };

/** A new draft, version and revision 1. */
export function createCopy({ id, article, action, caller, now }: NewArticle): Decision {
  const at = now.toISOString();
  const by = actorOf(caller);
  return {
    before: null,
    copy: {
      id,
      stage: 'draft',
      version: 1,
      revision: 1,
      createdAt: at,
      createdBy: by,
      updatedAt: at,
      updatedBy: by,
      publication: null,
      approval: null,
      editedBy: [caller.sub],
      schedule: null,
      trouble: null,
      trashedAt: null,
      slugs: [],
      rendering: 0,
      headlineSlug: slugFrom(article.headline),
      lock: null,
      article,
    },
    history: { action, at, by, client: caller.client, version: 1, fromRevision: null, toRevision: 1 },
  };
}

/**
 * The copy with the patch applied, as its next version and revision; undefined when the patch changes nothing, which is
 * then not worth a revision. Throws `version_conflict`, `not_allowed`, `forbidden`, `invalid_request`.
 */
export function updateCopy(copy: WorkingCopy, options: Acting & { patch: ArticlePatch }): Decision | undefined {
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'update', options.caller);
  return edited(copy, 'update', patchArticle(copy.article, options.patch), stage, options);
}

/**
 * The copy as it was in an earlier revision, as its next version and revision; undefined when that is what it says already.
 * Throws `version_conflict`, `not_allowed`, `forbidden`.
 */
export function revertCopy(
  copy: WorkingCopy,
  options: Acting & { revision: number; article: Article },
): Decision | undefined {
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'revert', options.caller);
  return edited(copy, 'revert', options.article, stage, options, options.revision);
}

function edited(
  copy: WorkingCopy,
  action: 'update' | 'revert',
  article: Article,
  stage: Stage,
  { caller, now }: Acting,
  fromRevision = copy.revision,
): Decision | undefined {
  if (JSON.stringify(article) === JSON.stringify(copy.article)) return undefined;
  assertEmbargo(copy, article, now);
  const changes = {
    stage,
    revision: copy.revision + 1,
    editedBy: [...new Set([...copy.editedBy, caller.sub])],
    schedule: withoutPublication(copy),
    headlineSlug: slugFrom(article.headline),
    article,
  };
  return nextVersion(copy, action, { caller, now }, changes, { fromRevision });
}

/** What readers have can't be put under an embargo. */
function assertEmbargo({ publication, article: before }: WorkingCopy, { embargoUntil }: Article, now: Date): void {
  if (publication?.state !== 'live' || embargoUntil === null || embargoUntil === before.embargoUntil) return;
  if (Date.parse(embargoUntil) <= now.getTime()) return;
  const detail = `is ${embargoUntil}, and the article is live: unpublish it first`;
  throw new AppError('not_allowed', `/embargoUntil ${detail}.`, { fields: [{ pointer: '/embargoUntil', detail }] });
}

/** A schedule binds a revision; the end of what is live stays. */
export function withoutPublication({ schedule, publication }: WorkingCopy): Schedule | null {
  const ends = schedule?.unpublishAt != null && publication?.state === 'live';
  return schedule && ends ? { ...schedule, publication: null } : null;
}
