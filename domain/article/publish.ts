import { AppError, invalidField } from '../../contract/errors.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { PublicationKind, PublishRequest } from '../../contract/schemas/editorial-article.ts';
import type { PublicNote, PublishedArticle, PublishedSummary } from '../../contract/schemas/published-article.ts';
import { nextStage } from './lifecycle.ts';
import { listingsOf, publicDocument, publicSummary, type Section } from './public-document.ts';
import { assertVersion } from './version.ts';
import { actorOf, type Caller, type Decision, type Publication, type WorkingCopy } from './working-copy.ts';

/** A publication, decided but not yet made. `previous` is what the public sees until then. */
export type PublishDecision = Decision & {
  previous: Publication | null;
  publication: Publication;
  document: PublishedArticle;
  summary: PublishedSummary;
};

/** A withdrawal, decided but not yet made. */
export type UnpublishDecision = Decision & { previous: Publication; publication: Publication };

type PublishOptions = {
  request: PublishRequest;
  basedOn: number;
  caller: Caller;
  /** The article's section, or undefined if the taxonomy has none of that slug. */
  section: Section | undefined;
  slug: string;
  siteUrlTemplate: string;
  now: Date;
  /** When it was published, if not now: for stories that were public before they came here. */
  publishedAt?: Date;
};

/**
 * Makes the working copy the public version. Throws `version_conflict`, `not_allowed`, `nothing_to_publish`,
 * `forbidden`, `embargoed`, `incomplete`, and `invalid_request` for a kind or note that does not fit.
 */
export function decidePublication(copy: WorkingCopy, options: PublishOptions): PublishDecision {
  const { request, caller, section, slug, siteUrlTemplate, now } = options;
  assertVersion(copy, options.basedOn);
  const stage = nextStage(copy, 'publish', caller);
  const complete = assertPublishable(copy.article, now, section);
  const kind = publicationKindOf(copy.publication, request);
  const at = now.toISOString();
  const publishedAt = (options.publishedAt ?? now).toISOString();
  const { article, id, publication: previous, revision } = copy;
  const publication: Publication = {
    state: 'live',
    slug,
    revision,
    kind,
    firstPublishedAt: previous?.firstPublishedAt ?? publishedAt,
    publishedAt,
    sortAt: previous?.sortAt ?? publishedAt,
    listKeys: listingsOf(article, complete),
    notes: notesWith(previous?.notes ?? [], request.note, kind, publishedAt),
    seq: (previous?.seq ?? 0) + 1,
  };
  const document = publicDocument({ id, article, publication, section: complete, siteUrlTemplate });
  const version = copy.version + 1;
  const by = actorOf(caller);
  return {
    basedOn: options.basedOn,
    copy: { ...copy, stage, version, updatedAt: at, updatedBy: by, publication },
    history: {
      action: 'publish',
      at,
      by,
      version,
      fromRevision: previous?.revision ?? null,
      toRevision: revision,
      kind,
      ...(request.note === undefined ? {} : { note: request.note }),
    },
    previous,
    publication,
    document,
    summary: publicSummary(document),
  };
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

/** The section it is published in, once everything that publication needs is there. */
function assertPublishable(article: Article, now: Date, section: Section | undefined): Section {
  if (article.embargoUntil && Date.parse(article.embargoUntil) > now.getTime())
    throw new AppError('embargoed', `The article is under embargo until ${article.embargoUntil}.`, {
      fields: [{ pointer: '/embargoUntil', detail: `is ${article.embargoUntil}` }],
    });
  const missing = [
    ...(section ? [] : [{ pointer: '/section', detail: sectionProblem(article.section) }]),
    ...(article.body.length > 0 ? [] : [{ pointer: '/body', detail: 'must not be empty' }]),
  ];
  if (!section || missing.length > 0) {
    const named = missing.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    throw new AppError('incomplete', `Before it can be published: ${named}.`, { fields: missing });
  }
  return section;
}

function sectionProblem(slug: string | null): string {
  return slug === null ? 'must be set' : `must be a section that exists, and ${slug} does not`;
}

/** The kind of the next publication: the first is initial, a later one is an update unless it says otherwise. */
function publicationKindOf(previous: Publication | null, { kind, note }: PublishRequest): PublicationKind {
  if (!previous) {
    if (kind !== undefined && kind !== 'initial')
      throw invalidField('/kind', 'must be initial: the article was never published before');
    return 'initial';
  }
  if (kind === 'initial')
    throw invalidField(
      '/kind',
      'must be update, correction, clarification or refile: the article was published before',
    );
  if (kind === 'correction' && note === undefined)
    throw invalidField('/note', 'is required for a correction: readers are told what was wrong');
  return kind ?? 'update';
}

type UnpublishOptions = { basedOn: number; caller: Caller; now: Date };

/** Takes the article away from the public. Throws `version_conflict`, `not_allowed`, `forbidden`. */
export function decideWithdrawal(copy: WorkingCopy, { basedOn, caller, now }: UnpublishOptions): UnpublishDecision {
  assertVersion(copy, basedOn);
  const stage = nextStage(copy, 'unpublish', caller);
  const previous = copy.publication;
  // The lifecycle allows it for live articles only, which have a publication.
  if (!previous) throw new AppError('not_allowed', 'The article is not published.');
  const at = now.toISOString();
  const by = actorOf(caller);
  const version = copy.version + 1;
  const publication: Publication = { ...previous, state: 'withdrawn', listKeys: [], seq: previous.seq + 1 };
  return {
    basedOn,
    copy: { ...copy, stage, version, updatedAt: at, updatedBy: by, publication },
    history: { action: 'unpublish', at, by, version, fromRevision: previous.revision, toRevision: copy.revision },
    previous,
    publication,
  };
}

/** The slug to publish under, and whether it was asked for: then it is not varied when another article has it. */
export function wantedSlug({ id, article, publication, headlineSlug }: WorkingCopy): { slug: string; asked: boolean } {
  if (article.slug !== null) return { slug: article.slug, asked: true };
  if (publication) return { slug: publication.slug, asked: true };
  // A headline without a letter that ASCII can write still needs an address; the id's random end is short and unique enough.
  return { slug: headlineSlug || `story-${id.slice(-8)}`, asked: false };
}

/** `base`, `base-2`, `base-3`, … as an editor would number them. */
export function numberedSlugs(base: string, from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => (from + index === 1 ? base : `${base}-${from + index}`));
}
