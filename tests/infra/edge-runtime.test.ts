import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { routes } from '../../contract/routes/index.ts';
import { edgeFunctionCode } from '../../infra/constructs/edge-function.ts';

/**
 * ES 5.1 and what CloudFront's runtime 2.0 has beside it, as far as the function uses it
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html).
 */
const known = [
  'Script',
  'FunctionDeclaration',
  'FunctionBody',
  'BlockStatement',
  'VariableDeclaration',
  'VariableDeclarator',
  'ExpressionStatement',
  'IfStatement',
  'ReturnStatement',
  'TryStatement',
  'CatchClause',
  'ArrowFunctionExpression',
  'CallExpression',
  'NewExpression',
  'MemberExpression',
  'Computed',
  'AssignmentExpression',
  'BinaryExpression',
  'ConditionalExpression',
  'ParenthesisExpression',
  'UnaryExpression',
  'ArrayExpression',
  'ObjectExpression',
  'KeyValueProperty',
  'TemplateLiteral',
  'TemplateElement',
  'StringLiteral',
  'NumericLiteral',
  'RegExpLiteral',
  'Identifier',
  'Parameter',
  ...['=', '===', '!==', '<', '>', '>=', '&&', '||', '!'],
];

test('the edge function is within CloudFront’s 10 kB', () => {
  expect(Buffer.byteLength(edgeFunctionCode(Object.values(routes)))).toBeLessThanOrEqual(10_240);
});

test('the edge function is written in what CloudFront’s runtime understands', () => {
  const source = readFileSync(new URL('../../infra/edge/content-request.js', import.meta.url), 'utf8');
  expect(unknownIn(source)).toEqual([]);
});

test.each([
  ['a ?? b', '??'],
  ['a?.b', 'OptionalChainingExpression'],
  ['a ||= b', '||='],
  ['f(...a)', 'spread'],
  ['[...a]', 'spread'],
  ['({ ...a })', 'SpreadElement'],
  ['({ a })', 'shorthand'],
  ['const { a } = b', 'ObjectPattern'],
  ['(a = 1) => a', 'AssignmentPattern'],
  ['for (const a of b) c', 'ForOfStatement'],
  ['try { a } catch { b }', 'catch without a name'],
  ['class A {}', 'ClassDeclaration'],
])('%s would be found out', (text, construct) => {
  expect(unknownIn(text)).toContain(construct);
});

function unknownIn(source: string): string[] {
  const found = new Set<string>();
  collect(parseSync(source, { syntax: 'ecmascript', isModule: false }), found);
  return [...found].filter((construct) => !known.includes(construct));
}

/** The kinds of node, the operators, and what differs from an older form in one field only. */
function collect(node: unknown, found: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, operator, spread, properties, param } = node as Record<string, unknown>;
  for (const construct of [type, operator]) if (typeof construct === 'string') found.add(construct);
  if (spread) found.add('spread');
  if (type === 'CatchClause' && !param) found.add('catch without a name');
  if (Array.isArray(properties) && properties.some((property) => property.type === 'Identifier'))
    found.add('shorthand');
  for (const child of Object.values(node)) collect(child, found);
}
