import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Route } from '../../contract/route.ts';
import { type FunctionId, routes } from '../../contract/routes/index.ts';
import { grants, tableAccess } from '../../infra/grants.ts';
import { permissionsIn, permissionsPage, type Statement, statementsIn } from '../../infra/permission-matrix.ts';
import * as keys from '../../store/keys.ts';
import { functionIds, type Resource, synthesize } from './synthesized.ts';

const { stack, resources, logicalId, all } = synthesize();

const permissions = permissionsIn(stack, resources);
const { byFunction, others } = permissions;

describe('docs/permissions.md', () => {
  test('says what the template permits, function by table by action, and all that other roles may do', () => {
    const committed = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');
    expect(permissionsPage(permissions)).toBe(committed);
  });

  test('has every function', () => {
    expect(Object.keys(byFunction).sort()).toEqual([...functionIds].sort());
  });
});

describe('what functions may do', () => {
  const writes = /^(Put|Update|Delete|BatchWrite)Item$/;

  test('public functions read the content table or nothing, and are told of no other', () => {
    const open = functionsOf(({ permission, secretPath }) => permission === 'public' && !secretPath);
    expect(open).toEqual(
      expect.arrayContaining(['get-feed', 'get-published-article', 'list-changes', 'read-versions']),
    );
    for (const id of open) {
      for (const { where, action } of byFunction[id] ?? [])
        expect(`${where} ${action}`).toMatch(/^content (GetItem|BatchGetItem|Query)$/);
      expect(lambda(id).Properties.Environment?.Variables ?? {}).not.toHaveProperty('EDITORIAL_TABLE');
    }
  });

  test('what a secret in the path opens is read and not written, and of no index: nobody finds an article by it', () => {
    const secret = functionsOf(({ secretPath }) => secretPath === true);
    expect(secret).toEqual(['get-preview']);
    for (const { where, action } of byFunction['get-preview'] ?? [])
      expect(`${where} ${action}`).toMatch(/^(content|editorial) (GetItem|BatchGetItem|Query)$/);
  });

  // Whoever puts text before readers, or takes it from them. Beside these, `change-sections` says where a merged section went.
  const writers = {
    'what is read by address': ['load-seeds', 'publish-article', 'rerender-articles', 'run-due', 'unpublish-article'],
    'what stands in its place': ['kill-article', 'purge-article'],
    'where it is listed': ['change-sections'],
    'how much there is of it': ['count-published'],
  } as const;

  test('what readers get is written in transactions, by those alone who publish, take down, or render anew', () => {
    const writing = Object.entries(byFunction).flatMap(([id, granted]) =>
      granted
        .filter(({ where, action }) => where === 'content' && writes.test(action))
        .map((found) => ({ id, ...found })),
    );
    expect([...new Set(writing.map(({ id }) => id))].sort()).toEqual(Object.values(writers).flat().toSorted());
    for (const permission of writing) expect(permission.inTransactionsOnly).toBe(true);
    const listed = writing.filter(({ action, keys: allowed }) => action === 'PutItem' && allowed.includes('LIST#*'));
    // A kill leaves word of itself in feeds, and a section leads on without touching a story.
    expect(listed.map(({ id }) => id).sort()).toEqual(
      ['change-sections', 'kill-article', 'load-seeds', 'publish-article', 'rerender-articles', 'run-due'].sort(),
    );
    const ofSections = writing.filter(({ id }) => id === 'change-sections');
    expect(ofSections).toMatchObject([{ action: 'PutItem', keys: ['LIST#*'] }]);
  });

  test('what says who an address belongs to is taken back by a purge alone', () => {
    const freeing = Object.entries(byFunction).filter(([, granted]) =>
      granted.some(
        ({ where, action, keys: allowed }) =>
          where === 'editorial' && action === 'DeleteItem' && allowed.includes('SLUG#*'),
      ),
    );
    expect(freeing.map(([id]) => id).sort()).toEqual(['purge-article', 'run-due']);
  });

  test('what is due is looked for by the clock alone', () => {
    const looking = Object.entries(byFunction).filter(([, granted]) =>
      granted.some(({ where }) => where === 'editorial/index/due'),
    );
    expect(looking.map(([id]) => id)).toEqual(['run-due']);
  });

  test('roles stay well within the 10,240 characters that a role may have', () => {
    for (const [, { Properties }] of all('AWS::IAM::Role')) {
      const arn = `arn:aws:dynamodb:ap-southeast-2:123456789012:table/${'x'.repeat(120)}`;
      const text = JSON.stringify(Properties.Policies ?? []).replaceAll(
        /\{"Fn::GetAtt":\[[^\]]*\]\}/g,
        JSON.stringify(arn),
      );
      expect(text.length).toBeLessThan(8000);
    }
  });

  test('every action on a table names the leading keys that it may have, and none can do without a key', () => {
    for (const { action, keys: allowed } of Object.values(byFunction).flat()) {
      expect(allowed.length).toBeGreaterThan(0);
      expect(['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem']).toContain(action);
    }
  });

  test('a function knows the names of the tables that it may touch, and no others', () => {
    for (const id of functionIds) {
      const variables: Record<string, unknown> = lambda(id).Properties.Environment?.Variables ?? {};
      const named = [variables.EDITORIAL_TABLE && 'editorial', variables.CONTENT_TABLE && 'content'].filter(Boolean);
      const touched = new Set((byFunction[id] ?? []).map(({ where }) => where.split('/')[0]));
      expect({ id, named: named.sort() }).toEqual({ id, named: [...touched].sort() });
    }
  });

  test('a function writes to its own log group and no other', () => {
    for (const id of functionIds) {
      const logging = others.filter(({ role, action }) => role === id && action.startsWith('logs:'));
      const group = stack.functions.byId[id].lambda.logGroup.node.path.split('/').slice(1).join('/');
      expect(logging.map(({ action }) => action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
      for (const { resource } of logging) expect(resource).toBe(`{${group}.Arn}`);
    }
  });

  test('nobody reads a secret, and nobody changes or deletes a table', () => {
    const all = [
      ...others.map(({ action }) => action),
      ...Object.values(byFunction).flatMap((granted) => granted.map(({ action }) => `dynamodb:${action}`)),
    ];
    for (const action of all)
      expect(action).not.toMatch(/\*|secretsmanager:|ssm:|iam:|(Create|Update|Delete|Restore)Table/);
  });
});

describe('every policy of the stack', () => {
  test('is inline in a role, so that the roles above hold all there is', () => {
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'])
      expect(all(type)).toEqual([]);
    for (const [, { Properties }] of all('AWS::IAM::Role')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('names its actions and resources', () => {
    const wide = all('AWS::IAM::Role').flatMap(([, { Properties }]) => statementsIn(Properties).filter(isWide));
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
    keys.previewTokenKey('d').pk,
  ];
  const content = [
    keys.publicDocumentKey('s').pk,
    keys.currentSlugKey('a').pk,
    keys.listingPartition('latest'),
    keys.changeKey(0, '1').pk,
    keys.countsPartition('section'),
  ];
  const spelled = {
    editorial,
    content,
    stage: [keys.stagePartition('draft', 'none')],
    recent: [keys.recentPartition],
    due: [keys.duePartition],
  };

  test('are spelled as store/keys.ts spells them', () => {
    for (const access of Object.values(grants).flatMap((grant) => tableAccess(grant))) {
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

/** The functions that serve these routes. */
function functionsOf(chosen: (route: Route) => boolean): FunctionId[] {
  const serving = Object.values<Route & { function: FunctionId }>(routes).filter(chosen);
  return [...new Set(serving.map((route) => route.function))].sort();
}

function lambda(id: FunctionId): Resource {
  const found = resources[logicalId(stack.functions.byId[id].lambda)];
  if (!found) throw new Error(`The template has no ${id}.`);
  return found;
}

function isWide({ Action, Resource }: Statement): boolean {
  return JSON.stringify([Action, Resource]).includes('*');
}
