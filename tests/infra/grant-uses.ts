import type { FunctionId } from '../../contract/routes/index.ts';
import { grants, type TableAccess, tableAccess } from '../../infra/grants.ts';
import type { TestEngine } from '../support/engine.ts';
import type { Seen } from '../support/proxy.ts';

/** What a function asked of a table: one of these for each item that its request names. */
export type Use = {
  table: 'editorial' | 'content';
  index?: string;
  action: string;
  key: string;
  inTransaction: boolean;
};

type Json = Record<string, { S?: string } & Record<string, unknown>>;
type Asked = {
  TableName: string;
  Key?: Json;
  Item?: Json;
  IndexName?: string;
  ExpressionAttributeValues?: Json;
  RequestItems?: Record<string, { Keys: Json[] }>;
  TransactItems?: Record<string, { TableName: string; Key?: Json; Item?: Json }>[];
};

const keyIn = (item: Json | undefined): string => item?.pk?.S ?? '';

/** The names by which queries call the partition that they are about. */
const partitionValues = [':pk', ':partition', ':all', ':due'];

function usesOf({ operation, asked }: Seen, tableOf: (name: string) => Use['table']): Use[] {
  const {
    TableName,
    Key,
    Item,
    IndexName,
    ExpressionAttributeValues = {},
    RequestItems,
    TransactItems,
  } = asked as Asked;
  if (TransactItems)
    return TransactItems.flatMap((entry) =>
      Object.entries(entry).map(([name, write]) => ({
        table: tableOf(write.TableName),
        action: `${name}Item`,
        key: keyIn(write.Key ?? write.Item),
        inTransaction: true,
      })),
    );
  if (RequestItems)
    return Object.entries(RequestItems).flatMap(([name, { Keys }]) =>
      Keys.map((key) => ({ table: tableOf(name), action: operation, key: keyIn(key), inTransaction: false })),
    );
  const queried = partitionValues.map((name) => ExpressionAttributeValues[name]?.S).find(Boolean);
  const key = operation === 'Query' ? (queried ?? '') : keyIn(Key ?? Item);
  const index = IndexName ? { index: IndexName } : {};
  return [{ table: tableOf(TableName), ...index, action: operation, key, inTransaction: false }];
}

const matches = (pattern: string, key: string): boolean =>
  pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;

/** Whether one action of a grant, with one of its keys, permits this. */
function permits(access: TableAccess, action: string, pattern: string, use: Use): boolean {
  return (
    access.table === use.table &&
    action === use.action &&
    ('index' in access ? access.index : undefined) === use.index &&
    matches(pattern, use.key) &&
    (!('onlyInTransactions' in access) || use.inTransaction)
  );
}

type Part = { access: TableAccess; action: string; pattern: string };

/** A grant, taken apart into single actions with single kinds of key. */
function partsOf(id: FunctionId): Part[] {
  return tableAccess(grants[id]).flatMap((access) =>
    access.actions.flatMap((action: string) => access.keys.map((pattern: string) => ({ access, action, pattern }))),
  );
}

export function isGranted(id: FunctionId, use: Use): boolean {
  return partsOf(id).some(({ access, action, pattern }) => permits(access, action, pattern, use));
}

/** What functions asked of the tables, held against what their roles allow, both ways round. */
export class GrantUses {
  readonly #byFunction = new Map<FunctionId, Use[]>();
  readonly #engine: TestEngine;

  constructor(engine: TestEngine) {
    this.#engine = engine;
  }

  /** Notes what the function asked. Returns what its role would not have allowed. */
  note(id: FunctionId, seen: readonly Seen[]): string[] {
    const uses = seen.flatMap((one) =>
      usesOf(one, (name) => (name === this.#engine.editorialTable ? 'editorial' : 'content')),
    );
    this.#byFunction.set(id, [...(this.#byFunction.get(id) ?? []), ...uses]);
    return uses
      .filter((use) => !isGranted(id, use))
      .map(({ action, table, index, key }) => `${id}: ${action} ${table}${index ? `/${index}` : ''} ${key}`);
  }

  /** What the role allows and the function never asked. */
  unused(id: FunctionId): string[] {
    const uses = this.#byFunction.get(id) ?? [];
    const unused = partsOf(id).filter(
      ({ access, action, pattern }) => !uses.some((use) => permits(access, action, pattern, use)),
    );
    return [...new Set(unused.map(({ access, action, pattern }) => `${id}: ${action} ${access.table} ${pattern}`))];
  }
}
