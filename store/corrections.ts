import type { PublishedArticle } from '../contract/schemas/published-article.ts';
import { type CorrectionEntry, correctionEntry } from '../domain/article/corrections.ts';
import type { WorkingCopy } from '../domain/article/working-copy.ts';
import type { Database } from './database.ts';
import { getArticleAt } from './revisions.ts';

/** Revisions read side by side. */
const atOnce = 8;

/**
 * The entries of all corrections that the article is to stand in their listing with, made anew from its revisions.
 * `document` is what readers get of it.
 */
export async function correctionEntries(
  database: Database,
  copy: WorkingCopy,
  document: PublishedArticle,
): Promise<CorrectionEntry[]> {
  const wanted = copy.publication?.corrections ?? [];
  const entries: CorrectionEntry[] = [];
  for (let start = 0; start < wanted.length; start += atOnce) {
    const some = wanted.slice(start, start + atOnce).map(async ({ at, from, to }) => {
      const [before, after] = await Promise.all([getArticleAt(database, copy, from), getArticleAt(database, copy, to)]);
      return correctionEntry({ document, before, after, at });
    });
    entries.push(...(await Promise.all(some)));
  }
  return entries;
}
