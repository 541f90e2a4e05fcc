import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { checkedSettings } from '../../infra/check-settings.ts';
import { OriginKey } from '../../infra/constructs/origin-key.ts';
import { SetupError } from '../../infra/setup-error.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { stages } from '../../infra/stages.ts';
import { synthesize } from './synthesized.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d';
const hostedZone = { id: 'Z0123456789ABC', name: 'news.example' };
const domain = { names: ['cms.news.example', 'news.example'], certificateArn, hostedZone };

function withEdge(edge: StageSettings['edge'], others: Partial<StageSettings> = {}) {
  return synthesize({ settings: checkedSettings('test', { ...stages.dev, ...others, edge }) });
}

const full = withEdge(
  { domain, firewall: { requestsPerAddress: 2000 }, accessLogDays: 30 },
  { region: 'us-east-1', keepsData: true },
);
const config = configOf(full);

describe('a domain', () => {
  test('gives the distribution its names, over TLS 1.2 and later', () => {
    expect(config).toMatchObject({
      Aliases: domain.names,
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
  });

  test('is where the outputs point, by its first name', () => {
    const outputs = full.template.toJSON().Outputs;
    for (const name of ['Url', 'ContentApiUrl', 'EditorialApiUrl'])
      expect(outputs[name].Value).toBe('https://cms.news.example');
    expect(outputs.HealthUrl.Value).toBe('https://cms.news.example/health');
  });

  test('gets its records in the zone that the stage names, for IPv4 and IPv6', () => {
    const records = full.all('AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);
    const target = { 'Fn::GetAtt': [full.logicalId(full.stack.edge?.distribution ?? full.stack), 'DomainName'] };
    for (const { AliasTarget, HostedZoneId } of records) {
      expect(AliasTarget.DNSName).toEqual(target);
      expect(HostedZoneId).toBe(hostedZone.id);
    }
    expect(records.map(({ Name, Type }) => `${Name} ${Type}`).sort()).toEqual([
      'cms.news.example. A',
      'cms.news.example. AAAA',
      'news.example. A',
      'news.example. AAAA',
    ]);
  });

  test('without a zone is somebody else’s to point here', () => {
    const alone = withEdge({ domain: { names: domain.names, certificateArn } });
    expect(configOf(alone).Aliases).toEqual(domain.names);
    expect(alone.all('AWS::Route53::RecordSet')).toEqual([]);
  });

  test('that is not in the zone is refused before anything is deployed', () => {
    const elsewhere = () => withEdge({ domain: { ...domain, names: ['othernews.example'] } });
    expect(elsewhere).toThrow(SetupError);
    expect(elsewhere).toThrow(/othernews\.example, which is not in the hosted zone news\.example/);
  });
});

describe('a firewall of the stack’s own', () => {
  const [[id, acl] = ['', undefined], ...others] = full.all('AWS::WAFv2::WebACL');
  const rules = Object.fromEntries(acl?.Properties.Rules.map((rule: { Name: string }) => [rule.Name, rule]));
  const begins = (path: string) => ({
    ByteMatchStatement: {
      FieldToMatch: { UriPath: {} },
      PositionalConstraint: 'STARTS_WITH',
      SearchString: path,
      TextTransformations: [
        { Priority: 0, Type: 'URL_DECODE' },
        { Priority: 1, Type: 'NORMALIZE_PATH' },
      ],
    },
  });

  test('stands before the distribution and lets through what no rule blocks', () => {
    expect(others).toEqual([]);
    expect(acl?.Properties).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(config.WebACLId).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    expect(Object.keys(rules)).toEqual(['reputation', 'rate', 'bad-inputs', 'common']);
  });

  test('leaves editors’ bodies and newsrooms behind one address alone', () => {
    const groups = { 'bad-inputs': 'AWSManagedRulesKnownBadInputsRuleSet', common: 'AWSManagedRulesCommonRuleSet' };
    for (const [rule, Name] of Object.entries(groups))
      expect(rules[rule].Statement.ManagedRuleGroupStatement).toMatchObject({
        VendorName: 'AWS',
        Name,
        ScopeDownStatement: begins('/content/'),
      });
    expect(rules.rate).toMatchObject({
      Action: { Block: {} },
      Statement: {
        RateBasedStatement: {
          Limit: 2000,
          AggregateKeyType: 'IP',
          EvaluationWindowSec: 300,
          ScopeDownStatement: { NotStatement: { Statement: begins('/editorial/v1/') } },
        },
      },
    });
  });

  test('keeps addresses out that attack others, from both APIs', () => {
    expect(rules.reputation.Statement).toEqual({
      ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesAmazonIpReputationList' },
    });
  });

  test('lets servers through that do not say what they are', () => {
    expect(rules.common.Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([
      { Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } },
    ]);
  });

  test('is counted, and samples no request that may carry a token', () => {
    const seen = [acl?.Properties, ...Object.values(rules)].map(({ VisibilityConfig }) => VisibilityConfig);
    for (const { CloudWatchMetricsEnabled } of seen) expect(CloudWatchMetricsEnabled).toBe(true);
    const sampled = seen.filter(({ SampledRequestsEnabled }) => SampledRequestsEnabled);
    expect(sampled.map(({ MetricName }) => MetricName)).toEqual(['bad-inputs', 'common']);
  });
});

test('a firewall that is there already is used as it is', () => {
  const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/0a1b2c3d';
  const given = withEdge({ firewall: { webAclArn } });
  expect(configOf(given).WebACLId).toBe(webAclArn);
  expect(given.all('AWS::WAFv2::WebACL')).toEqual([]);
});

describe('access logs', () => {
  const [[id, bucket] = ['', undefined], ...others] = full.all('AWS::S3::Bucket');

  test('go to a private bucket that forgets them, without cookies', () => {
    expect(others).toEqual([]);
    expect(config.Logging).toEqual({ Bucket: { 'Fn::GetAtt': [id, 'RegionalDomainName'] }, IncludeCookies: false });
    expect(bucket?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      LifecycleConfiguration: { Rules: [expect.objectContaining({ ExpirationInDays: 30, Status: 'Enabled' })] },
    });
    expect(JSON.stringify(full.all('AWS::S3::BucketPolicy'))).toContain('"aws:SecureTransport":"false"');
  });

  test('outlive any stack, since only an empty bucket can be deleted', () => {
    expect(bucket?.DeletionPolicy).toBe('RetainExceptOnCreate');
    const thrownAway = withEdge({ accessLogDays: 1 }, { keepsData: false });
    expect(thrownAway.all('AWS::S3::Bucket')[0]?.[1].DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(thrownAway.all('AWS::Lambda::Function')).toHaveLength(withEdge({}, {}).all('AWS::Lambda::Function').length);
  });

  test('are refused where CloudFront can’t write them', () => {
    const optIn = () => withEdge({ accessLogDays: 30 }, { region: 'eu-south-1' });
    expect(optIn).toThrow(SetupError);
    expect(optIn).toThrow(/no access logs to buckets in eu-south-1/);
    expect(() => withEdge({ accessLogDays: 30 }, { region: 'eu-west-1' })).not.toThrow();
  });
});

describe('the key of the origins is changed without an outage', () => {
  const resolved = (sent: number, accepted: number[]) => {
    const stack = new Stack(new App(), 'Stack');
    const key = new OriginKey(stack, 'OriginKey', { sent, accepted });
    return { sent: keysIn(stack.resolve(key.sent)), accepted: keysIn(stack.resolve(key.accepted)) };
  };

  test('when each step leaves CloudFront a key that the functions take', () => {
    expect(resolved(1, [1])).toEqual({ sent: ['Key1'], accepted: ['Key1'] });
    expect(resolved(1, [1, 2])).toEqual({ sent: ['Key1'], accepted: ['Key1', 'Key2'] });
    expect(resolved(2, [1, 2])).toEqual({ sent: ['Key2'], accepted: ['Key1', 'Key2'] });
    expect(resolved(2, [2])).toEqual({ sent: ['Key2'], accepted: ['Key2'] });
  });

  test('and the APIs stay open while callers move to the edge', () => {
    expect(resolved(1, [])).toEqual({ sent: ['Key1'], accepted: [] });
  });

  /** Which keys a reference names, in their order. */
  function keysIn(reference: unknown): string[] {
    return [...(JSON.stringify(reference) ?? '').matchAll(/"OriginKey(Key\d)\w*"/g)].map((match) => match[1] ?? '');
  }
});

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties are as deep as they like
function configOf({ stack, resources, logicalId }: ReturnType<typeof synthesize>): Record<string, any> {
  return resources[logicalId(stack.edge?.distribution ?? stack)]?.Properties.DistributionConfig;
}
