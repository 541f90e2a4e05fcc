import type { ArticleEvent } from '../../contract/events.ts';
import { listingPaths, publishedArticlePath } from '../../contract/published-paths.ts';

/**
 * The paths that CloudFront has to forget: the addresses of each story, and of one that was taken down the listings too. A
 * publication alone leaves the listings to their half-minute: it is the story that must not be read in its old form.
 *
 * Only listings need a wildcard, of which CloudFront carries out 15 at a time; of plain paths 3,000.
 */
export function purgePaths(events: readonly ArticleEvent[]): string[] {
  const paths = new Set<string>();
  for (const { type, slug, previousSlug } of events) {
    paths.add(publishedArticlePath(slug));
    if (previousSlug !== undefined) paths.add(publishedArticlePath(previousSlug));
    if (isTakedown(type)) for (const path of listingPaths) paths.add(path);
  }
  return [...paths].sort();
}

/** Whether readers must not have the story any more. */
export function isTakedown(type: ArticleEvent['type']): boolean {
  return type === 'articleWithdrawn' || type === 'articleKilled';
}
