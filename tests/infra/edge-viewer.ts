import { runInNewContext } from 'node:vm';
import { type EdgeRoute, edgeFunctionCode } from '../../infra/constructs/edge-function.ts';

/** What CloudFront takes back from a function at a viewer request: the request, to go on with, or a reply. */
export type Reply = {
  statusCode: number;
  headers: Record<string, { value: string }>;
  body?: { encoding: string; data: string };
};
export type Passed = { uri: string; querystring: string; headers: Record<string, { value: string }> };

type Viewer = { method?: string; accept?: string | string[]; host?: string; headers?: Record<string, string> };

/** The edge function for these routes, run as CloudFront runs it: a script without modules and without Node. */
export function edgeFunction(routes: readonly EdgeRoute[]): (url: string, viewer?: Viewer) => Reply | Passed {
  const sandbox: { handler?: (event: unknown) => Reply | Passed } = {};
  runInNewContext(`'use strict';${edgeFunctionCode(routes)}\nthis.handler = handler;`, sandbox);
  return (url, { method = 'GET', accept, host = 'd1.cloudfront.net', headers = {} } = {}) => {
    const [uri = '', query = ''] = url.split(/\?(.*)/s);
    const request = {
      method,
      uri,
      querystring: fields(
        query
          .split('&')
          .filter((pair) => pair !== '')
          .map(nameAndValue),
      ),
      headers: fields([
        ['host', host],
        ...[accept ?? []].flat().map((value): [string, string] => ['accept', value]),
        ...Object.entries(headers),
      ]),
      cookies: {},
    };
    const context = { eventType: 'viewer-request', requestId: 'edge-1' };
    const answer = sandbox.handler?.({ version: '1.0', context, viewer: { ip: '192.0.2.1' }, request });
    if (!answer) throw new Error('The function answered nothing.');
    return answer;
  };
}

function nameAndValue(pair: string): [string, string] {
  const mark = pair.indexOf('=');
  return mark < 0 ? [pair, ''] : [pair.slice(0, mark), pair.slice(mark + 1)];
}

/**
 * Undecoded, and repeated ones under one name, the first of them twice
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html).
 */
function fields(pairs: [string, string][]): Record<string, { value: string; multiValue?: { value: string }[] }> {
  const byName = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => {
      const values = all.map(([, value]) => ({ value }));
      return [
        name,
        values.length > 1 ? { value: values[0]?.value ?? '', multiValue: values } : { value: values[0]?.value ?? '' },
      ];
    }),
  );
}
