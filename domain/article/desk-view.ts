import type { EditorialArticle, EditorialSummary } from '../../contract/schemas/editorial-article.ts';
import { allowedActions } from './lifecycle.ts';
import { type Caller, dueTimes, type WorkingCopy } from './working-copy.ts';

/** The slug the article has or would have: asked for, published under, or made from the headline. */
function slugOf({ article, publication, schedule, headlineSlug }: WorkingCopy): string | null {
  return article.slug ?? publication?.slug ?? schedule?.publication?.slug ?? (headlineSlug || null);
}

function publicationOf({ publication }: WorkingCopy): EditorialSummary['publication'] {
  if (!publication) return null;
  const { state, slug, revision, kind, firstPublishedAt, publishedAt, kill } = publication;
  return { state, slug, revision, kind, firstPublishedAt, publishedAt, kill };
}

function scheduleOf({ schedule, revision }: WorkingCopy): EditorialSummary['schedule'] {
  if (!schedule) return null;
  const { publication, unpublishAt, at, by } = schedule;
  return {
    publishAt: publication?.publishAt ?? null,
    unpublishAt,
    kind: publication?.kind ?? null,
    note: publication?.note ?? null,
    bump: publication?.bump ?? false,
    revision: publication?.revision ?? revision,
    at,
    by,
  };
}

function standingOf(copy: WorkingCopy) {
  const { stage, version, revision, createdAt, createdBy, updatedAt, updatedBy, publication, approval, trouble } = copy;
  return {
    stage,
    version,
    revision,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    publication: publicationOf(copy),
    hasUnpublishedChanges: publication?.state === 'live' && publication.revision !== revision,
    approval: approval && { revision: approval.revision, at: approval.at, by: approval.by },
    schedule: scheduleOf(copy),
    trouble,
    purgeAt: dueTimes(copy).purge ?? null,
  };
}

/** The article as this caller gets it, under the newsroom's rule of four eyes. */
export function editorialArticle(copy: WorkingCopy, caller: Caller, fourEyes: boolean): EditorialArticle {
  return {
    id: copy.id,
    ...copy.article,
    slug: slugOf(copy),
    ...standingOf(copy),
    lock: copy.lock,
    allowedActions: allowedActions(copy, caller, fourEyes),
  };
}

/** Its line in the desk's lists. */
export function editorialSummary(copy: WorkingCopy): EditorialSummary {
  const { headline, slugline, section, tags, authors, language, urgency, breaking, embargoUntil } = copy.article;
  const shown = { headline, slugline, section, tags, authors, language, urgency, breaking, embargoUntil };
  return { id: copy.id, ...shown, ...standingOf(copy) };
}
