import type { DueAction } from '../contract/article-actions.ts';
import type { PublicState, Stage } from '../contract/stages.ts';

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

/** What an article has of its own beside its copy lies between these: the copy, and who is editing it. */
export const lockKey = (articleId: string): Key => ({ pk: `ARTICLE#${articleId}`, sk: 'LOCK' });

export const articlePartition = (articleId: string): string => `ARTICLE#${articleId}`;
export const articleIdOf = (pk: unknown): string => String(pk).slice('ARTICLE#'.length);
export const revisionPrefix = 'REV#';
export const historyPrefix = 'LOG#';
export const versionPrefix = 'VERSION#';

/** What happens to an article by itself, one of each. */
export const dueKey = (articleId: string, action: DueAction): Key => ({
  pk: `ARTICLE#${articleId}`,
  sk: `DUE#${action}`,
});
/** Index keys of what is due, what is due first coming first. */
export const duePartition = 'DUE';

/** What follows a change that a transaction has no room for: beside the section, or the story, that it is about. */
export const sectionSweepKey = (slug: string): Key => ({ pk: 'SECTIONS', sk: `SWEEP#${slug}` });
export const storySweepKey = (articleId: string): Key => ({ pk: `ARTICLE#${articleId}`, sk: 'SWEEP' });

/** An article that points at another one, kept with the other. */
export const pointerKey = (target: string, from: string): Key => ({ pk: `ARTICLE#${target}`, sk: `POINTER#${from}` });
export const pointerPrefix = 'POINTER#';

/**
 * A link that shows a working copy: what its token opens, by the token's digest, and the list of an article's links. Neither
 * is in the article's own partition, where whoever makes links writes nothing.
 */
export const previewTokenKey = (digest: string): Key => ({ pk: previewPartition(digest), sk: 'TOKEN' });
export const previewLinkKey = (articleId: string, digest: string): Key => ({
  pk: previewPartition(articleId),
  sk: `${previewLinkPrefix}${digest}`,
});
export const previewPartition = (name: string): string => `PREVIEW#${name}`;
export const previewLinkPrefix = 'LINK#';

export const slugClaimKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });

export const sectionsPartition = 'SECTIONS';
export const sectionPrefix = 'SECTION#';
export const sectionKey = (slug: string): Key => ({ pk: sectionsPartition, sk: `SECTION#${slug}` });

export const idempotencyKey = (actor: string, key: string): Key => ({
  pk: `IDEMPOTENCY#${actor}#${key}`,
  sk: 'RECORD',
});

/** Index keys of the desk's lists, newest change last. */
export const stagePartition = (stage: Stage, seen: PublicState): string => `STAGE#${stage}#${seen}`;
export const stagePartitionBefore = (stage: Stage): string => `STAGE#${stage}`;
export const recentPartition = 'ALL';
export const changedKey = (updatedAt: string, articleId: string): string => `${updatedAt}#${articleId}`;

export const publicDocumentKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'DOC' });
export const currentSlugKey = (articleId: string): Key => ({ pk: `ARTICLE#${articleId}`, sk: 'SLUG' });

export const publishedVersionKey = (articleId: string, at: string, seq: number): Key => ({
  pk: `ARTICLE#${articleId}`,
  sk: `VERSION#${at}#${String(seq).padStart(8, '0')}`,
});

/**
 * Where the stories of a section went that was merged into another: above every row and below every row, since rows begin
 * with a year, so that both who begins to read and who is in the middle come across it.
 */
export const movedListingKeys = (listing: string): Key[] =>
  ['MOVED', '!MOVED'].map((sk) => ({ pk: `LIST#${listing}`, sk }));

/** What the counts of an article's listings were made of. */
export const countedKey = (articleId: string): Key => ({ pk: `ARTICLE#${articleId}`, sk: 'COUNTED' });

/** How many public stories there are of each section, topic or day. */
export type Counted = 'section' | 'topic' | 'day';
export const countsPartition = (of: Counted): string => `COUNTS#${of}`;
export const countKey = (of: Counted, name: string): Key => ({ pk: countsPartition(of), sk: name });

/** Where one looks for it who asks for one section. */
export const movedListingKey = (listing: string): Key => ({ pk: listingPartition(listing), sk: 'MOVED' });

export const listingPartition = (listing: string): string => `LIST#${listing}`;
export const listingKey = (listing: string, sortAt: string, articleId: string): Key => ({
  pk: listingPartition(listing),
  sk: `${sortAt}#${articleId}`,
});

/** Change log lines, a partition for each month of UTC: that of the time in their ids, so that it has what its ids say. */
export const changeKey = (mintedAt: number, changeId: string): Key => ({
  pk: changesPartition(new Date(mintedAt).toISOString().slice(0, 7)),
  sk: changeId,
});
/** `month` is `2022-01`. */
export const changesPartition = (month: string): string => `CHANGES#${month}`;
