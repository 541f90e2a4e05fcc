import type { WorkingCopy } from './working-copy.ts';

/** The slug to publish under, and whether it was asked for: then it is not varied when another article has it. */
export function wantedSlug(copy: WorkingCopy): { slug: string; asked: boolean } {
  const { id, article, publication, schedule, headlineSlug } = copy;
  if (article.slug !== null) return { slug: article.slug, asked: true };
  if (publication) return { slug: publication.slug, asked: true };
  // It was claimed when the article was scheduled.
  if (schedule?.publication) return { slug: schedule.publication.slug, asked: true };
  // A headline without a letter that ASCII can write still needs an address; the id's random end is short and unique enough.
  return { slug: headlineSlug || `story-${id.slice(-8)}`, asked: false };
}

/** `base`, `base-2`, `base-3`, … as an editor would number them. */
export function numberedSlugs(base: string, from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => (from + index === 1 ? base : `${base}-${from + index}`));
}
