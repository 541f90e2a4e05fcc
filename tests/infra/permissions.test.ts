import { describe, expect, test } from '@jest/globals';
import type { FunctionId } from '../../contract/routes/index.ts';
import { type Access, grants } from '../../infra/grants.ts';
import * as keys from '../../store/keys.ts';
import { functionIds, type Resource, synthesize } from './synthesized.ts';

/**
 * Written by hand from what the product promises, and not from `infra/grants.ts`: a permission changes when both do.
 * `+` marks what is refused outside a transaction.
 */
const promised: Record<FunctionId, string[]> = {
  'create-article': ['editorial GetItem IDEMPOTENCY#* SECTIONS', 'editorial PutItem+ ARTICLE#* IDEMPOTENCY#*'],
  'import-wire-copy': [
    'editorial GetItem IDEMPOTENCY#*',
    'editorial PutItem+ ARTICLE#* IDEMPOTENCY#*',
    'editorial Query SECTIONS',
  ],
  'read-articles': [
    'editorial GetItem ARTICLE#*',
    'editorial/index/recent Query ALL',
    'editorial/index/stage Query STAGE#*',
  ],
  'update-article': ['editorial GetItem ARTICLE#* SECTIONS', 'editorial PutItem+ ARTICLE#*'],
  'publish-article': [
    'content DeleteItem+ LIST#*',
    'content PutItem+ ARTICLE#* CHANGES#* LIST#* SLUG#*',
    'editorial BatchGetItem SLUG#*',
    'editorial GetItem ARTICLE#* IDEMPOTENCY#* SECTIONS',
    'editorial PutItem+ ARTICLE#* IDEMPOTENCY#* SLUG#*',
  ],
  'unpublish-article': [
    'content DeleteItem+ LIST#* SLUG#*',
    'content PutItem+ ARTICLE#* CHANGES#*',
    'editorial GetItem ARTICLE#*',
    'editorial PutItem+ ARTICLE#*',
  ],
  'list-published-articles': ['content Query LIST#*'],
  'get-published-article': ['content GetItem ARTICLE#* SLUG#*'],
  'get-health': [],
  'load-seeds': [
    'content DeleteItem+ LIST#*',
    'content PutItem+ ARTICLE#* CHANGES#* LIST#* SLUG#*',
    'editorial BatchGetItem SLUG#*',
    'editorial GetItem ARTICLE#* SECTIONS',
    'editorial PutItem SECTIONS',
    'editorial PutItem+ ARTICLE#* SLUG#*',
  ],
};

const { stack, resources, logicalId, all } = synthesize();

const tableNames = {
  [logicalId(stack.tables.editorial)]: 'editorial',
  [logicalId(stack.tables.content)]: 'content',
};

type Statement = {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, string[]>>;
};

describe('what functions may do', () => {
  test.each(functionIds)('%s may do what is promised and nothing else', (id) => {
    const [logging, ...others] = statementsOf(id);
    expect(others.flatMap(permissions).sort()).toEqual(promised[id]);
    const { LogGroup } = lambda(id).Properties.LoggingConfig;
    expect(logging).toEqual({
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [LogGroup.Ref, 'Arn'] },
    });
  });

  test('public functions read the content table or nothing', () => {
    for (const id of ['list-published-articles', 'get-published-article', 'get-health'] as const) {
      for (const permission of promised[id]) expect(permission).toMatch(/^content (GetItem|Query) /);
      expect(lambda(id).Properties.Environment?.Variables ?? {}).not.toHaveProperty('EDITORIAL_TABLE');
    }
  });

  test('a story is published or withdrawn in a transaction, by three functions', () => {
    const writes = /^content (Put|Update|Delete|BatchWrite)Item/;
    const writers = functionIds.filter((id) => promised[id].some((permission) => writes.test(permission)));
    expect(writers.sort()).toEqual(['load-seeds', 'publish-article', 'unpublish-article']);
    const writing = functionIds.flatMap((id) => promised[id]).filter((permission) => writes.test(permission));
    for (const permission of writing) expect(permission).toMatch(/Item\+ /);
  });

  test('a function knows the names of the tables that it may touch, and no others', () => {
    for (const id of functionIds) {
      const variables: Record<string, unknown> = lambda(id).Properties.Environment?.Variables ?? {};
      const named = [variables.EDITORIAL_TABLE && 'editorial', variables.CONTENT_TABLE && 'content'].filter(Boolean);
      const touched = new Set(promised[id].map((permission) => permission.split(/[ /]/)[0]));
      expect({ id, named: named.sort() }).toEqual({ id, named: [...touched].sort() });
    }
  });
});

describe('every policy of the stack', () => {
  test('is inline in a role, so that the roles above hold all there is', () => {
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'])
      expect(all(type)).toEqual([]);
    for (const [, { Properties }] of all('AWS::IAM::Role')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('names its actions and resources', () => {
    const wide = all('AWS::IAM::Role').flatMap(([, role]) => statementsIn(role).filter(isWide));
    // The trigger calls a version of the loader, whose number is not known before: any of that function's versions.
    const loader = { 'Fn::GetAtt': [logicalId(stack.functions.byId['load-seeds'].lambda), 'Arn'] };
    expect(wide).toEqual([
      { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [{ 'Fn::Join': ['', [loader, ':*']] }] },
    ]);
  });
});

describe('leading keys', () => {
  const editorial = [
    keys.workingCopyKey('a').pk,
    keys.slugClaimKey('s').pk,
    keys.sectionsPartition,
    keys.idempotencyKey('ana', 'k').pk,
  ];
  const content = [
    keys.publicDocumentKey('s').pk,
    keys.currentSlugKey('a').pk,
    keys.listingPartition('latest'),
    keys.changeKey(new Date(0), '1').pk,
  ];
  const spelled = {
    editorial,
    content,
    stage: [keys.stagePartition('draft')],
    recent: [keys.recentPartition],
    due: [],
  };

  test('are spelled as store/keys.ts spells them', () => {
    const granted: readonly Access[] = Object.values(grants).flat();
    for (const access of granted) {
      const known = spelled['index' in access ? access.index : access.table];
      for (const pattern of access.keys) {
        const matched = known.filter(
          (key) => key === pattern || (pattern.endsWith('*') && key.startsWith(pattern.slice(0, -1))),
        );
        expect({ pattern, matched }).toEqual({ pattern, matched: [expect.any(String)] });
      }
    }
  });
});

function lambda(id: FunctionId): Resource {
  const found = resources[logicalId(stack.functions.byId[id].lambda)];
  if (!found) throw new Error(`The template has no ${id}.`);
  return found;
}

function statementsOf(id: FunctionId): Statement[] {
  const role = resources[lambda(id).Properties.Role['Fn::GetAtt'][0]];
  if (!role) throw new Error(`The template has no role of ${id}.`);
  return statementsIn(role);
}

function statementsIn({ Properties }: Resource): Statement[] {
  return Properties.Policies.flatMap(
    (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
  );
}

/** A statement as lines of table, action and leading keys; whatever else it may say shows up in them. */
function permissions({ Effect, Action, Resource, Condition = {} }: Statement): string[] {
  const { 'ForAllValues:StringLike': leading, 'ForAnyValue:StringEquals': enclosing, ...otherConditions } = Condition;
  expect({ Effect, otherConditions }).toEqual({ Effect: 'Allow', otherConditions: {} });
  if (enclosing) expect(enclosing).toEqual({ 'dynamodb:EnclosingOperation': ['TransactWriteItems'] });
  const patterns = [...(leading?.['dynamodb:LeadingKeys'] ?? ['any key'])].sort().join(' ');
  return [Action]
    .flat()
    .map((action) => `${place(Resource)} ${action.replace('dynamodb:', '')}${enclosing ? '+' : ''} ${patterns}`);
}

/** `editorial`, or `editorial/index/stage`. */
function place(resource: unknown): string {
  const text = JSON.stringify(resource);
  const [, table = '', attribute, rest = ''] =
    text.match(/^{"Fn::GetAtt":\["(\w+)","(Arn)"\]}$/) ??
    text.match(/^{"Fn::Join":\["",\[{"Fn::GetAtt":\["(\w+)","(Arn)"\]},"([\w/]+)"\]\]}$/) ??
    [];
  return attribute ? `${tableNames[table]}${rest}` : text;
}

function isWide({ Action, Resource }: Statement): boolean {
  return JSON.stringify([Action, Resource]).includes('*');
}
