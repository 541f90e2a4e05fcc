import { type Article, contentOf, type World } from './model.ts';
import { slugOfHeadline } from './words.ts';

/** The slug that a headline gives; of one without a letter, the end of the article's id. */
export const slugFromHeadline = (article: Article): string =>
  slugOfHeadline(contentOf(article).headline) || `story-${article.id.slice(-8)}`;

/** Whose address it is, or was once. */
export const ownerOf = ({ articles }: World, slug: string): Article | undefined =>
  articles.find(({ slugs }) => slugs.has(slug));

/**
 * Where the article would be published: under the slug that an editor asked for, that it has, or that was kept for it;
 * else under the first of `storm`, `storm-2`, … that is nobody else's. `taken` when what was asked for is another's.
 */
export function choiceOfSlug(world: World, article: Article): string | 'taken' {
  const isFree = (slug: string) => [undefined, article].includes(ownerOf(world, slug));
  const asked = contentOf(article).slug ?? article.publication?.slug ?? article.plan?.slug;
  if (asked !== undefined) return isFree(asked) ? asked : 'taken';
  const base = slugFromHeadline(article);
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (isFree(slug)) return slug;
  }
}
