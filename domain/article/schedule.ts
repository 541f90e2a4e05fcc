import { AppError, invalidField } from '../../contract/errors.ts';
import type { Actor } from '../../contract/roles.ts';
import type { ScheduleRequest } from '../../contract/schemas/action-requests.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import { assertFourEyes } from './four-eyes.ts';
import { nextStage } from './lifecycle.ts';
import { type Acting, nextVersion } from './next-version.ts';
import type { Section } from './public-document.ts';
import { assertNews, assertPublishable, publicationKindOf } from './publishable.ts';
import { assertVersion } from './version.ts';
import { actorOf, type Decision, type Schedule, type WorkingCopy } from './working-copy.ts';

/** A publication that waits for its time, with the slug that is kept for it. */
export type LaterPublication = {
  publishAt: string;
  revision: number;
  slug: string;
  kind: PublicationKind | null;
  note: string | null;
  bump: boolean;
  /** Who decided it: the end may be somebody else's. */
  by: Actor;
};

type Scheduling = Acting & {
  request: ScheduleRequest;
  section: Section | undefined;
  slug: string;
  fourEyes: boolean;
  /** The article as it is public, where that is another revision. */
  publicBefore: Article | undefined;
};

/**
 * Decides when the working copy becomes public, when what is public goes, or both. All that publishing checks is checked
 * now, as of then. Throws `version_conflict`, `not_allowed`, `forbidden`, `four_eyes`, `embargoed`, `incomplete`,
 * `nothing_to_publish`, and `invalid_request` for times that don't fit.
 */
export function scheduleCopy(copy: WorkingCopy, options: Scheduling): Decision {
  const { request, caller, now } = options;
  assertVersion(copy, options.basedOn);
  const goal = nextStage(copy, 'schedule', caller);
  const publication = laterPublication(copy, options);
  const unpublishAt = request.unpublishAt === undefined ? (copy.schedule?.unpublishAt ?? null) : request.unpublishAt;
  assertEnd(unpublishAt, publication?.publishAt, now);
  const schedule: Schedule | null =
    publication || unpublishAt ? { publication, unpublishAt, at: now.toISOString(), by: actorOf(caller) } : null;
  return nextVersion(
    copy,
    'schedule',
    options,
    {
      stage: request.publishAt === undefined ? copy.stage : goal,
      schedule,
      slugs: publication ? [...new Set([...copy.slugs, publication.slug])] : copy.slugs,
    },
    {
      publishAt: request.publishAt,
      unpublishAt: unpublishAt ?? undefined,
      note: request.note,
      ...(publication?.kind ? { kind: publication.kind } : {}),
    },
  );
}

function laterPublication(copy: WorkingCopy, options: Scheduling): LaterPublication | null {
  const { request, caller, now, section, slug, fourEyes, publicBefore } = options;
  const { publishAt, kind, note, bump = false } = request;
  if (publishAt === undefined) {
    assertEndAlone(copy, request);
    return copy.schedule?.publication ?? null;
  }
  if (copy.stage === 'published') throw nothingToPublish();
  if (Date.parse(publishAt) <= now.getTime())
    throw invalidField(
      '/publishAt',
      `must be in the future, and it is ${now.toISOString()} now: to publish at once, publish`,
    );
  if (fourEyes) assertFourEyes(copy, 'schedule', caller);
  assertPublishable(copy, new Date(publishAt), section);
  publicationKindOf(copy.publication, request);
  assertNews(copy, request, publicBefore);
  const by = actorOf(caller);
  return { publishAt, revision: copy.revision, slug, kind: kind ?? null, note: note ?? null, bump, by };
}

/** Without `publishAt` it is about the end of what is public, or going to be. */
function assertEndAlone({ publication, stage, schedule }: WorkingCopy, request: ScheduleRequest): void {
  if (publication?.state !== 'live' && stage !== 'scheduled')
    throw invalidField('/publishAt', 'is required: the article is not public, and is not going to be');
  if (request.unpublishAt === undefined) throw invalidField('/publishAt', 'is required, or /unpublishAt');
  if (request.unpublishAt === null && !schedule?.unpublishAt)
    throw invalidField('/unpublishAt', 'must be a time: no end is scheduled that could be taken back');
  for (const name of ['kind', 'note', 'bump'] as const)
    if (request[name] !== undefined) throw invalidField(`/${name}`, 'is about a publication, which needs publishAt');
}

function nothingToPublish(): AppError {
  return new AppError(
    'nothing_to_publish',
    'The article is published, with nothing changed since: only its end (/unpublishAt) can be scheduled.',
    { fields: [{ pointer: '/publishAt', detail: 'must be left out' }] },
  );
}

function assertEnd(unpublishAt: string | null, publishAt: string | undefined, now: Date): void {
  if (unpublishAt === null) return;
  if (publishAt !== undefined && Date.parse(unpublishAt) <= Date.parse(publishAt))
    throw invalidField('/unpublishAt', `must be after publishAt, ${publishAt}; it is ${unpublishAt}`);
  if (Date.parse(unpublishAt) <= now.getTime())
    throw invalidField('/unpublishAt', `must be in the future, and it is ${now.toISOString()} now`);
}

/** Takes back what is scheduled, the end of a live story too. Throws `version_conflict`, `not_allowed`, `forbidden`. */
export function unscheduleCopy(copy: WorkingCopy, options: Acting): Decision {
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'unschedule', options.caller);
  return nextVersion(copy, 'unschedule', options, { stage, schedule: null });
}
