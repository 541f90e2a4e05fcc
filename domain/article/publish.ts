import { AppError } from '../../contract/errors.ts';
import type { Actor } from '../../contract/roles.ts';
import type { PublishRequest } from '../../contract/schemas/action-requests.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { PublicNote, PublishedArticle, PublishedSummary } from '../../contract/schemas/published-article.ts';
import { type CorrectionEntry, correctionEntry, correctionsWith } from './corrections.ts';
import { assertFourEyes } from './four-eyes.ts';
import { nextStage } from './lifecycle.ts';
import { type Acting, nextVersion } from './next-version.ts';
import { listingsOf, publicDocument, publicSummary, type Section } from './public-document.ts';
import { assertNews, assertPublishable, publicationKindOf } from './publishable.ts';
import { assertVersion } from './version.ts';
import type { Decision, HistoryLine, Publication, Schedule, WorkingCopy } from './working-copy.ts';

/** A publication, decided but not yet made. `previous` is what the public sees until then. */
export type PublishDecision = Decision & {
  previous: Publication | null;
  publication: Publication;
  document: PublishedArticle;
  summary: PublishedSummary;
  /** Whether the entries of its earlier corrections call the story something else. */
  isRenamed: boolean;
  /** What this publication says in the listing of corrections. */
  correction: CorrectionEntry | null;
};

/** What the clock knows of a decision that it carries out. */
export type OnTime = { lateByMs: number };

export type PublishOptions = Acting & {
  request: PublishRequest;
  /** The article's section, or undefined if the taxonomy has none of that slug. */
  section: Section | undefined;
  slug: string;
  siteUrlTemplate: string;
  /** Whether the newsroom wants a second person to look at each text. */
  fourEyes: boolean;
  /** The article as it was last public, where that is another revision. */
  publicBefore: Article | undefined;
  /** Ids of its related stories that were killed. */
  killed: ReadonlySet<string>;
  /** When it was published, if not now: for stories that were public before they came here. */
  publishedAt?: Date | undefined;
  /** For what was scheduled. */
  onTime?: OnTime | undefined;
};

/**
 * Makes the working copy the public version. Throws `version_conflict`, `not_allowed`, `nothing_to_publish`,
 * `forbidden`, `four_eyes`, `embargoed`, `incomplete`, and `invalid_request` for a kind or note that does not fit.
 */
export function decidePublication(copy: WorkingCopy, options: PublishOptions): PublishDecision {
  const { request, caller, now, publicBefore } = options;
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'publish', caller);
  const emergency = options.fourEyes && assertFourEyes(copy, 'publish', caller);
  const section = assertPublishable(copy, now, options.section);
  const kind = publicationKindOf(copy.publication, request);
  assertNews(copy, request, publicBefore);
  const publication = nextPublication(copy, kind, section, options);
  const { id, article, publication: previous, revision } = copy;
  const { siteUrlTemplate, killed } = options;
  const document = publicDocument({ id, article, publication, section, siteUrlTemplate, killed });
  const decision = nextVersion(
    copy,
    'publish',
    options,
    {
      stage,
      publication,
      schedule: endAlone(copy.schedule),
      // What nobody else has seen stays so, however urgent it was.
      editedBy: emergency ? copy.editedBy : [],
      slugs: [...new Set([...copy.slugs, publication.slug])],
    },
    {
      fromRevision: previous?.revision ?? null,
      toRevision: revision,
      kind,
      note: request.note,
      ...(emergency ? { emergency: true } : {}),
      ...carriedOut(options.onTime, copy.schedule?.publication?.by),
    },
  );
  return {
    ...decision,
    ...(options.onTime ? { carriesOut: 'publish' } : {}),
    previous,
    publication,
    document,
    summary: publicSummary(document),
    isRenamed: isRenamed(copy, publication, publicBefore),
    correction:
      kind === 'correction'
        ? correctionEntry({ document, before: publicBefore ?? article, after: article, at: document.publishedAt })
        : null,
  };
}

function nextPublication(
  { article, publication: previous, revision }: WorkingCopy,
  kind: PublicationKind,
  section: Section,
  { request, slug, now, publishedAt = now }: PublishOptions,
): Publication {
  const at = publishedAt.toISOString();
  const corrections = previous?.corrections ?? [];
  return {
    state: 'live',
    slug,
    revision,
    kind,
    firstPublishedAt: previous?.firstPublishedAt ?? at,
    publishedAt: at,
    sortAt: request.bump ? at : (previous?.sortAt ?? at),
    listKeys: listingsOf(article, section),
    notes: notesWith(previous?.notes ?? [], request.note, kind, at),
    corrections:
      kind === 'correction'
        ? correctionsWith(corrections, { at, from: previous?.revision ?? revision, to: revision })
        : corrections,
    kill: null,
    seq: (previous?.seq ?? 0) + 1,
  };
}

function isRenamed({ publication, article }: WorkingCopy, { slug }: Publication, before: Article | undefined): boolean {
  if (publication && publication.slug !== slug) return true;
  const names = ['headline', 'section', 'language'] as const;
  return before !== undefined && names.some((name) => before[name] !== article[name]);
}

/** What is left of a schedule once its story is out. */
function endAlone(schedule: Schedule | null): Schedule | null {
  return schedule?.unpublishAt ? { ...schedule, publication: null } : null;
}

/** For the history of what the clock did: who decided it, and how late it was done. */
export function carriedOut(onTime: OnTime | undefined, by: Actor | undefined): Partial<HistoryLine> {
  return onTime && by ? { scheduledBy: by, lateByMs: onTime.lateByMs } : {};
}

/** Bytes of all public notes of an article as JSON: some three hundred of usual length. They travel with every version. */
const largestNotes = 60 * 1024;

function notesWith(earlier: PublicNote[], note: string | undefined, kind: PublicationKind, at: string): PublicNote[] {
  if (note === undefined) return earlier;
  const notes = [...earlier, { kind, text: note, at }];
  const bytes = new TextEncoder().encode(JSON.stringify(notes)).length;
  if (bytes > largestNotes) {
    const detail = `must be shorter: with it, the notes of this article are ${bytes} bytes, and at most ${largestNotes} are kept`;
    throw new AppError('too_large', `/note ${detail}.`, { fields: [{ pointer: '/note', detail }] });
  }
  return notes;
}
