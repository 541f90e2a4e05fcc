import { describe, expect, test } from '@jest/globals';
import { checkedSettings, placeholdersIn } from '../../infra/check-settings.ts';
import { SetupError } from '../../infra/setup-error.ts';
import { optionalParts, type StageSettings } from '../../infra/stage-settings.ts';
import { beyondEmulators, stageNamed, stages } from '../../infra/stages.ts';
import { functionIds, synthesize } from './synthesized.ts';

const dev: StageSettings = stages.dev;

/** The settings of dev with one of them replaced, by its path; undefined takes it away. */
function changed(path: string, value: unknown): unknown {
  const settings = structuredClone(dev) as Record<string, unknown>;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place = settings;
  for (const step of steps) place = place[step] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return settings;
}

function refusal(settings: unknown): string {
  try {
    checkedSettings('dev', settings);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError);
    return (error as Error).message;
  }
}

describe('a setting that is wrong is refused with what is allowed:', () => {
  test.each<[string, unknown, string]>([
    ['publication', undefined, 'publication is required'],
    ['publication.name', '', 'publication.name must not be empty'],
    [
      'publication.siteUrlTemplate',
      'https://news.test/',
      'publication.siteUrlTemplate must be an http or https URL with {slug} or {id}',
    ],
    ['publication.siteUrlTemplate', 'https://news.test/{slugg}', 'publication.siteUrlTemplate must be'],
    ['publication.language', 'english please', 'publication.language must be a BCP 47 tag'],
    ['publication.timeZone', 'Madrid', 'publication.timeZone must be an IANA time zone such as Europe/Madrid'],
    ['publication.showsEarlierVersions', 'no', 'publication.showsEarlierVersions must be true or false, not a text'],
    ['publication.feedHub', 'http://hub.test/', 'publication.feedHub must be an https URL such as https://hub.'],
    ['publication.feedHub', 'hub', 'publication.feedHub must be an https URL'],
    [
      'editorialOrigins',
      ['https://desk.test/'],
      'editorialOrigins.0 must be an origin such as https://desk.example.org',
    ],
    ['editorialOrigins', ['*'], 'editorialOrigins.0 must be an origin'],
    ['keepsData', 'yes', 'keepsData must be true or false, not a text'],
    ['terminationProtection', undefined, 'terminationProtection is required'],
    ['logRetentionDays', 8, 'logRetentionDays must be a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14'],
    ['memory.content', 64, 'memory.content must be a whole number from 128 to 10240 (MB)'],
    [
      'throttle.content.rateLimit',
      20_000,
      'throttle.content.rateLimit must be a whole number from 1 to 10000 (requests a second)',
    ],
    ['throttle.content.rate', 5, 'throttle.content.rate is not a field here'],
    ['concurrency.reserved', { 'publish-artcle': 5 }, 'concurrency.reserved may name these functions: create-article,'],
    [
      'concurrency',
      { reserved: { 'get-health': 1 }, provisioned: { 'get-health': 2 } },
      'concurrency.provisioned.get-health must be at most what is reserved for it, which is 1',
    ],
    [
      'edge.domain',
      { names: ['cms.news.test'], certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' },
      'edge.domain.certificateArn must be the ARN of an ACM certificate in us-east-1',
    ],
    ['edge.firewall', { requestsPerAddress: 2000 }, 'edge.firewall must be {webAclArn} unless region is us-east-1'],
    [
      'edge.firewall',
      { webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b' },
      'edge.firewall.webAclArn must be the ARN of a web ACL of scope CLOUDFRONT',
    ],
    [
      'edge.firewall',
      { requestsPerAddress: 2000, webAclArn: 'arn' },
      'edge.firewall must be { requestsPerAddress } or { webAclArn }',
    ],
    ['edge.accessLogDays', 0, 'edge.accessLogDays must be a whole number from 1 to 3650 (days)'],
    ['edge.keys', { sent: 2, accepted: [1] }, 'edge.keys.accepted must have 2, which CloudFront sends'],
    ['edge.purges', 'none', 'edge.purges must be one of every-change, takedowns'],
    ['alarms.email', 'ops', 'alarms.email must be an e-mail address'],
    ['alarms.thresholds.contentFailures', 0, 'alarms.thresholds.contentFailures must be a whole number from 1'],
    ['alarms.thresholds.lateSeconds', 30, 'alarms.thresholds.lateSeconds must be a whole number from 60 to 3600'],
    ['fourEyes', 'yes', 'fourEyes must be true or false, not a text'],
    ['machines', { 'Wire Ingest': 'editor' }, 'machines must name machines in lower-case letters'],
    [
      'machines',
      Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`wire-${index}`, 'editor'])),
      'machines may have at most 49 entries',
    ],
    [
      'concurrency',
      { reserved: {}, provisioned: { 'purge-edge': 1 } },
      'concurrency.provisioned may name these functions: create-article, import-wire-copy',
    ],
    ['machines', { wire: 'boss' }, 'machines.wire must be one of contributor, editor, admin'],
    ['leavesOut', ['cache'], `leavesOut.0 must be one of ${Object.keys(optionalParts).join(', ')}`],
    ['existingTables', { editorial: 'e-1', content: 'c-1' }, 'existingTables.contentStreamArn is required'],
    [
      'existingTables',
      {
        editorial: 'e-1',
        content: 'c-1',
        contentStreamArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/other/stream/1',
      },
      'existingTables.contentStreamArn must be of the table c-1',
    ],
    ['region', 'Ireland', 'region must be an AWS Region such as eu-west-1'],
    ['colour', 'red', 'colour is not a field here'],
  ])('%s = %j', (path, value, sentence) => {
    const message = refusal(changed(path, value));
    expect(message).toContain('The settings of the stage dev are not in order:\n');
    expect(message).toContain(sentence);
    expect(message).toMatch(/\nMend them in infra\/stages\.ts\.$/);
  });

  test('a stream of another Region', () => {
    const contentStreamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/c-1/stream/1';
    const existingTables = { editorial: 'e-1', content: 'c-1', contentStreamArn };
    const message = refusal({ ...dev, region: 'eu-west-1', existingTables });
    expect(message).toContain('existingTables.contentStreamArn must be of eu-west-1, where the stage is');
  });

  test('all of them at once', () => {
    const two = { ...(changed('memory.content', 1) as object), region: 'x' };
    expect(refusal(two).split('\n')).toHaveLength(4);
  });

  test('and parts that are left out are not set up either', () => {
    expect(refusal({ ...dev, leavesOut: ['edge'], edge: { accessLogDays: 1 } })).toContain('edge must be {}');
    expect(refusal({ ...dev, leavesOut: ['machineTokens'], machines: { wire: 'editor' } })).toContain(
      'machines must be {}',
    );
  });
});

describe('the stages that come with the project', () => {
  test.each(Object.keys(stages))('%s is in order', (name) => {
    expect(stageNamed(name)).toEqual(stages[name as keyof typeof stages]);
  });

  test('cost nothing for what they do not use: nothing reserved, provisioned, or behind a firewall', () => {
    for (const settings of Object.values<StageSettings>(stages)) {
      expect(settings.concurrency).toEqual({ reserved: {}, provisioned: {} });
      expect(settings.edge.firewall).toBeUndefined();
      expect(settings.machines).toEqual({});
    }
  });

  test('say where something of example.com has to be replaced', () => {
    expect(placeholdersIn(stages.prod)).toEqual([
      'publication.siteUrlTemplate',
      'editorialOrigins.0',
      'alarms.email',
      'alarms.runbookUrl',
    ]);
    expect(placeholdersIn(stages.dev)).toEqual([]);
  });

  test('go without what emulators lack, when they are deployed to one', () => {
    const settings = stageNamed('prod', { emulated: true });
    expect(settings).toEqual({ ...stages.prod, leavesOut: [...beyondEmulators] });
    expect(checkedSettings('prod', settings)).toEqual(settings);
  });

  test('are those there are, and another name is refused', () => {
    expect(() => stageNamed('prud')).toThrow(
      new SetupError('There is no stage "prud". Pass -c stage=<name> with one of: dev, prod; see infra/stages.ts.'),
    );
    expect(() => stageNamed('toString')).toThrow(SetupError);
  });
});

describe('termination protection', () => {
  test.each([
    ['dev', false],
    ['prod', true],
  ] as const)('of %s is %s', (name, protectedStack) => {
    const { stack } = synthesize({ settings: stages[name] });
    expect(stack.terminationProtection).toBe(protectedStack);
  });
});

describe('tables that are there already', () => {
  const contentStreamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/restored-content/stream/2026';
  const existingTables = { editorial: 'restored-editorial', content: 'restored-content', contentStreamArn };
  const { all, resources, stack, logicalId } = synthesize({ settings: { ...dev, existingTables } });

  test('are used, and neither made nor changed', () => {
    expect(all('AWS::DynamoDB::GlobalTable')).toEqual([]);
    const publishing = resources[logicalId(stack.functions.byId['publish-article'].lambda)];
    expect(publishing?.Properties.Environment.Variables).toMatchObject({
      EDITORIAL_TABLE: 'restored-editorial',
      CONTENT_TABLE: 'restored-content',
    });
  });

  test('are what roles and reactions reach', () => {
    const roles = JSON.stringify(all('AWS::IAM::Role'));
    expect(roles).toContain(':table/restored-content"');
    expect(roles).toContain(':table/restored-editorial/index/stage"');
    expect(all('AWS::Lambda::EventSourceMapping')[0]?.[1].Properties.EventSourceArn).toBe(contentStreamArn);
  });
});

describe('concurrency', () => {
  test('that is reserved is the function’s own', () => {
    const concurrency = { reserved: { 'list-published-articles': 40 }, provisioned: {} };
    const { resources, stack, logicalId } = synthesize({ settings: { ...dev, concurrency } });
    for (const id of functionIds) {
      const properties = resources[logicalId(stack.functions.byId[id].lambda)]?.Properties;
      expect(properties?.ReservedConcurrentExecutions).toBe(id === 'list-published-articles' ? 40 : undefined);
    }
  });

  test('that is provisioned stands behind an alias, which the API then calls', () => {
    const concurrency = { reserved: {}, provisioned: { 'get-published-article': 2 } };
    const { all } = synthesize({ settings: { ...dev, concurrency } });
    const [[alias, { Properties }] = ['', { Properties: {} }], ...others] = all('AWS::Lambda::Alias');
    expect(others).toEqual([]);
    expect(Properties).toMatchObject({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
    const called = all('AWS::ApiGatewayV2::Integration').map(
      ([, integration]) => integration.Properties.IntegrationUri,
    );
    expect(called).toContainEqual({ Ref: alias });
  });
});
