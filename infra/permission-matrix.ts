import { CfnElement, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DatelineStack } from './dateline-stack.ts';

/** What a role's statement says, as a template has it. */
export type Statement = {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, string[]>>;
};

type Resources = Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;

/** A permission of a function on a table: `where` is `editorial`, `content` or `editorial/index/stage`. */
export type TablePermission = { where: string; action: string; keys: string[]; inTransactionsOnly: boolean };
export type OtherPermission = { role: string; action: string; resource: string };

export type Permissions = {
  byFunction: Record<string, TablePermission[]>;
  others: OtherPermission[];
};

/** Every permission that the template gives to a role. Throws for a statement of a form that it does not know. */
export function permissionsIn(stack: DatelineStack, resources: Resources): Permissions {
  const names = constructNames(stack);
  const { editorial, content } = stack.tables;
  const tables = { [logicalIdOf(stack, editorial)]: 'editorial', [logicalIdOf(stack, content)]: 'content' };
  const functionOfRole = new Map(
    Object.entries(stack.functions.byId).map(([id, { lambda }]) => [
      roleOf(resources[logicalIdOf(stack, lambda)]?.Properties),
      id,
    ]),
  );
  const permissions: Permissions = { byFunction: {}, others: [] };
  for (const [logicalId, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::IAM::Role') continue;
    const id = functionOfRole.get(logicalId);
    if (id) permissions.byFunction[id] = [];
    for (const statement of statementsIn(Properties)) {
      const where = tableIn(statement.Resource, tables);
      if (id && where) permissions.byFunction[id]?.push(...tablePermissions(statement, where));
      else permissions.others.push(...otherPermissions(statement, id ?? nameOf(logicalId, names), names));
    }
  }
  return permissions;
}

function logicalIdOf(stack: Stack, construct: IConstruct): string {
  return stack.getLogicalId(construct.node.defaultChild as CfnElement);
}

export function statementsIn(properties: Record<string, unknown> | undefined): Statement[] {
  const policies = (properties?.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
  return policies.flatMap((policy) => policy.PolicyDocument.Statement);
}

function roleOf(properties: Record<string, unknown> | undefined): string {
  return (properties?.Role as { 'Fn::GetAtt': [string] } | undefined)?.['Fn::GetAtt'][0] ?? '';
}

function tablePermissions({ Effect, Action, Condition = {} }: Statement, where: string): TablePermission[] {
  const { 'ForAllValues:StringLike': leading, 'ForAnyValue:StringEquals': enclosing, ...others } = Condition;
  const operations = enclosing?.['dynamodb:EnclosingOperation'];
  if (
    Effect !== 'Allow' ||
    Object.keys(others).length > 0 ||
    (enclosing && String(operations) !== 'TransactWriteItems')
  )
    throw new TypeError(`A statement about ${where} has conditions that the matrix does not know.`);
  return [Action].flat().map((action) => ({
    where,
    action: action.replace('dynamodb:', ''),
    keys: [...(leading?.['dynamodb:LeadingKeys'] ?? [])].sort(),
    inTransactionsOnly: enclosing !== undefined,
  }));
}

function otherPermissions(
  { Effect, Action, Resource, Condition }: Statement,
  role: string,
  names: ReadonlyMap<string, string>,
): OtherPermission[] {
  if (Effect !== 'Allow' || Condition)
    throw new TypeError(`A statement of ${role} has a form that the matrix does not know.`);
  const resource = [Resource]
    .flat()
    .map((one) => readable(one, names))
    .join(', ');
  return [Action].flat().map((action) => ({ role, action, resource }));
}

/** `editorial`, or `editorial/index/stage`; undefined for anything but a table of ours or its index. */
function tableIn(resource: unknown, tables: Readonly<Record<string, string>>): string | undefined {
  const text = JSON.stringify(resource);
  const [, table = '', attribute, rest = ''] =
    text.match(/^{"Fn::GetAtt":\["(\w+)","(Arn)"\]}$/) ??
    text.match(/^{"Fn::Join":\["",\[{"Fn::GetAtt":\["(\w+)","(Arn)"\]},"([\w/]+)"\]\]}$/) ??
    [];
  return attribute && tables[table] ? `${tables[table]}${rest}` : undefined;
}

/** Logical ids by the path of what they stand for: `Reactions/DeadLetters`. */
function constructNames(stack: Stack): Map<string, string> {
  const elements = stack.node.findAll().filter((construct): construct is CfnElement => construct instanceof CfnElement);
  const path = (element: CfnElement) =>
    element.node.path
      .split('/')
      .slice(1)
      .join('/')
      .replace(/\/Resource$/, '');
  return new Map(elements.map((element) => [String(stack.resolve(element.logicalId)), path(element)]));
}

function nameOf(logicalId: string, names: ReadonlyMap<string, string>): string {
  return names.get(logicalId) ?? logicalId;
}

function readable(value: unknown, names: ReadonlyMap<string, string>): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument]] = Object.entries(value as Record<string, unknown>) as [[string, unknown]];
  if (intrinsic === 'Ref') return `{${nameOf(String(argument), names)}}`;
  if (intrinsic === 'Fn::GetAtt') {
    const [logicalId, attribute] = argument as [string, string];
    return `{${nameOf(logicalId, names)}.${attribute}}`;
  }
  if (intrinsic === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => readable(part, names)).join(separator);
  }
  return JSON.stringify(value);
}

/** The order of the columns; an action beyond these gets a column after them. */
const usualActions = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem'];

/** docs/permissions.md. */
export function permissionsPage({ byFunction, others }: Permissions): string {
  const granted = Object.values(byFunction).flatMap((permissions) => permissions.map(({ action }) => action));
  const actions = [...new Set([...usualActions, ...granted])];
  const rows = Object.entries(byFunction)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .flatMap(([id, permissions]) => rowsOf(id, permissions, actions));
  const otherRows = others.map(({ role, action, resource }) => `| ${role} | ${action} | \`${resource}\` |`).sort();
  return `# Who may do what

Written by \`npm run permissions\` from the synthesized template; a test compares the two. \`infra/grants.ts\` decides it.

## Functions and tables

A cell names the leading keys that the action may have: the kinds of item, not which one of them. **T** marks what is refused
outside a transaction, so that half of a publication can't be written even by mistake. An empty cell is not permitted at all.
Nobody may scan, update in place, write batches or use PartiQL; nobody may change or delete a table.

| function | table | ${actions.join(' | ')} |
|---|---|${actions.map(() => '---').join('|')}|
${rows.join('\n')}

## Everything else that a role of the stack may do

Names in braces are resources of the stack. A function writes to its own log group and no other. One resource ends in a
wildcard: CloudFormation calls a version of the seed loader, whose number is not known before it is made.

| role | action | on |
|---|---|---|
${otherRows.join('\n')}
`;
}

function rowsOf(id: string, granted: TablePermission[], actions: readonly string[]): string[] {
  const places = [...new Set(granted.map(({ where }) => where))].sort();
  if (places.length === 0) return [`| ${id} | none |${actions.map(() => ' |').join('')}`];
  return places.map((where) => {
    const cells = actions.map((action) => {
      const here = granted.filter((permission) => permission.where === where && permission.action === action);
      return (
        here
          .map(({ keys, inTransactionsOnly }) => `${keysText(keys)}${inTransactionsOnly ? ' **T**' : ''}`)
          // CDK merges statements in an order of its own.
          .sort()
          .join('<br>')
      );
    });
    return `| ${id} | ${where} | ${cells.join(' | ')} |`;
  });
}

function keysText(keys: string[]): string {
  return keys.length === 0 ? 'any key' : keys.map((key) => `\`${key}\``).join(' ');
}
