/** Where a working copy is. `published` means equal to what is live. */
export const stages = ['draft', 'in_review', 'approved', 'scheduled', 'published', 'killed', 'trashed'] as const;
export type Stage = (typeof stages)[number];

/** What the public sees of an article: nothing so far, the article, nothing any more, or that it was killed. */
export const publicStates = ['none', 'live', 'withdrawn', 'killed'] as const;
export type PublicState = (typeof publicStates)[number];
