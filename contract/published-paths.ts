/** Where what is published is served: the routes say so, and what is purged from the edge follows them. */
export const publishedArticlesPath = '/content/v1/articles';

/** The article's own address. Nothing else of it is served yet: a test of the routes says when that changes. */
export const publishedArticlePath = (slug: string): string => `${publishedArticlesPath}/${slug}`;

/** All listings, each with any query. */
export const listingPaths: readonly string[] = [publishedArticlesPath, `${publishedArticlesPath}?*`];

/** Everything that the content API serves. */
export const everyContentPath = '/content/v1/*';
