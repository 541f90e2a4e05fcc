import { describe, expect, test } from '@jest/globals';
import type { IConstruct } from 'constructs';
import { edgeHostHeader, edgeKeyHeader, environmentVariables } from '../../contract/environment.ts';
import type { Route } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { stages } from '../../infra/stages.ts';
import { synthesize } from './synthesized.ts';

const { stack, template, resources, logicalId, all } = synthesize();
const table = Object.values<Route>(routes);
const config = resources[logicalId(stack.edge?.distribution ?? stack)]?.Properties.DistributionConfig;
const behaviors: Record<string, Behavior> = Object.fromEntries(
  config.CacheBehaviors.map((behavior: Behavior) => [behavior.PathPattern, behavior]),
);
const other: Behavior = config.DefaultCacheBehavior;
const content = behaviors['/content/v1/*'] ?? {};
const preview = behaviors['/preview/v1/*'] ?? {};
const editorial = behaviors['/editorial/v1/*'] ?? {};

/** CloudFront's own policies, by the ids that AWS gives them everywhere. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

describe('the distribution', () => {
  test('is the only one, speaks HTTP/2 and 3 over IPv4 and IPv6, everywhere', () => {
    expect(all('AWS::CloudFront::Distribution')).toHaveLength(1);
    expect(config).toMatchObject({
      Enabled: true,
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_All',
    });
    for (const absent of ['Aliases', 'ViewerCertificate', 'WebACLId', 'Logging', 'DefaultRootObject'])
      expect(config).not.toHaveProperty(absent);
  });

  test('asks each API at its own name, over TLS 1.2 and nothing older', () => {
    expect(config.Origins).toHaveLength(3);
    for (const origin of config.Origins)
      expect(origin.CustomOriginConfig).toEqual({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      });
    expect(apiBehind(content)).toBe(logicalId(stack.contentApi.api));
    expect(apiBehind(preview)).toBe(logicalId(stack.previewApi.api));
    expect(apiBehind(editorial)).toBe(logicalId(stack.editorialApi.api));
  });

  test('sends every route to the API that serves it, whatever its method', () => {
    for (const { method, path, permission, secretPath } of table) {
      const behavior = behaviorOf(path);
      const api = permission !== 'public' ? stack.editorialApi : secretPath ? stack.previewApi : stack.contentApi;
      expect([path, apiBehind(behavior)]).toEqual([path, logicalId(api.api)]);
      expect(behavior.AllowedMethods).toContain(method);
    }
  });

  test('keeps what is public, and only that, and forwards queries wherever a route has one', () => {
    for (const { path, permission, query, secretPath } of table) {
      const { CachePolicyId, OriginRequestPolicyId } = behaviorOf(path);
      const kept = path.startsWith('/content/v1/');
      expect([path, CachePolicyId === cachingDisabled]).toEqual([path, !kept]);
      if (kept) expect([permission, secretPath]).toEqual(['public', undefined]);
      // What is kept forwards what is in its key; what is not forwards nothing but by a policy.
      if (!kept && query) expect([path, OriginRequestPolicyId]).toEqual([path, allViewerExceptHostHeader]);
    }
  });
});

describe('content', () => {
  test('is read and not written, over HTTPS', () => {
    for (const behavior of [content, other])
      expect(behavior).toMatchObject({
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        ViewerProtocolPolicy: 'redirect-to-https',
      });
  });

  test('is compressed where it is not yet: listings are not, stories come as they were stored', () => {
    expect(content).toMatchObject({ Compress: true });
    expect(other).toMatchObject({ Compress: false });
  });

  test('is kept as long as its replies say, by path, query, the name that was asked, and gzip', () => {
    expect(resources[content.CachePolicyId.Ref]?.Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 1,
      DefaultTTL: 1,
      MaxTTL: 86_400,
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: [edgeHostHeader] },
        CookiesConfig: { CookieBehavior: 'none' },
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: false,
      },
    });
  });

  test('has more parameters than a policy may name, and none that the edge function does not know', () => {
    const queries = table.filter(({ permission }) => permission === 'public').map(({ query = {} }) => query);
    expect(new Set(queries.flatMap((query) => Object.keys(query))).size).toBeGreaterThan(10);
    const [[, edgeFunction] = ['', undefined]] = all('AWS::CloudFront::Function');
    expect(edgeFunction?.Properties.FunctionCode).toContain(JSON.stringify('^/content/v1/articles$'));
  });

  test('depends on nothing beside the key: no other header, cookie or parameter is forwarded', () => {
    expect(content).not.toHaveProperty('OriginRequestPolicyId');
    expect(content).not.toHaveProperty('ForwardedValues');
    expect(other).not.toHaveProperty('OriginRequestPolicyId');
  });

  test('passes the edge function first, as everything does', () => {
    const [[id] = [''], ...others] = all('AWS::CloudFront::Function');
    expect(others).toEqual([]);
    const association = { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } };
    for (const behavior of [content, preview, editorial, other])
      expect(behavior.FunctionAssociations).toEqual([association]);
    expect(resources[id]?.Properties).toMatchObject({
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
  });
});

describe('previews', () => {
  test('are read and not written, never without TLS, and nothing of them is kept or changed', () => {
    expect(preview).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHostHeader,
      Compress: false,
    });
  });
});

describe('the editorial API', () => {
  test('gets every method and every header but Host, and nothing of it is kept', () => {
    expect(editorial).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHostHeader,
    });
  });

  test('is not compressed, which would weaken its ETags, and never spoken to without TLS', () => {
    expect(editorial).toMatchObject({ Compress: false, ViewerProtocolPolicy: 'https-only' });
  });
});

test('errors are kept for nobody, whatever they are', () => {
  const kept = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
  expect(config.CustomErrorResponses).toEqual(kept.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
});

describe('security headers', () => {
  test.each([
    ['editorial', editorial, true],
    ['content', content, false],
    ['previewed', preview, false],
    ['health', other, false],
  ])('of %s replies', (_, behavior, Override) => {
    // Content may say otherwise of most of them, for its HTML.
    const policy = resources[behavior.ResponseHeadersPolicyId.Ref]?.Properties.ResponseHeadersPolicyConfig;
    expect(policy.SecurityHeadersConfig).toEqual({
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override },
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", Override },
    });
    expect(policy).not.toHaveProperty('CorsConfig');
    // Named by stack and Region: names of policies are of the whole account.
    expect(JSON.stringify(policy.Name)).toMatch(/Dateline-test-.*AWS::Region/);
  });
});

describe('the lock', () => {
  const [[secretId, secret] = ['', undefined], ...otherSecrets] = all('AWS::SecretsManager::Secret');
  const reference = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secretId }, ':SecretString:::}}']] };

  test('is a key that Secrets Manager makes up', () => {
    expect(otherSecrets).toEqual([]);
    expect(secret?.Properties.GenerateSecretString).toEqual({
      PasswordLength: 64,
      ExcludePunctuation: true,
      // Any change here makes a new key of the same number, which CloudFront and the functions get at different times.
      ExcludeCharacters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    });
    expect(secret?.Properties).not.toHaveProperty('SecretString');
  });

  test('is sent to every API, and known to each function behind them and to no other', () => {
    for (const { OriginCustomHeaders } of config.Origins)
      expect(OriginCustomHeaders).toEqual([{ HeaderName: edgeKeyHeader, HeaderValue: reference }]);
    const locked = Object.entries(stack.functions.byId).filter(
      ([, { lambda }]) => variablesOf(lambda)[environmentVariables.edgeKeys] !== undefined,
    );
    expect(locked.map(([id]) => id).sort()).toEqual([...new Set(table.map((route) => route.function))].sort());
    for (const [, { lambda }] of locked) expect(variablesOf(lambda)[environmentVariables.edgeKeys]).toEqual(reference);
  });

  test('stands in the template as a reference only, and in no output', () => {
    const outputs = JSON.stringify(template.toJSON().Outputs);
    expect(outputs).not.toContain('resolve');
    expect(outputs).not.toContain(secretId);
  });
});

describe('a stage without an edge', () => {
  const without = synthesize({ settings: { ...stages.dev, leavesOut: ['edge'] } });

  test('has nothing of it: no distribution, policy, function, key or lock', () => {
    expect(without.stack.edge).toBeUndefined();
    for (const type of ['AWS::CloudFront', 'AWS::SecretsManager', 'AWS::WAFv2', 'AWS::S3'])
      expect(Object.values(without.resources).filter(({ Type }) => Type.startsWith(type))).toEqual([]);
    expect(JSON.stringify(without.resources)).not.toContain(environmentVariables.edgeKeys);
  });

  test('says where each API is', () => {
    const outputs = without.template.toJSON().Outputs;
    const at = (api: IConstruct) => ({ 'Fn::GetAtt': [without.logicalId(api), 'ApiEndpoint'] });
    expect(outputs).not.toHaveProperty('Url');
    expect(outputs.ContentApiUrl.Value).toEqual(at(without.stack.contentApi.api));
    expect(outputs.EditorialApiUrl.Value).toEqual(at(without.stack.editorialApi.api));
  });
});

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties are as deep as they like
type Behavior = Record<string, any>;

/** As CloudFront chooses it: the first pattern that matches, or the default. */
function behaviorOf(path: string): Behavior {
  const [, behavior] = Object.entries(behaviors).find(([pattern]) => path.startsWith(pattern.replace(/\*$/, ''))) ?? [];
  return behavior ?? other;
}

/** The logical id of the API that a behavior's origin names. */
function apiBehind({ TargetOriginId }: Behavior): string {
  const origin = config.Origins.find(({ Id }: Behavior) => Id === TargetOriginId);
  return origin.DomainName['Fn::Join'][1][0].Ref;
}

function variablesOf(lambda: IConstruct): Record<string, unknown> {
  return resources[logicalId(lambda)]?.Properties.Environment?.Variables ?? {};
}
