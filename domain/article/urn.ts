/** What an article is called wherever it goes: it stays the same whatever becomes of its address. */
export const urnOf = (articleId: string): string => `urn:uuid:${articleId}`;
