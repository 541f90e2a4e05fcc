import { describe, expect, test } from '@jest/globals';
import { reactions } from '../../contract/events.ts';
import { stages } from '../../infra/stages.ts';
import { currentSlugKey } from '../../store/keys.ts';
import { type Resource, synthesize } from './synthesized.ts';

const { stack, resources, logicalId, all } = synthesize();

describe('reactions', () => {
  const sources = all('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  const called = sources.map(({ FunctionName }) => FunctionName.Ref);

  test('follow the content table’s stream, each with a source of its own', () => {
    const expected = stack.reactions.functionIds.map((id) => logicalId(stack.functions.byId[id].lambda));
    expect(called).toEqual(expected);
    expect(stack.reactions.functionIds).toEqual(Object.keys(reactions));
    for (const { EventSourceArn } of sources)
      expect(EventSourceArn).toEqual({ 'Fn::GetAtt': [logicalId(stack.tables.content), 'StreamArn'] });
  });

  test('are called for an article’s current slug and for no other item', () => {
    const { pk, sk } = currentSlugKey('');
    for (const { FilterCriteria } of sources) {
      const patterns = FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
      expect(patterns).toEqual([{ dynamodb: { Keys: { pk: { S: [{ prefix: pk }] }, sk: { S: [sk] } } } }]);
    }
  });

  test('are tried again, in halves, from the oldest record on, and then go to the dead letters', () => {
    const DestinationConfig = {
      OnFailure: { Destination: { 'Fn::GetAtt': [logicalId(stack.reactions.deadLetters), 'Arn'] } },
    };
    for (const source of sources)
      expect(source).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig,
      });
  });

  test('are tried as long as it is of use: a purge for minutes, a count for an hour', () => {
    const patience = sources.map(({ MaximumRecordAgeInSeconds, MaximumRetryAttempts }) => [
      MaximumRecordAgeInSeconds,
      MaximumRetryAttempts,
    ]);
    expect(Object.fromEntries(stack.reactions.functionIds.map((id, index) => [id, patience[index]]))).toEqual({
      'purge-edge': [900, 50],
      'count-published': [3600, 100],
    });
  });

  test('are told of the edge only where they may purge it', () => {
    const purging = synthesize({ settings: { ...stages.dev, edge: { purges: 'takedowns' } } });
    const told = purging
      .all('AWS::Lambda::Function')
      .filter(([, { Properties }]) => /EDGE_(DISTRIBUTION|PURGES)/.test(JSON.stringify(Properties.Environment ?? {})));
    expect(told.map(([id]) => id)).toEqual([purging.logicalId(purging.stack.functions.byId['purge-edge'].lambda)]);
    expect(told[0]?.[1].Properties.Environment.Variables).toMatchObject({ EDGE_PURGES: 'takedowns' });
  });

  test('may not be listened in on: the queue takes TLS alone, and keeps letters for two weeks', () => {
    const queue = logicalId(stack.reactions.deadLetters);
    expect(resources[queue]?.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
    const policies = all('AWS::SQS::QueuePolicy').filter(([, { Properties }]) =>
      JSON.stringify(Properties.Queues).includes(queue),
    );
    expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
  });
});

describe('machines', () => {
  const machines = { 'wire-ingest': 'contributor', archive: 'editor' } as const;
  const newsroom = synthesize({ settings: { ...stages.dev, machines } });
  const clients: (Resource['Properties'] & { id: string })[] = newsroom
    .all('AWS::Cognito::UserPoolClient')
    .map(([id, { Properties }]) => ({ id, ...Properties }));

  test('are none, and cost nothing, unless a stage names them', () => {
    for (const type of ['AWS::Cognito::UserPoolDomain', 'AWS::Cognito::UserPoolResourceServer'])
      expect(all(type)).toEqual([]);
    expect(stack.identity.machines).toBeUndefined();
  });

  test('have a client each, with a secret and the one scope of their role', () => {
    for (const [name, role] of Object.entries(machines)) {
      const client = clients.find(({ ClientName }) => ClientName === name);
      expect(client).toMatchObject({
        GenerateSecret: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthFlowsUserPoolClient: true,
        AccessTokenValidity: 60,
      });
      expect(client?.AllowedOAuthScopes).toHaveLength(1);
      expect(JSON.stringify(client?.AllowedOAuthScopes)).toContain(`/${role}"`);
      expect(client?.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
      expect(client?.PreventUserExistenceErrors).toBe('ENABLED');
    }
  });

  test('are let in by the editorial API beside people', () => {
    const [[, authorizer] = ['', undefined]] = newsroom.all('AWS::ApiGatewayV2::Authorizer');
    const audience = authorizer?.Properties.JwtConfiguration.Audience.map(({ Ref }: { Ref: string }) => Ref);
    expect(audience.sort()).toEqual(clients.map(({ id }) => id).sort());
    expect(audience).toHaveLength(3);
  });

  test('show up in outputs and to the functions by name, and their secrets nowhere', () => {
    const { Outputs } = newsroom.template.toJSON();
    expect(JSON.stringify(Outputs.MachineClients)).toContain('wire-ingest');
    expect(JSON.stringify(Outputs.TokenUrl)).toContain('/oauth2/token');
    const creating = newsroom.resources[newsroom.logicalId(newsroom.stack.functions.byId['create-article'].lambda)];
    expect(creating?.Properties.Environment.Variables.MACHINE_CLIENTS).toEqual(Outputs.MachineClients.Value);
    expect(JSON.stringify(newsroom.template.toJSON())).not.toMatch(/ClientSecret/);
  });
});
