/** Where a working copy is. `published` means equal to what is live. */
export const stages = ['draft', 'published'] as const;
export type Stage = (typeof stages)[number];
