/** Where what is published is served: the routes say so, and what is purged from the edge follows them. */
export const publishedArticlesPath = '/content/v1/articles';

/** The article's own address; other forms of it have a query. */
export const publishedArticlePath = (slug: string): string => `${publishedArticlesPath}/${slug}`;
