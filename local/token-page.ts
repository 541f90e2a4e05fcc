import { errors, type FieldError } from '../contract/errors.ts';
import { type Role, roles } from '../contract/roles.ts';
import type { Page } from './gateway.ts';
import type { Outgoing } from './gateway-reply.ts';
import type { Identity, Person } from './identity.ts';

/** What Cognito takes for a user name: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html */
const nameForm = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** `POST /local/tokens {"role":"editor","name":"ana"}`: a token, as JSON or, with `Accept: text/plain`, on its own. */
export function tokenPage(identity: Identity): Page {
  return async ({ accept, body }) => {
    const asked = parsePerson(body);
    if (Array.isArray(asked)) return problem(asked);
    const issued = await identity.issueToken(asked);
    const isPlain = accept.startsWith('text/plain');
    return {
      status: 200,
      headers: {
        'content-type': isPlain ? 'text/plain; charset=utf-8' : 'application/json',
        'cache-control': 'no-store',
      },
      body: isPlain ? issued.token : `${JSON.stringify(issued)}\n`,
    };
  };
}

export function keySetPage(identity: Identity): Page {
  return async () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(await identity.keySet()),
  });
}

function parsePerson(body: string): Person | FieldError[] {
  const value = parseObject(body);
  if (!value) return [{ pointer: '', detail: 'must be a JSON object such as {"role":"editor","name":"ana"}' }];
  const { role, name, ...rest } = value;
  const problems: FieldError[] = Object.keys(rest).map((key) => ({
    pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail: 'is not a field here; there are role and name',
  }));
  if (!isRole(role)) problems.push({ pointer: '/role', detail: `must be one of ${roles.join(', ')}` });
  if (!isName(name))
    problems.push({ pointer: '/name', detail: 'must be a name of 1 to 128 characters without spaces' });
  return isRole(role) && isName(name) && problems.length === 0 ? { role, name } : problems;
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const isRole = (value: unknown): value is Role => (roles as readonly unknown[]).includes(value);
const isName = (value: unknown): value is string => typeof value === 'string' && nameForm.test(value);

function problem(fields: readonly FieldError[]): Outgoing {
  const { status, title } = errors.invalid_request;
  const detail = fields.map((field) => `${field.pointer || 'The body'} ${field.detail}`).join('; ');
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      type: 'urn:dateline:problem:invalid_request',
      title,
      status,
      detail,
      code: 'invalid_request',
      errors: fields,
    }),
  };
}
