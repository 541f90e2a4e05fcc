import type { ErrorCode } from '../../contract/errors.ts';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { Person } from './words.ts';

/** What an article says, as far as this test changes it. */
export type Content = {
  headline: string;
  deck: string | null;
  slug: string | null;
  section: string | null;
  topics: string[];
  tags: string[];
  places: string[];
  people: string[];
  authors: string[];
  body: string | null;
  related: string[];
  embargoUntil: string | null;
  internalNote: string | null;
};

export type Stage = 'draft' | 'in_review' | 'approved' | 'scheduled' | 'published' | 'killed' | 'trashed';
export type Seen = 'none' | 'live' | 'withdrawn' | 'killed';

export type Named = { slug: string; name: string };
export type Note = { kind: PublicationKind; text: string; at: number };

/** What readers got last: a section's name and related stories change without a publication. */
export type Shown = { content: Content; slug: string; section: Named; related: string[] };

/** A correction and how its entry in the listing was written last. */
export type Correction = { at: number; from: number; to: number; note: string; shown: Shown };

export type Publication = {
  state: Exclude<Seen, 'none'>;
  slug: string;
  revision: number;
  kind: PublicationKind;
  firstPublishedAt: number;
  publishedAt: number;
  sortAt: number;
  notes: Note[];
  corrections: Correction[];
  seq: number;
  kill: { at: number; notice: string; headline: string | null } | null;
  shown: Shown;
};

export type Plan = {
  publishAt: number;
  slug: string;
  kind: PublicationKind | null;
  note: string | null;
  bump: boolean;
  by: string;
};

/** A line of history. */
export type Line = {
  action: string;
  by: string;
  at: number;
  version: number;
  fromRevision: number | null;
  toRevision: number;
  kind: PublicationKind | null;
  note: string | null;
  emergency: boolean;
  /** Whose decision the clock carries out; undefined where that is not looked at. */
  scheduledBy: string | null | undefined;
};

/** What was public from when on; null where it ended. */
export type PublicVersion = {
  at: number;
  seq: number;
  /** As what it was published; null where it ended. */
  kind: PublicationKind | null;
  slug: string;
  state: 'live' | 'withdrawn' | 'killed';
  said: { shown: Shown; notes: Note[]; revision: number } | null;
};

/** `isKept`: the desk still knows of it. */
export type PreviewLink = { token: string; expiresAt: number; isKept: boolean };

export type Article = {
  /** What the sequence in words calls it. */
  name: string;
  id: string;
  stage: Stage;
  version: number;
  /** Every revision, the first at 0; the last is what the working copy says. */
  revisions: Content[];
  createdBy: string;
  updatedBy: string;
  /** Who has a hand in what nobody else has looked at. */
  hands: Set<string>;
  /** `hands`: who had one in what was approved, and has again once that is taken back. */
  approval: { revision: number; by: string; hands: Set<string> } | null;
  plan: Plan | null;
  endAt: number | null;
  plannedBy: string | null;
  trouble: { action: string; code: ErrorCode } | null;
  trashedAt: number | null;
  /** Addresses that nobody else may have. */
  slugs: Set<string>;
  /** Those where it was public before and leads on from. */
  redirects: Set<string>;
  publication: Publication | null;
  versions: PublicVersion[];
  /** The feeds that tell their readers to forget it, since it was killed. */
  goneFrom: string[];
  history: Line[];
  lock: { sub: string; expiresAt: number } | null;
  /** All that were ever made. */
  links: PreviewLink[];
  purged: boolean;
};

export type Section = Named & { version: number; mergedInto: string | null; updatedBy: string };

/** What the clock goes over once more: what a story was killed or corrected for, what a section is called. */
export type Sweep = { because: 'renamed' | 'killed' | 'corrected'; dueAt: number; rounds: number };

/** A line of the change log; `line` is the line of history that came with it. */
export type Change = { article: Article; slug: string; kind: string; seq: number; line: number; at: number };

/** The answer that a repeat of a request gets. */
export type Kept = { request: string; status: number; body: string; expiresAt: number; article: Article };

export type World = {
  fourEyes: boolean;
  articles: Article[];
  sections: Map<string, Section>;
  /** By what they are about: `section world`, `story <id>`. */
  sweeps: Map<string, Sweep>;
  changes: Change[];
  /** Who was noted to point at an article. */
  pointers: Map<string, Set<string>>;
  /** By `sub#key`. */
  kept: Map<string, Kept>;
};

export function emptyWorld(fourEyes: boolean): World {
  return {
    fourEyes,
    articles: [],
    sections: new Map(),
    sweeps: new Map(),
    changes: [],
    pointers: new Map(),
    kept: new Map(),
  };
}

export const emptyContent: Content = {
  headline: '',
  deck: null,
  slug: null,
  section: null,
  topics: [],
  tags: [],
  places: [],
  people: [],
  authors: [],
  body: null,
  related: [],
  embargoUntil: null,
  internalNote: null,
};

export const revisionOf = (article: Article): number => article.revisions.length;

export function contentAt({ revisions, name }: Pick<Article, 'revisions' | 'name'>, revision: number): Content {
  const content = revisions[revision - 1];
  if (!content) throw new Error(`The model has no revision ${revision} of ${name}.`);
  return content;
}

export const contentOf = (article: Article): Content => contentAt(article, revisionOf(article));
export const seenOf = ({ publication }: Article): Seen => publication?.state ?? 'none';
export const isLive = (article: Article): boolean => seenOf(article) === 'live';

/** The section that a slug leads to, through mergers. */
export function sectionOf({ sections }: World, slug: string | null): Named | undefined {
  let found = slug === null ? undefined : sections.get(slug);
  while (found?.mergedInto) found = sections.get(found.mergedInto);
  return found && { slug: found.slug, name: found.name };
}

export function isKilled({ articles }: World, id: string): boolean {
  return articles.some((article) => article.id === id && seenOf(article) === 'killed');
}

export const lockHeldBy = ({ lock }: Article, now: number): string | null =>
  lock && lock.expiresAt > now ? lock.sub : null;

const ranks = { contributor: 0, editor: 1, admin: 2 } as const;
export const mayDo = (who: Person, role: Person['role']): boolean => ranks[who.role] >= ranks[role];
