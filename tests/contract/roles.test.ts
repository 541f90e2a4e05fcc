import { expect, test } from '@jest/globals';
import { allows, type Claims, type Role, roleOf } from '../../contract/roles.ts';

test.each<[Claims, Role | undefined]>([
  [{ 'cognito:groups': '[editor]' }, 'editor'],
  [{ 'cognito:groups': '[contributor editor]' }, 'editor'],
  [{ 'cognito:groups': '["admin", "editor"]' }, undefined],
  [{ 'cognito:groups': ['contributor'] }, 'contributor'],
  [{ 'cognito:groups': 'admin' }, 'admin'],
  [{ scope: 'openid dateline/contributor' }, 'contributor'],
  [{ scope: 'admin other/admin' }, undefined],
  [{ 'cognito:groups': '[x,admin]' }, undefined],
  [{ 'cognito:groups': '[administrators]', scope: '' }, undefined],
  [{}, undefined],
])('%j gives the role %s', (claims, role) => {
  expect(roleOf({ token_use: 'access', ...claims })).toBe(role);
  expect(roleOf({ token_use: 'id', ...claims })).toBeUndefined();
});

test('a role may do what a weaker one may, and not the other way round', () => {
  expect(allows('contributor', 'admin')).toBe(true);
  expect(allows('editor', 'contributor')).toBe(false);
  expect(allows('editor', undefined)).toBe(false);
  expect(allows('public', undefined)).toBe(true);
});
