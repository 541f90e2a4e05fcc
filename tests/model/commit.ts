import { type Article, type Line, revisionOf } from './model.ts';

/** Who does something, and when. */
export type Doing = { by: string; at: number; scheduledBy?: string | null };

/** Every committed action is a version, and a line of history; whoever acts has seen what was the trouble. */
export function commit(
  article: Article,
  action: string,
  { by, at, scheduledBy = null }: Doing,
  line: Partial<Line> = {},
): void {
  article.version += 1;
  article.updatedBy = by;
  article.trouble = null;
  article.history.push({
    action,
    by,
    at,
    version: article.version,
    fromRevision: revisionOf(article),
    toRevision: revisionOf(article),
    kind: null,
    note: null,
    emergency: false,
    scheduledBy,
    ...line,
  });
}

/** Approved if this very revision was. */
export function settle(article: Article): void {
  article.stage = article.approval?.revision === revisionOf(article) ? 'approved' : 'draft';
}
