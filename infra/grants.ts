import type { FunctionId } from '../contract/routes/index.ts';
import type { tables } from '../store/tables.ts';

/**
 * What functions may do to items. A transaction needs the permission of each action in it and none of its own; its
 * conditions come with the actions that carry them
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
 *
 * Scan, BatchWriteItem and PartiQL are left out on purpose. `dynamodb:LeadingKeys` is a list, matched with
 * `ForAllValues`, which is true of an empty list: the condition lets through any action that names no key, as Scan does.
 * Every action here names its keys, so here the condition holds. Adding one that does not would open the whole table.
 */
type Action = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'DeleteItem';

type EditorialKey = 'ARTICLE#*' | 'SLUG#*' | 'SECTIONS' | 'IDEMPOTENCY#*';
type ContentKey = 'SLUG#*' | 'ARTICLE#*' | 'LIST#*' | 'CHANGES#*';

/**
 * One statement of a role. `keys` are patterns of partition keys, the `dynamodb:LeadingKeys` of a request
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html). In a query of an index
 * the leading key is the index's partition key, and the resource is the index alone: such a grant does not read the
 * table. A pattern bounds the kind of item and not which one of them.
 *
 * `onlyInTransactions` refuses the action outside a TransactWriteItems: half of a publication, or an edit without its
 * revision, can't be written even by mistake.
 */
export type TableAccess =
  | { table: 'editorial'; actions: readonly Action[]; keys: readonly EditorialKey[]; onlyInTransactions?: true }
  | { table: 'content'; actions: readonly Action[]; keys: readonly ContentKey[]; onlyInTransactions?: true }
  | {
      table: 'editorial';
      index: keyof (typeof tables)['editorial']['indexes'];
      actions: readonly ['Query'];
      keys: readonly ('STAGE#*' | 'ALL')[];
    };

/** What a reaction needs beside the tables: its events, where those go that it gives up, and what it acts on. */
export type ReactionAccess = { reads: 'content stream' } | { sends: 'dead letters' } | { purges: 'edge' };

export type Access = TableAccess | ReactionAccess;

/** Everything a function may do, beside writing to its own log group. */
export type Grant = readonly Access[];

/** The part of a grant that is about the tables. */
export function tableAccess(grant: Grant): readonly TableAccess[] {
  return grant.filter((access): access is TableAccess => 'table' in access);
}

/** What is live is known from the working copy: whoever publishes never reads the content table. */
const publication = [
  {
    table: 'content',
    actions: ['PutItem'],
    keys: ['SLUG#*', 'ARTICLE#*', 'LIST#*', 'CHANGES#*'],
    onlyInTransactions: true,
  },
  { table: 'content', actions: ['DeleteItem'], keys: ['LIST#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What each function may do to the tables. A new function does not compile until this is decided. */
export const grants = {
  'create-article': [
    { table: 'editorial', actions: ['GetItem'], keys: ['SECTIONS', 'IDEMPOTENCY#*'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*', 'IDEMPOTENCY#*'], onlyInTransactions: true },
  ],
  'import-wire-copy': [
    { table: 'editorial', actions: ['Query'], keys: ['SECTIONS'] },
    { table: 'editorial', actions: ['GetItem'], keys: ['IDEMPOTENCY#*'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*', 'IDEMPOTENCY#*'], onlyInTransactions: true },
  ],
  'read-articles': [
    { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*'] },
    { table: 'editorial', index: 'stage', actions: ['Query'], keys: ['STAGE#*'] },
    { table: 'editorial', index: 'recent', actions: ['Query'], keys: ['ALL'] },
  ],
  'update-article': [
    { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*', 'SECTIONS'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*'], onlyInTransactions: true },
  ],
  'publish-article': [
    { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*', 'SECTIONS', 'IDEMPOTENCY#*'] },
    { table: 'editorial', actions: ['BatchGetItem'], keys: ['SLUG#*'] },
    {
      table: 'editorial',
      actions: ['PutItem'],
      keys: ['ARTICLE#*', 'SLUG#*', 'IDEMPOTENCY#*'],
      onlyInTransactions: true,
    },
    ...publication,
  ],
  'unpublish-article': [
    { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*'], onlyInTransactions: true },
    { table: 'content', actions: ['PutItem'], keys: ['ARTICLE#*', 'CHANGES#*'], onlyInTransactions: true },
    { table: 'content', actions: ['DeleteItem'], keys: ['SLUG#*', 'LIST#*'], onlyInTransactions: true },
  ],
  'list-published-articles': [{ table: 'content', actions: ['Query'], keys: ['LIST#*'] }],
  'get-published-article': [{ table: 'content', actions: ['GetItem'], keys: ['SLUG#*', 'ARTICLE#*'] }],
  'get-health': [],
  'load-seeds': [
    { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*', 'SECTIONS'] },
    { table: 'editorial', actions: ['BatchGetItem'], keys: ['SLUG#*'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['SECTIONS'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*', 'SLUG#*'], onlyInTransactions: true },
    ...publication,
  ],
  'rerender-articles': [
    { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*', 'SECTIONS'] },
    { table: 'editorial', index: 'recent', actions: ['Query'], keys: ['ALL'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*'], onlyInTransactions: true },
    { table: 'content', actions: ['GetItem'], keys: ['SLUG#*', 'ARTICLE#*'] },
    { table: 'content', actions: ['PutItem'], keys: ['SLUG#*', 'ARTICLE#*', 'LIST#*'], onlyInTransactions: true },
    { table: 'content', actions: ['DeleteItem'], keys: ['SLUG#*', 'LIST#*'], onlyInTransactions: true },
  ],
  'purge-edge': [{ reads: 'content stream' }, { sends: 'dead letters' }, { purges: 'edge' }],
} as const satisfies Record<FunctionId, Grant>;
