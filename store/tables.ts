import { currentSlugKey } from './keys.ts';

/**
 * The two tables, as facts: the CDK stack and the local engine make them from this, so they cannot differ. Both are
 * on-demand, keyed by `pk` and `sk` (strings), and expire items by `expiresAt` (epoch seconds).
 */
export type Index = {
  partitionKey: string;
  sortKey: string;
  /** Attributes beside the keys. Summaries only: a list never needs the whole article. */
  projects: readonly string[];
};

export type Table = {
  indexes: Readonly<Record<string, Index>>;
  /** Whether changes are streamed, with the new and the old image. */
  stream: boolean;
};

export const keys = { partition: 'pk', sort: 'sk', expires: 'expiresAt' } as const;

export const tables = {
  editorial: {
    indexes: {
      stage: { partitionKey: 'stageKey', sortKey: 'changedKey', projects: ['v', 'summary'] },
      recent: { partitionKey: 'recentKey', sortKey: 'changedKey', projects: ['v', 'summary'] },
      /** Sparse: only items with something to happen stand in it. */
      due: { partitionKey: 'dueKey', sortKey: 'dueAt', projects: ['v', 'articleId'] },
    },
    stream: false,
  },
  content: { indexes: {}, stream: true },
} as const satisfies Record<string, Table>;

/** The keys of the items of the content table that events are made of: each article's current slug. */
export const eventKeys = { pk: { prefix: currentSlugKey('').pk }, sk: currentSlugKey('').sk } as const;

export type TableName = keyof typeof tables;
