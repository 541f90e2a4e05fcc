/** Where what is published is served: the routes say so, and what is purged from the edge follows them. */
export const publishedArticlesPath = '/content/v1/articles';

/** What stands where a slug could, and leads to articles by their ids: no article has it for its slug. */
export const byId = 'by-id';

/**
 * All that is served below the article's own address: its formats, fields and versions, and what is related to it. It takes
 * along whatever has a slug that begins with this one.
 */
export const everyFormOf = (slug: string): string => `${publishedArticlesPath}/${slug}*`;

/** All articles in all forms, and the listing of them. */
export const everyArticlePath = `${publishedArticlesPath}*`;

/** Everything that the content API serves. */
export const everyContentPath = '/content/v1/*';
