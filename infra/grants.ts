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

type EditorialKey = 'ARTICLE#*' | 'SLUG#*' | 'SECTIONS' | 'IDEMPOTENCY#*' | 'PREVIEW#*';
type ContentKey = 'SLUG#*' | 'ARTICLE#*' | 'LIST#*' | 'CHANGES#*' | 'COUNTS#*';

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
      keys: readonly ('STAGE#*' | 'ALL' | 'DUE')[];
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

/** Reading an article is a query: who is editing it lies beside it. */
const reading = { table: 'editorial', actions: ['Query'], keys: ['ARTICLE#*'] } as const satisfies TableAccess;

const saving = [
  reading,
  { table: 'editorial', actions: ['PutItem'], keys: ['ARTICLE#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What can change when something happens by itself also deletes what was due. */
const action = [
  ...saving,
  { table: 'editorial', actions: ['DeleteItem'], keys: ['ARTICLE#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What was public before, for whether anything changed, and for corrections. */
const revisions = { table: 'editorial', actions: ['GetItem'], keys: ['ARTICLE#*'] } as const satisfies TableAccess;

/** A slug that is free, claimed. */
const claim = [
  { table: 'editorial', actions: ['BatchGetItem'], keys: ['SLUG#*'] },
  { table: 'editorial', actions: ['PutItem'], keys: ['SLUG#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** Of the content table, whoever publishes reads only which of the stories that it points at were killed. */
const firstPublication = [
  { table: 'editorial', actions: ['GetItem'], keys: ['SECTIONS'] },
  { table: 'content', actions: ['BatchGetItem'], keys: ['ARTICLE#*'] },
  {
    table: 'content',
    actions: ['PutItem'],
    keys: ['SLUG#*', 'ARTICLE#*', 'LIST#*', 'CHANGES#*'],
    onlyInTransactions: true,
  },
] as const satisfies Grant;

/** What is live is known from the working copy. */
const publication = [
  ...action,
  revisions,
  ...firstPublication,
  { table: 'content', actions: ['DeleteItem'], keys: ['LIST#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What takes a story from readers: its place in every listing goes, and its address or what stands there. */
const takeDown = [
  ...action,
  { table: 'content', actions: ['PutItem'], keys: ['ARTICLE#*', 'CHANGES#*'], onlyInTransactions: true },
  { table: 'content', actions: ['DeleteItem'], keys: ['LIST#*'], onlyInTransactions: true },
] as const satisfies Grant;
const withdrawal = [
  ...takeDown,
  { table: 'content', actions: ['DeleteItem'], keys: ['SLUG#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What makes public items anew. */
const rendering = [
  ...saving,
  revisions,
  { table: 'editorial', actions: ['GetItem'], keys: ['SECTIONS'] },
  { table: 'content', actions: ['GetItem'], keys: ['SLUG#*', 'ARTICLE#*'] },
  { table: 'content', actions: ['BatchGetItem'], keys: ['ARTICLE#*'] },
  { table: 'content', actions: ['PutItem'], keys: ['SLUG#*', 'ARTICLE#*', 'LIST#*'], onlyInTransactions: true },
  { table: 'content', actions: ['DeleteItem'], keys: ['SLUG#*', 'LIST#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What deletes an article's text wherever it is. */
const purging = [
  ...action,
  revisions,
  { table: 'editorial', actions: ['Query'], keys: ['PREVIEW#*'] },
  {
    table: 'editorial',
    actions: ['DeleteItem'],
    keys: ['SLUG#*', 'IDEMPOTENCY#*', 'PREVIEW#*'],
    onlyInTransactions: true,
  },
  { table: 'content', actions: ['Query'], keys: ['ARTICLE#*'] },
  { table: 'content', actions: ['GetItem'], keys: ['CHANGES#*'] },
  { table: 'content', actions: ['PutItem'], keys: ['SLUG#*', 'CHANGES#*'], onlyInTransactions: true },
  { table: 'content', actions: ['DeleteItem'], keys: ['SLUG#*', 'ARTICLE#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** What makes the counts right about a story, beside reading what is public of it. */
const counting = [
  { table: 'content', actions: ['BatchGetItem'], keys: ['COUNTS#*'] },
  { table: 'content', actions: ['PutItem'], keys: ['COUNTS#*', 'ARTICLE#*'], onlyInTransactions: true },
  { table: 'content', actions: ['DeleteItem'], keys: ['ARTICLE#*'], onlyInTransactions: true },
] as const satisfies Grant;

/** All of these, with each action and kind of key once: what roles may hold is bounded. */
function together(...all: readonly TableAccess[]): Grant {
  const merged = new Map<string, TableAccess>();
  for (const access of all)
    for (const action of access.actions) {
      const { keys, ...where } = { ...access, actions: [action] };
      const name = JSON.stringify(where);
      const known: readonly string[] = merged.get(name)?.keys ?? [];
      merged.set(name, { ...where, keys: [...new Set([...known, ...keys])] } as TableAccess);
    }
  return [...merged.values()];
}

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
    { table: 'editorial', actions: ['GetItem', 'Query'], keys: ['ARTICLE#*'] },
    { table: 'editorial', actions: ['Query'], keys: ['SECTIONS'] },
    { table: 'editorial', index: 'stage', actions: ['Query'], keys: ['STAGE#*'] },
    { table: 'editorial', index: 'recent', actions: ['Query'], keys: ['ALL'] },
  ],
  'update-article': [...action, revisions, { table: 'editorial', actions: ['GetItem'], keys: ['SECTIONS'] }],
  'review-article': saving,
  'schedule-article': [
    ...action,
    revisions,
    { table: 'editorial', actions: ['GetItem'], keys: ['SECTIONS'] },
    ...claim,
  ],
  'publish-article': [
    ...publication,
    ...claim,
    { table: 'editorial', actions: ['GetItem'], keys: ['IDEMPOTENCY#*'] },
    { table: 'editorial', actions: ['PutItem'], keys: ['IDEMPOTENCY#*'], onlyInTransactions: true },
  ],
  'unpublish-article': withdrawal,
  'kill-article': [
    { table: 'editorial', actions: ['DeleteItem'], keys: ['IDEMPOTENCY#*'], onlyInTransactions: true },
    ...takeDown,
    revisions,
    // The notice at its address, and in feeds that it was killed.
    { table: 'content', actions: ['PutItem'], keys: ['SLUG#*', 'LIST#*'], onlyInTransactions: true },
  ],
  'trash-article': action,
  'purge-article': purging,
  'lock-article': action,
  'change-preview-links': [
    { table: 'editorial', actions: ['Query'], keys: ['ARTICLE#*', 'PREVIEW#*'] },
    { table: 'editorial', actions: ['PutItem', 'DeleteItem'], keys: ['PREVIEW#*'], onlyInTransactions: true },
  ],
  'read-taxonomy': [{ table: 'editorial', actions: ['Query'], keys: ['SECTIONS'] }],
  'change-sections': [
    { table: 'editorial', actions: ['GetItem', 'Query'], keys: ['SECTIONS'] },
    { table: 'editorial', index: 'recent', actions: ['Query'], keys: ['ALL'] },
    { table: 'editorial', actions: ['PutItem', 'DeleteItem'], keys: ['SECTIONS'], onlyInTransactions: true },
    { table: 'content', actions: ['Query'], keys: ['LIST#*'] },
    { table: 'content', actions: ['PutItem'], keys: ['LIST#*'], onlyInTransactions: true },
  ],
  // An article's card says what it is called in a listing, so that ids are looked up in one request.
  'list-published-articles': [
    { table: 'content', actions: ['Query'], keys: ['LIST#*', 'COUNTS#*'] },
    { table: 'content', actions: ['GetItem'], keys: ['LIST#*'] },
    { table: 'content', actions: ['BatchGetItem'], keys: ['LIST#*', 'ARTICLE#*'] },
  ],
  'get-published-article': [
    { table: 'content', actions: ['GetItem'], keys: ['SLUG#*', 'ARTICLE#*'] },
    { table: 'content', actions: ['Query'], keys: ['ARTICLE#*', 'LIST#*'] },
    { table: 'content', actions: ['BatchGetItem'], keys: ['ARTICLE#*'] },
  ],
  'read-versions': [
    { table: 'content', actions: ['GetItem'], keys: ['SLUG#*', 'ARTICLE#*'] },
    { table: 'content', actions: ['Query', 'BatchGetItem'], keys: ['ARTICLE#*'] },
  ],
  'list-changes': [{ table: 'content', actions: ['Query'], keys: ['CHANGES#*', 'LIST#*'] }],
  'get-feed': [
    { table: 'content', actions: ['Query'], keys: ['LIST#*', 'COUNTS#*'] },
    { table: 'content', actions: ['GetItem'], keys: ['LIST#*'] },
  ],
  // The one public function that reads the desk's table. It finds nothing there but by a token, and writes nothing.
  'get-preview': [
    { table: 'editorial', actions: ['GetItem'], keys: ['PREVIEW#*', 'SECTIONS'] },
    reading,
    { table: 'content', actions: ['BatchGetItem'], keys: ['ARTICLE#*'] },
  ],
  'get-health': [],
  'load-seeds': [
    ...saving,
    ...firstPublication,
    ...claim,
    { table: 'editorial', actions: ['PutItem'], keys: ['SECTIONS'] },
  ],
  'rerender-articles': together(...rendering, ...counting, {
    table: 'editorial',
    index: 'recent',
    actions: ['Query'],
    keys: ['ALL'],
  }),
  // A slug was claimed when its story was scheduled.
  'run-due': together(
    { table: 'editorial', index: 'due', actions: ['Query'], keys: ['DUE'] },
    ...publication,
    ...withdrawal,
    ...purging,
    ...rendering,
    { table: 'editorial', actions: ['PutItem', 'DeleteItem'], keys: ['SECTIONS'], onlyInTransactions: true },
    { table: 'content', actions: ['Query'], keys: ['LIST#*'] },
  ),
  'purge-edge': [{ reads: 'content stream' }, { sends: 'dead letters' }, { purges: 'edge' }],
  'count-published': [
    { reads: 'content stream' },
    { sends: 'dead letters' },
    { table: 'content', actions: ['GetItem'], keys: ['ARTICLE#*'] },
    ...counting,
  ],
} as const satisfies Record<FunctionId, Grant>;
