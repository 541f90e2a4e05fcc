import { describe, expect, jest, test } from '@jest/globals';
import { edgeKeyHeader, environmentVariables } from '../../contract/environment.ts';
import { routes } from '../../contract/routes/index.ts';
import { endpoint } from '../../functions/_shared/endpoint.ts';
import { reaction } from '../../functions/_shared/reaction.ts';
import type { HttpEvent } from '../../functions/_shared/request.ts';
import { queries } from '../../infra/operations/queries.ts';
import { stages } from '../../infra/stages.ts';
import { fieldsIn } from './query-fields.ts';
import { synthesize } from './synthesized.ts';

const { stack, resources, all } = synthesize();
const context = { getRemainingTimeInMillis: () => 10_000 };

describe('the queries', () => {
  const saved = all('AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties);

  test('are saved under the stack’s name, over log groups of the stack', () => {
    expect(saved.map(({ Name }) => Name)).toEqual(queries.map(({ question }) => `Dateline-test/${question}`));
    for (const [index, { QueryString, LogGroupNames }] of saved.entries()) {
      expect(QueryString).toBe(queries[index]?.text);
      expect(LogGroupNames.length).toBeGreaterThan(0);
      for (const { Ref } of LogGroupNames) expect(resources[Ref]?.Type).toBe('AWS::Logs::LogGroup');
    }
  });

  test('look through what they say', () => {
    const groups = queries.map(({ over }, index) => [over, saved[index]?.LogGroupNames.length]);
    const functions = Object.keys(stack.functions.byId).length;
    const expected = { everything: functions + 3, functions, access: 3, editorialAccess: 1 };
    for (const [over, count] of groups) expect(count).toBe(expected[over as keyof typeof expected]);
  });

  test('ask for fields that are logged', async () => {
    const fieldsOf = (api: string) => {
      const [, stage] = all('AWS::ApiGatewayV2::Stage').find(([id]) => id.startsWith(api)) ?? [];
      return Object.keys(JSON.parse(stage?.Properties.AccessLogSettings.Format));
    };
    // What is asked of all three has to be in each of them.
    const access = fieldsOf('PreviewApi').filter((field) => fieldsOf('ContentApi').includes(field));
    const editorialAccess = fieldsOf('EditorialApi');
    const request = Object.keys(await lineOf(failingRequest));
    const reaction = Object.keys(await lineOf(failingReaction));
    const logged = { access, editorialAccess, everything: [...access, ...request, ...reaction] };
    for (const { over, text } of queries) {
      // Lambda's own lines, which nothing here writes; what was due has its test with the clock.
      if (/"platform.report"|"due"/.test(text)) continue;
      const known = over === 'functions' ? (text.includes('"reaction"') ? reaction : request) : logged[over];
      expect({ text, unknown: fieldsIn(text).filter((field) => !known.includes(field)) }).toEqual({
        text,
        unknown: [],
      });
    }
  });

  test('are not saved where the stage leaves them out, and nothing else goes with them', () => {
    const without = synthesize({ settings: { ...stages.dev, leavesOut: ['savedQueries'] } });
    expect(without.all('AWS::Logs::QueryDefinition')).toEqual([]);
    expect(Object.keys(without.resources)).toHaveLength(Object.keys(synthesize().resources).length - queries.length);
  });
});

async function failingRequest(): Promise<void> {
  const http = { method: 'GET', path: '/editorial/v1/articles', sourceIp: '192.0.2.1' };
  const claims = { sub: 'sub-ana', username: 'ana', token_use: 'access', 'cognito:groups': '[editor]' };
  const requestContext = { requestId: 'r-1', http, authorizer: { jwt: { claims } } };
  // Through the edge, which is where an editor's address is known.
  process.env[environmentVariables.edgeKeys] = 'key';
  const headers = { 'x-amz-cf-id': 'cf-1', 'x-forwarded-for': '198.51.100.1', [edgeKeyHeader]: 'key' };
  const pathParameters = { articleId: '017e2f3a-5c00-7a1b-8c2d-3e4f5a6b7c8d' };
  const event = { headers, pathParameters, rawPath: http.path, rawQueryString: '', requestContext };
  const failing = endpoint(routes.getArticle, () => Promise.reject(new Error('Broken on purpose.')));
  await failing(event as unknown as HttpEvent, context);
  delete process.env[environmentVariables.edgeKeys];
}

async function failingReaction(): Promise<void> {
  const image = (state: string) => ({ v: { N: '1' }, state: { S: state }, slug: { S: 'one' }, seq: { N: '2' } });
  const NewImage = { ...image('withdrawn'), changeId: { S: 'c-2' }, causedBy: { S: 'r-1' } };
  const Keys = { pk: { S: 'ARTICLE#a' }, sk: { S: 'SLUG' } };
  const dynamodb = { Keys, NewImage, OldImage: { ...image('live'), changeId: { S: 'c-1' } }, SequenceNumber: '1' };
  const failing = reaction('purge-edge', () => Promise.reject(new Error('Broken on purpose.')));
  await failing({ Records: [{ eventName: 'MODIFY', dynamodb }] }, context);
}

async function lineOf(writing: () => Promise<void>): Promise<Record<string, unknown>> {
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await writing();
    return JSON.parse(String(written.mock.calls[0]?.[0]));
  } finally {
    written.mockRestore();
  }
}
