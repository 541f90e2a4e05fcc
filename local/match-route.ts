import type { Route } from '../contract/route.ts';

export type Match = {
  route: Route;
  /** As API Gateway names it: `GET /content/v1/articles/{slug}`. */
  routeKey: string;
  /** Decoded. Undefined when the path has none. */
  pathParameters: Record<string, string> | undefined;
};

/** Finds the route of a method and an undecoded path. Throws a URIError when a parameter is not decodable. */
export type RouteMatcher = (method: string, rawPath: string) => Match | undefined;

type Leaf = { route: Route; routeKey: string; names: readonly string[] };
/** `greedy` ends a route: it takes this segment and all that follow. */
type Branch = { literals: Map<string, Branch>; parameter?: Branch; greedy?: Leaf; leaf?: Leaf };

const newBranch = (): Branch => ({ literals: new Map() });

/**
 * Matches as HTTP APIs do: among the routes of the method, a literal segment beats a parameter, and that a greedy one
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 */
export function routeMatcher(routes: Iterable<Route>): RouteMatcher {
  const methods = new Map<string, Branch>();
  for (const route of routes) for (const method of methodsOf(route)) add(methods, method, route);
  return (method, rawPath) => {
    const root = methods.get(method);
    if (!root || !rawPath.startsWith('/')) return undefined;
    const values: string[] = [];
    const leaf = find(root, rawPath.split('/'), 1, values);
    return leaf && { route: leaf.route, routeKey: leaf.routeKey, pathParameters: named(leaf.names, values) };
  };
}

/** The stack gives every public GET a HEAD; nothing else has one. */
function methodsOf({ method, permission }: Route): string[] {
  return method === 'GET' && permission === 'public' ? ['GET', 'HEAD'] : [method];
}

function add(methods: Map<string, Branch>, method: string, route: Route): void {
  let branch = methods.get(method) ?? newBranch();
  methods.set(method, branch);
  const names: string[] = [];
  const leaf = { route, routeKey: `${method} ${route.path}`, names };
  for (const segment of route.path.split('/').slice(1)) {
    const [, name, plus] = /^\{(\w+)(\+?)\}$/.exec(segment) ?? [];
    if (name !== undefined) names.push(name);
    if (plus) {
      branch.greedy = leaf;
      return;
    }
    branch = name === undefined ? literalOf(branch, segment) : parameterOf(branch);
  }
  branch.leaf = leaf;
}

function literalOf(branch: Branch, segment: string): Branch {
  const next = branch.literals.get(segment) ?? newBranch();
  branch.literals.set(segment, next);
  return next;
}

function parameterOf(branch: Branch): Branch {
  branch.parameter ??= newBranch();
  return branch.parameter;
}

function find(branch: Branch, segments: readonly string[], at: number, values: string[]): Leaf | undefined {
  const segment = segments[at];
  if (segment === undefined) return branch.leaf;
  const literal = branch.literals.get(segment);
  const found = literal && find(literal, segments, at + 1, values);
  return found ?? findByParameter(branch, segments, at, values) ?? findGreedily(branch, segments, at, values);
}

function findByParameter({ parameter }: Branch, segments: readonly string[], at: number, values: string[]) {
  const segment = segments[at];
  if (!parameter || !segment) return undefined;
  values.push(segment);
  const found = find(parameter, segments, at + 1, values);
  if (!found) values.pop();
  return found;
}

function findGreedily({ greedy }: Branch, segments: readonly string[], at: number, values: string[]) {
  const rest = segments.slice(at).join('/');
  if (!greedy || rest === '') return undefined;
  values.push(rest);
  return greedy;
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> | undefined {
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}
