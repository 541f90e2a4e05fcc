import type { ArticleEvent } from '../../contract/events.ts';
import { publishedArticlePath, publishedArticlesPath } from '../../contract/published-paths.ts';

/**
 * The paths that CloudFront has to forget. A story's own path ends in `*`, which covers its other forms (`?format=`) and, as
 * an innocent price, slugs that begin with it; listings that it leaves are matched with every query and without one. A
 * publication alone leaves the listings to their half-minute: it is the story that must not be read in its old form.
 */
export function purgePaths(events: readonly ArticleEvent[]): string[] {
  const paths = new Set<string>();
  for (const { type, slug, previousSlug } of events) {
    paths.add(`${publishedArticlePath(slug)}*`);
    if (previousSlug !== undefined) paths.add(`${publishedArticlePath(previousSlug)}*`);
    if (type !== 'articleWithdrawn') continue;
    paths.add(publishedArticlesPath);
    paths.add(`${publishedArticlesPath}?*`);
  }
  return [...paths].sort();
}
