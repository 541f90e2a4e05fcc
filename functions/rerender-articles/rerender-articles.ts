import { listArticleIds } from '../../store/article-ids.ts';
import { countArticle } from '../../store/count-article.ts';
import type { Database } from '../../store/database.ts';
import { rerenderLatest } from '../_shared/rerender-latest.ts';

/** How far a run came: `next` is where the next one goes on, and absent when it is through. */
export type Progress = {
  changed: number;
  unchanged: number;
  removed: number;
  notPublic: number;
  /** What has to be looked at; the others are done all the same. */
  failed: { id: string; reason: string }[];
  next?: string | undefined;
};

type Run = { articleId?: string | undefined; after?: string | undefined; siteUrlTemplate: string; deadline: number };

/** Articles of a page, which are rendered side by side: more of it would take the table from those who publish. */
const pageSize = 10;

const counters = { changed: 'changed', unchanged: 'unchanged', removed: 'removed', 'not public': 'notPublic' } as const;

/** Renders one article, or as many pages of all as there is time for. It may run again, and beside editors who publish. */
export async function rerenderArticles(database: Database, run: Run): Promise<Progress> {
  const progress: Progress = { changed: 0, unchanged: 0, removed: 0, notPublic: 0, failed: [] };
  if (run.articleId !== undefined) {
    await rerenderOne(database, run.articleId, run, progress);
    return progress;
  }
  let { after } = run;
  do {
    const page = await listArticleIds(database, { after, limit: pageSize }).catch((error: unknown) => {
      // What was done by then is told, and the next run begins here; where nothing was, the caller has to know why.
      if (after === run.after) throw error;
      return undefined;
    });
    if (!page) break;
    await Promise.all(page.ids.map((id) => rerenderOne(database, id, run, progress)));
    after = page.next;
  } while (after !== undefined && database.timing.now() < run.deadline - longestPage);
  return { ...progress, next: after };
}

/** No page is begun that may not be ended in time: what is under way when a function is ended counts nowhere. In milliseconds. */
const longestPage = 10_000;

async function rerenderOne(
  database: Database,
  id: string,
  { siteUrlTemplate, articleId }: Run,
  progress: Progress,
): Promise<void> {
  try {
    const options = { siteUrlTemplate, followed: articleId !== undefined };
    const rendered = await rerenderLatest(database, id, options);
    // What was given up by the reaction that counts is made good here.
    await countArticle(database, id);
    progress[counters[rendered]] += 1;
  } catch (error) {
    progress.failed.push({ id, reason: (error as Error).message });
  }
}
