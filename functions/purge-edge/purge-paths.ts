import type { ArticleEvent } from '../../contract/events.ts';
import { everyArticlePath, everyContentPath, everyFormOf } from '../../contract/published-paths.ts';

/**
 * How many stories are named in a purge. Each takes a wildcard, of which CloudFront carries out 15 at a time and refuses
 * more: so three such purges may be under way
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations).
 */
const mostNamed = 5;

/**
 * The paths that CloudFront has to forget: all that it may have of each story, and after a takedown of everything, since
 * listings, feeds and related stories name it too. Of many stories at once all articles are one path.
 *
 * A publication alone leaves listings and feeds to their half-minute: it is the story that must not be read in its old form.
 */
export function purgePaths(events: readonly ArticleEvent[]): string[] {
  if (events.some(isTakedown)) return [everyContentPath];
  const slugs = events.flatMap(({ slug, previousSlug }) =>
    previousSlug === undefined ? [slug] : [slug, previousSlug],
  );
  const paths = new Set(slugs.map(everyFormOf));
  return paths.size > mostNamed ? [everyArticlePath] : [...paths].sort();
}

/** Whether readers must not have the story any more, or something that it said. */
export function isTakedown({ type, takesAway }: ArticleEvent): boolean {
  return type === 'articleWithdrawn' || type === 'articleKilled' || takesAway === true;
}
