import { describe, expect, test } from '@jest/globals';
import { grants, tableAccess } from '../../infra/grants.ts';
import { SetupError } from '../../infra/setup-error.ts';
import { stageNamed, stages } from '../../infra/stages.ts';
import { keys, tables } from '../../store/tables.ts';
import { functionIds, synthesize } from './synthesized.ts';

const synthesized = synthesize();
const { stack, template, resources, logicalId, all, assets } = synthesized;

describe('the tables', () => {
  test.each(['editorial', 'content'] as const)('%s is recoverable, protected and kept', (name) => {
    const table = resources[logicalId(stack.tables[name])];
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema(keys.partition, keys.sort),
      TimeToLiveSpecification: { AttributeName: keys.expires, Enabled: true },
      Replicas: [
        { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      ],
    });
    expect(table?.Properties).not.toHaveProperty('TableName');
  });

  test.each(['editorial', 'content'] as const)('%s has the indexes and the stream of store/tables.ts', (name) => {
    const properties = resources[logicalId(stack.tables[name])]?.Properties;
    const indexes = Object.entries(tables[name].indexes).map(([IndexName, index]) => ({
      IndexName,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.projects] },
    }));
    expect(properties?.GlobalSecondaryIndexes ?? []).toEqual(indexes);
    expect(properties?.StreamSpecification?.StreamViewType).toBe(
      tables[name].stream ? 'NEW_AND_OLD_IMAGES' : undefined,
    );
  });

  test('are the only ones', () => {
    expect(all('AWS::DynamoDB::GlobalTable')).toHaveLength(2);
    expect(all('AWS::DynamoDB::Table')).toEqual([]);
  });

  function keySchema(partition: string, sort: string) {
    return [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
  }
});

describe('what outlives the stack', () => {
  test.each(Object.keys(stages))('is every table, user and group on %s', (name) => {
    expect(stageNamed(name).keepsData).toBe(true);
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolGroup'])
      for (const [, resource] of all(type))
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('is nothing on a stage that says so', () => {
    const throwaway = synthesize({ settings: { ...stages.dev, keepsData: false } });
    const kept = Object.values(throwaway.resources).filter(({ DeletionPolicy }) =>
      DeletionPolicy?.startsWith('Retain'),
    );
    expect(kept).toEqual([]);
    expect(JSON.stringify(throwaway.resources)).not.toMatch(
      /"(DeletionProtectionEnabled":true|DeletionProtection":"ACTIVE)/,
    );
  });
});

describe('the functions', () => {
  const lambdas = all('AWS::Lambda::Function');

  test('are those of the contract and the one that CDK calls the loader with', () => {
    expect(functionIds.map((id) => logicalId(stack.functions.byId[id].lambda))).toEqual(
      lambdas.map(([id]) => id).filter((id) => !id.startsWith('AWSCDKTrigger')),
    );
    expect(lambdas).toHaveLength(functionIds.length + 1);
  });

  test('run on Node 24 and arm64, untraced, in seconds', () => {
    for (const [id, { Properties }] of lambdas) {
      expect({ id, ...Properties }).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties).not.toHaveProperty('TracingConfig');
      if (/LoadSeeds|RerenderArticles|AWSCDKTrigger/.test(id)) continue;
      // The clock ends before its next minute.
      const Timeout =
        { PurgeEdge: 30, CountPublished: 30, RunDue: 55 }[id.match(/PurgeEdge|CountPublished|RunDue/)?.[0] ?? ''] ?? 10;
      expect({ id, ...Properties }).toMatchObject({ Handler: 'index.handler', Timeout });
    }
  });

  test('have a role and a log group each of their own', () => {
    const roles = lambdas.map(([, { Properties }]) => JSON.stringify(Properties.Role));
    const groups = lambdas.map(([, { Properties }]) => JSON.stringify(Properties.LoggingConfig.LogGroup));
    expect(new Set(roles).size).toBe(lambdas.length);
    expect(new Set(groups).size).toBe(lambdas.length);
  });

  test('forget their logs after the retention of the stage', () => {
    const groups = all('AWS::Logs::LogGroup');
    // The access logs of three APIs.
    expect(groups).toHaveLength(lambdas.length + 3);
    for (const [, { Properties, DeletionPolicy }] of groups) {
      expect(Properties).toEqual({ RetentionInDays: stages.dev.logRetentionDays });
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    }
  });

  test('are uploaded without their source maps', () => {
    expect(assets.filter((file) => file.endsWith('index.mjs'))).toHaveLength(functionIds.length);
    expect(assets.filter((file) => file.endsWith('.map'))).toEqual([]);
  });

  test('are built before they are deployed', () => {
    const unbuilt = () => synthesize({ unbuilt: 'get-health' });
    expect(unbuilt).toThrow(SetupError);
    expect(unbuilt).toThrow(/^There is no bundle of get-health in \S+\. Run npm run build first\.$/);
  });

  test('are told the commit only where it is shown, so that a commit alone changes no other function', () => {
    const told = lambdas.filter(
      ([, { Properties }]) => Properties.Environment?.Variables?.DATELINE_COMMIT === 'c0ffee',
    );
    expect(told.map(([id]) => id)).toEqual([logicalId(stack.functions.byId['get-health'].lambda)]);
  });
});

describe('a second pair of eyes', () => {
  const toldOf = (found: typeof all) =>
    found('AWS::Lambda::Function').filter(([, { Properties }]) => Properties.Environment?.Variables?.FOUR_EYES);

  test('is wanted where the stage says so, and functions are told of it nowhere else', () => {
    expect(toldOf(all)).toEqual([]);
    const careful = synthesize({ settings: { ...stages.dev, fourEyes: true } });
    const told = toldOf(careful.all);
    for (const [, { Properties }] of told) expect(Properties.Environment.Variables.FOUR_EYES).toBe('true');
    const wanting = ['review-article', 'schedule-article', 'publish-article', 'read-articles'] as const;
    expect(told.map(([id]) => id)).toEqual(
      expect.arrayContaining(wanting.map((id) => careful.logicalId(careful.stack.functions.byId[id].lambda))),
    );
    const relaxed = synthesize({ settings: { ...stages.dev, fourEyes: false } });
    expect(toldOf(relaxed.all)).toEqual([]);
  });
});

describe('the newsroom’s settings', () => {
  const hub = 'https://hub.news.test/';
  const publication = { ...stages.dev.publication, showsEarlierVersions: false, feedHub: hub };
  const told = (found: ReturnType<typeof synthesize>, variable: string) =>
    functionIds.flatMap((id) => {
      const { Properties } = found.resources[found.logicalId(found.stack.functions.byId[id].lambda)] ?? {};
      const value = Properties?.Environment?.Variables?.[variable];
      return value === undefined ? [] : [`${id} ${value}`];
    });

  test('are known wherever articles are made or rendered, all of them together', () => {
    const touching = functionIds.filter((id) => tableAccess(grants[id]).some(({ table }) => table === 'editorial'));
    const rendering = ['get-published-article', 'read-versions', 'get-feed'];
    const { name, siteUrlTemplate, language, timeZone } = stages.dev.publication;
    const settings = {
      PUBLICATION_NAME: name,
      SITE_URL_TEMPLATE: siteUrlTemplate,
      PUBLICATION_LANGUAGE: language,
      PUBLICATION_TIME_ZONE: timeZone,
    };
    const expected = functionIds.filter((id) => touching.includes(id) || rendering.includes(id));
    for (const [variable, value] of Object.entries(settings))
      expect(told(synthesized, variable)).toEqual(expected.map((id) => `${id} ${value}`));
  });

  test('say where earlier versions are not shown and which hub feeds name, to those alone who have to know', () => {
    for (const variable of ['EARLIER_VERSIONS', 'FEED_HUB']) expect(told(synthesized, variable)).toEqual([]);
    const changed = synthesize({ settings: { ...stages.dev, publication } });
    expect(told(changed, 'EARLIER_VERSIONS')).toEqual(['get-published-article off', 'read-versions off']);
    expect(told(changed, 'FEED_HUB')).toEqual([`get-feed ${hub}`]);
    const shown = { ...stages.dev.publication, showsEarlierVersions: true };
    expect(told(synthesize({ settings: { ...stages.dev, publication: shown } }), 'EARLIER_VERSIONS')).toEqual([]);
  });
});

describe('the seeds', () => {
  test('are loaded by a version of the loader, after the tables and its role', () => {
    const [[, trigger] = [undefined, undefined]] = all('Custom::Trigger');
    const [[version] = ['']] = all('AWS::Lambda::Version');
    const { tables: made, functions } = stack;
    expect(trigger?.Properties).toMatchObject({
      HandlerArn: { Ref: version },
      InvocationType: 'RequestResponse',
      ServiceTimeout: 900,
    });
    expect(trigger).toMatchObject({
      DependsOn: expect.arrayContaining([
        logicalId(made.editorial),
        logicalId(made.content),
        resources[logicalId(functions.byId['load-seeds'].lambda)]?.Properties.Role['Fn::GetAtt'][0],
      ]),
    });
  });
});

describe('a changed seed', () => {
  test('makes a new version of the loader, for which the trigger runs again, and changes no other function', () => {
    const changed = synthesize({ seed: 'another seed' });
    expect(changed.all('AWS::Lambda::Version')[0]?.[0]).not.toBe(all('AWS::Lambda::Version')[0]?.[0]);
    const codeOf = (id: string, found: typeof resources) => JSON.stringify(found[id]?.Properties.Code);
    const differing = all('AWS::Lambda::Function').filter(
      ([id]) => codeOf(id, resources) !== codeOf(id, changed.resources),
    );
    expect(differing.map(([id]) => id)).toEqual([logicalId(stack.functions.byId['load-seeds'].lambda)]);
  });
});

describe('the whole stack', () => {
  test('stays under the ceilings of the design', () => {
    expect(Object.keys(resources).length).toBeLessThanOrEqual(400);
    expect(all('AWS::Lambda::Function').length).toBeLessThanOrEqual(30);
  });

  test('says where everything is', () => {
    expect(Object.keys(template.toJSON().Outputs).sort()).toEqual([
      'ContentApiUrl',
      'ContentTableName',
      'EdgeDistributionId',
      'EditorialApiUrl',
      'EditorialTableName',
      'FirstAdministrator',
      'HealthUrl',
      'PreviewApiUrl',
      'PublishedListingUrl',
      'RerenderFunctionName',
      'SiteUrlTemplate',
      'TokenIssuer',
      'Url',
      'UserPoolClientId',
      'UserPoolId',
    ]);
    const edge = { 'Fn::GetAtt': [logicalId(stack.edge?.distribution ?? stack), 'DomainName'] };
    const ending = (path: string) => ({ Value: { 'Fn::Join': ['', ['https://', edge, ...(path ? [path] : [])]] } });
    for (const name of ['Url', 'ContentApiUrl', 'EditorialApiUrl', 'PreviewApiUrl'])
      template.hasOutput(name, ending(''));
    template.hasOutput('HealthUrl', ending('/health'));
    template.hasOutput('PublishedListingUrl', ending('/content/v1/articles'));
  });
});
