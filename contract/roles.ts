/** What people and machines may do, weakest first. A role may do all that the ones before it may. */
export const roles = ['contributor', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who may call a route: anybody, or whoever has at least this role. */
export type Permission = 'public' | Role;

/** The resource server of machine clients; their scopes read `dateline/editor`. */
export const scopePrefix = 'dateline/';

/** The identity behind a request, as it is kept with what they did. */
export type Actor = { sub: string; username: string };

/** Claims as API Gateway's JWT authorizer hands them on: text, arrays included. */
export type Claims = Readonly<Record<string, string | number | boolean | string[]>>;

/**
 * The strongest role that an access token carries, from Cognito groups (people) or scopes (machines), or undefined if it
 * carries none of ours.
 */
export function roleOf(claims: Claims): Role | undefined {
  // API Gateway lets an identity token pass as well, which names the same groups and is not meant for an API.
  if (claims.token_use !== 'access') return undefined;
  const held = new Set([
    ...words(claims['cognito:groups']),
    ...words(claims.scope).flatMap((scope) => (scope.startsWith(scopePrefix) ? [scope.slice(scopePrefix.length)] : [])),
  ]);
  return roles.findLast((role) => held.has(role));
}

/** HTTP APIs write the array `["editor", "contributor"]` as the text `[editor contributor]`. */
function words(claim: Claims[string] | undefined): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/\s+/)
    .filter(Boolean);
}

export function allows(permission: Permission, role: Role | undefined): boolean {
  if (permission === 'public') return true;
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(permission);
}
