import type { Actor, Role } from '../../contract/roles.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { EditorialArticle, EditorialSummary, PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { PublicNote } from '../../contract/schemas/published-article.ts';
import type { Stage } from '../../contract/stages.ts';

/** What the public sees of an article. Times are instants in UTC, `2022-01-06T12:00:00.000Z`. */
export type Publication = {
  state: 'live' | 'withdrawn';
  slug: string;
  /** The revision that is, or was, public. */
  revision: number;
  kind: PublicationKind;
  firstPublishedAt: string;
  publishedAt: string;
  /** Its place in the listings. */
  sortAt: string;
  /** The listings it stands in, by exact name, so that each row can be found again. */
  listKeys: string[];
  /** What readers were told, in order. */
  notes: PublicNote[];
  /** Counts the changes of the public state: publications and withdrawals. */
  seq: number;
};

/** An article on the desk: what it says and where it stands. */
export type WorkingCopy = {
  id: string;
  stage: Stage;
  /** Rises with every committed action; the editorial ETag. */
  version: number;
  /** Rises when the content changes. */
  revision: number;
  createdAt: string;
  createdBy: Actor;
  updatedAt: string;
  updatedBy: Actor;
  publication: Publication | null;
  /** How often what is public was rendered anew: no editor sees it, and every change is based on it beside the version. */
  rendering: number;
  /** The slug that the headline gives, empty if none: kept, so that only whoever changes a headline makes slugs. */
  headlineSlug: string;
  article: Article;
};

/** Who acts, and what they may do. */
export type Caller = Actor & { role: Role };

/** A line of an article's history. It says what happened; it never holds text of the article. */
export type HistoryLine = {
  action: 'create' | 'import' | 'update' | 'publish' | 'unpublish';
  at: string;
  by: Actor;
  version: number;
  fromRevision: number | null;
  toRevision: number;
  kind?: PublicationKind;
  note?: string;
};

/** What an action makes of an article, and the version that it was based on (null for a new one). */
export type Decision = { basedOn: number | null; copy: WorkingCopy; history: HistoryLine };

export function actorOf({ sub, username }: Actor): Actor {
  return { sub, username };
}

/** The slug the article has or would have: asked for, published under, or made from the headline. */
function slugOf({ article, publication, headlineSlug }: WorkingCopy): string | null {
  return article.slug ?? publication?.slug ?? (headlineSlug || null);
}

function standingOf(copy: WorkingCopy) {
  const { stage, version, revision, createdAt, createdBy, updatedAt, updatedBy, publication } = copy;
  return {
    stage,
    version,
    revision,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    publication: publication && {
      state: publication.state,
      slug: publication.slug,
      revision: publication.revision,
      kind: publication.kind,
      firstPublishedAt: publication.firstPublishedAt,
      publishedAt: publication.publishedAt,
    },
    hasUnpublishedChanges: publication?.state === 'live' && publication.revision !== revision,
  };
}

/** The article as editors get it. */
export function editorialArticle(copy: WorkingCopy): EditorialArticle {
  return { id: copy.id, ...copy.article, slug: slugOf(copy), ...standingOf(copy) };
}

/** Its line in the desk's lists. */
export function editorialSummary(copy: WorkingCopy): EditorialSummary {
  const { headline, slugline, section, language, urgency, breaking, embargoUntil } = copy.article;
  return { id: copy.id, headline, slugline, section, language, urgency, breaking, embargoUntil, ...standingOf(copy) };
}
