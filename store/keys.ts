/** Every key of both tables. Nothing else spells one. */
export type Key = { pk: string; sk: string };

export const workingCopyKey = (articleId: string): Key => ({ pk: `ARTICLE#${articleId}`, sk: 'HEAD' });

/** Eight digits keep revisions in order as text. */
export const revisionKey = (articleId: string, revision: number): Key => ({
  pk: `ARTICLE#${articleId}`,
  sk: `REV#${String(revision).padStart(8, '0')}`,
});

export const historyKey = (articleId: string, changeId: string): Key => ({
  pk: `ARTICLE#${articleId}`,
  sk: `LOG#${changeId}`,
});

export const slugClaimKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });

export const sectionsPartition = 'SECTIONS';
export const sectionKey = (slug: string): Key => ({ pk: sectionsPartition, sk: `SECTION#${slug}` });

export const idempotencyKey = (actor: string, key: string): Key => ({
  pk: `IDEMPOTENCY#${actor}#${key}`,
  sk: 'RECORD',
});

/** Index keys of the desk's lists, newest change last. */
export const stagePartition = (stage: string): string => `STAGE#${stage}`;
export const recentPartition = 'ALL';
export const changedKey = (updatedAt: string, articleId: string): string => `${updatedAt}#${articleId}`;

export const publicDocumentKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'DOC' });
export const currentSlugKey = (articleId: string): Key => ({ pk: `ARTICLE#${articleId}`, sk: 'SLUG' });

export const publishedVersionKey = (articleId: string, at: string, seq: number): Key => ({
  pk: `ARTICLE#${articleId}`,
  sk: `VERSION#${at}#${String(seq).padStart(8, '0')}`,
});

export const listingPartition = (listing: string): string => `LIST#${listing}`;
export const listingKey = (listing: string, sortAt: string, articleId: string): Key => ({
  pk: listingPartition(listing),
  sk: `${sortAt}#${articleId}`,
});

/** Change log lines, a partition for each month of UTC. */
export const changeKey = (now: Date, changeId: string): Key => ({
  pk: `CHANGES#${now.toISOString().slice(0, 7)}`,
  sk: changeId,
});
