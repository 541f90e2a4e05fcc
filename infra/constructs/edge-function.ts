import { readFileSync } from 'node:fs';
import { Function as CloudFrontFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { cors } from '../../contract/cors.ts';
import { edgeHostHeader } from '../../contract/environment.ts';
import { errors } from '../../contract/errors.ts';
import { formats } from '../../contract/formats.ts';
import type { Parameters } from '../../contract/parameters.ts';
import type { Route } from '../../contract/route.ts';

/** What the edge needs to know of a route. */
export type EdgeRoute = Pick<Route, 'method' | 'path' | 'permission'> & { query?: Parameters };

const source = readFileSync(new URL('../edge/content-request.js', import.meta.url), 'utf8');

/** `infra/edge/content-request.js` for these routes, published. */
export function newEdgeFunction(scope: Construct, id: string, routes: readonly EdgeRoute[]): CloudFrontFunction {
  return new CloudFrontFunction(scope, id, {
    comment: 'One cache key for what means the same; refuses names that no route has; says what host was asked',
    code: FunctionCode.fromInline(edgeFunctionCode(routes)),
    runtime: FunctionRuntime.JS_2_0,
  });
}

/** The function's source with what it needs of the contract before it. CloudFront takes 10 kB. */
export function edgeFunctionCode(routes: readonly EdgeRoute[]): string {
  const { status, title } = errors.invalid_request;
  const contract = {
    routes: readableRoutes(routes).toSorted(byExactness).map(edgeRoute),
    types: Object.fromEntries(Object.entries(formats).filter(([, type]) => type !== null)),
    hostHeader: edgeHostHeader,
    refusal: { type: 'urn:dateline:problem:invalid_request', title, status, code: 'invalid_request' },
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': cors.content.allowOrigins.join(', '),
      'access-control-expose-headers': cors.content.exposeHeaders.join(', '),
    },
  };
  return `const contract = ${JSON.stringify(contract)};\n${source}`;
}

/** Those that anybody may read. */
export function readableRoutes<R extends EdgeRoute>(routes: readonly R[]): R[] {
  return routes.filter((route) => route.permission === 'public' && route.method === 'GET');
}

/**
 * A route as the function reads it: a pattern of its path, each parameter's default, how many values each list may have, and
 * the forms that Accept can ask for.
 */
function edgeRoute({ path, query = {} }: EdgeRoute) {
  const parameters = Object.entries(query);
  const format = query.format?.type === 'enum' ? query.format.values : [];
  return {
    path: pathPattern(path),
    query: Object.fromEntries(
      parameters.map(([name, parameter]) => [name, 'default' in parameter ? String(parameter.default) : null]),
    ),
    lists: Object.fromEntries(
      parameters.flatMap(([name, parameter]) => (parameter.type === 'list' ? [[name, parameter.maxItems]] : [])),
    ),
    formats: Object.entries(formats)
      .filter(([name, type]) => type !== null && name !== 'json' && format.includes(name))
      .map(([name]) => name),
  };
}

const greedy = /^\{\w+\+\}$/;
const parameter = /^\{\w+\}$/;

/** `{slug}` is one segment, `{feed+}` one or more (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html). */
function pathPattern(path: string): string {
  const segments = path.split('/').map((segment) => {
    if (greedy.test(segment)) return '.+';
    return parameter.test(segment) ? '[^/]+' : segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return `^${segments.join('/')}$`;
}

/** As API Gateway chooses among routes: a literal segment before a parameter, and a parameter before a greedy one. */
function byExactness(a: EdgeRoute, b: EdgeRoute): number {
  const exactness = ({ path }: EdgeRoute) =>
    path
      .split('/')
      .map((segment) => (greedy.test(segment) ? 2 : parameter.test(segment) ? 1 : 0))
      .join('');
  return exactness(a).localeCompare(exactness(b), 'en');
}
