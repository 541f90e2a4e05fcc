import type { DueAction, HistoryAction } from '../../contract/article-actions.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Actor, Role } from '../../contract/roles.ts';
import type { Article } from '../../contract/schemas/article.ts';
import type { Lock, PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { PublicNote } from '../../contract/schemas/published-article.ts';
import type { PublicState, Stage } from '../../contract/stages.ts';
import type { LaterPublication } from './schedule.ts';

/** What the public sees of an article. Times are instants in UTC, `2022-01-06T12:00:00.000Z`. */
export type Publication = {
  state: Exclude<PublicState, 'none'>;
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
  /** The corrections that stand in their listing, oldest first: when, and between which revisions. */
  corrections: Correction[];
  /** What readers get in the place of a killed story. */
  kill: Kill | null;
  /** Counts the changes of the public state: publications, withdrawals and the kill. */
  seq: number;
};

export type Correction = { at: string; from: number; to: number };
export type Kill = { at: string; notice: string; headline: string | null };

/** A later publication, a takedown, or both; `publication` is null once it is out. */
export type Schedule = {
  publication: LaterPublication | null;
  unpublishAt: string | null;
  at: string;
  by: Actor;
};

/** `editedBy`: who had edited by then, and has again once the approval is taken back. */
export type Approval = { revision: number; at: string; by: Actor; editedBy: string[] };

/** Why something that was due was not done. */
export type Trouble = { action: DueAction; at: string; code: ErrorCode; detail: string };

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
  approval: Approval | null;
  /** Who has edited since the last approved revision, by `sub`. */
  editedBy: string[];
  schedule: Schedule | null;
  trouble: Trouble | null;
  trashedAt: string | null;
  /** The slugs that it has claimed, which nobody else may have. */
  slugs: string[];
  /** How often what is public was rendered anew: no editor sees it, and every change is based on it beside the version. */
  rendering: number;
  /** The slug that the headline gives, empty if none: kept, so that only whoever changes a headline makes slugs. */
  headlineSlug: string;
  /** Kept beside the copy and of no consequence to it. */
  lock: Lock | null;
  article: Article;
};

/** Who acts, and what they may do. `client` is what they act through. */
export type Caller = Actor & { role: Role; client?: string | undefined };

/** A line of an article's history. It says what happened; it never holds text of the article. */
export type HistoryLine = {
  action: HistoryAction;
  at: string;
  by: Actor;
  client?: string | undefined;
  version: number;
  fromRevision: number | null;
  toRevision: number;
  kind?: PublicationKind | undefined;
  note?: string | undefined;
  publishAt?: string | undefined;
  unpublishAt?: string | undefined;
  scheduledBy?: Actor | undefined;
  lateByMs?: number | undefined;
  emergency?: true | undefined;
};

/** What an action makes of an article (`before` is null for a new one), and its line of history. */
export type Decision = {
  before: WorkingCopy | null;
  copy: WorkingCopy;
  history: HistoryLine;
  /** What was due and is carried out by this: so that it is done once, it has to be due still. */
  carriesOut?: DueAction | undefined;
};

export function actorOf({ sub, username }: Actor): Actor {
  return { sub, username };
}

export function publicState({ publication }: Pick<WorkingCopy, 'publication'>): PublicState {
  return publication?.state ?? 'none';
}

/** Days that a trashed article is kept. */
const daysInTrash = 30;

/** What happens to the article by itself, and when. */
export function dueTimes(copy: Pick<WorkingCopy, 'schedule' | 'trashedAt'>): Partial<Record<DueAction, string>> {
  const { schedule, trashedAt } = copy;
  const purge = trashedAt && new Date(Date.parse(trashedAt) + daysInTrash * 86_400_000).toISOString();
  return {
    ...(schedule?.publication ? { publish: schedule.publication.publishAt } : {}),
    ...(schedule?.unpublishAt ? { unpublish: schedule.unpublishAt } : {}),
    ...(purge ? { purge } : {}),
  };
}
