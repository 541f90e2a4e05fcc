import { describe, expect, test } from '@jest/globals';
import { cors } from '../../contract/cors.ts';
import { roles } from '../../contract/roles.ts';
import type { Route } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { stages } from '../../infra/stages.ts';
import { synthesize } from './synthesized.ts';

const { stack, resources, logicalId, all } = synthesize();

const apiIds = {
  content: apiNamed('Dateline-test content'),
  preview: apiNamed('Dateline-test preview'),
  editorial: apiNamed('Dateline-test editorial'),
};
const table = Object.values<Route>(routes);

describe('the content API', () => {
  const served = routesOf('content');

  test('serves every public route but those with a secret, and HEAD beside GET, without asking who is there', () => {
    const expected = table
      .filter((route) => route.permission === 'public' && !route.secretPath)
      .flatMap(({ path, function: id }) => ['GET', 'HEAD', 'OPTIONS'].map((method) => `${method} ${path} → ${id}`));
    expect(served.map(({ line }) => line).sort()).toEqual(expected.sort());
    for (const { properties } of served) {
      expect(properties.AuthorizationType ?? 'NONE').toBe('NONE');
      expect(properties).not.toHaveProperty('AuthorizerId');
    }
  });

  test('leaves CORS to the functions, whose headers stay on cached replies', () => {
    expect(resources[apiIds.content]?.Properties).not.toHaveProperty('CorsConfiguration');
  });
});

describe('the preview API', () => {
  test('serves what a secret in the path opens, and nothing else', () => {
    const served = routesOf('preview').map(({ line }) => line);
    expect(served.sort()).toEqual(
      ['GET', 'HEAD', 'OPTIONS'].map((method) => `${method} /preview/v1/{token} → get-preview`),
    );
    expect(table.filter(({ secretPath }) => secretPath).map(({ id }) => id)).toEqual(['getPreview']);
  });

  test('writes down no path, in which the secret is, and is the only one that does not', () => {
    expect(JSON.parse(formatOf('preview'))).toMatchObject({ route: '$context.routeKey', status: '$context.status' });
    expect(formatOf('preview')).not.toMatch(/\$context\.path|\$context\.customDomain|requestOverride/);
    for (const name of ['content', 'editorial'] as const)
      expect(JSON.parse(formatOf(name))).toMatchObject({ path: '$context.path' });
  });
});

describe('the editorial API', () => {
  const served = routesOf('editorial');

  test('serves every other route, each behind the JWT authorizer', () => {
    const expected = table
      .filter((route) => route.permission !== 'public')
      .map(({ method, path, function: id }) => `${method} ${path} → ${id}`);
    expect(served.map(({ line }) => line).sort()).toEqual(expected.sort());
    for (const { properties } of served) {
      expect(properties.AuthorizationType).toBe('JWT');
      expect(resources[properties.AuthorizerId.Ref]?.Type).toBe('AWS::ApiGatewayV2::Authorizer');
      expect(properties.RouteKey).toMatch(/^[A-Z]+ \/editorial\/v1\//);
    }
  });

  test('takes tokens of the stack’s own user pool and client', () => {
    const [[, authorizer] = [undefined, undefined], ...others] = all('AWS::ApiGatewayV2::Authorizer');
    const pool = { Ref: logicalId(stack.identity.userPool) };
    const parts = ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/', pool];
    expect(others).toEqual([]);
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: { 'Fn::Join': ['', parts] }, Audience: [{ Ref: logicalId(stack.identity.client) }] },
    });
  });

  test('answers browsers of the stage’s origins', () => {
    const expected = corsOf(cors.editorial, stages.dev.editorialOrigins);
    expect(resources[apiIds.editorial]?.Properties.CorsConfiguration).toEqual(expected);
  });
});

describe('all APIs', () => {
  test('call functions with payload 2.0, and no other API may call them', () => {
    for (const [, { Properties }] of all('AWS::ApiGatewayV2::Integration'))
      expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    // The clock's rule is no API; tests/infra/clock.test.ts has what it may call.
    const permissions = all('AWS::Lambda::Permission')
      .map(([, { Properties }]) => Properties)
      .filter(({ Principal }) => Principal !== 'events.amazonaws.com');
    expect(permissions).toHaveLength(new Set(table.map((route) => route.function)).size);
    for (const permission of permissions) {
      expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
      expect(JSON.stringify(permission.SourceArn)).toMatch(/":execute-api:".*{"Ref":"\w+Api\w+"},"\/\*\/\*\/\*"\]\]}$/);
    }
  });

  test.each([
    ['content', 'content'],
    ['preview', 'editorial'],
    ['editorial', 'editorial'],
  ] as const)(
    '%s is throttled, as the setting for %s says, and logs JSON without query, token or body',
    (name, setting) => {
      const stage = stageOf(name);
      const { rateLimit, burstLimit } = stages.dev.throttle[setting];
      expect(stage?.Properties).toMatchObject({
        StageName: '$default',
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit },
      });
      const format = formatOf(name);
      expect(JSON.parse(format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
      expect(format).not.toMatch(/request\.(header|querystring|body)|authorization|userAgent/i);
      expect(format.includes('sourceIp')).toBe(name === 'editorial');
    },
  );
});

describe('identity', () => {
  test('has a group for each role, the strongest first', () => {
    const groups = all('AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties);
    const byPrecedence = groups.sort((a, b) => a.Precedence - b.Precedence).map(({ GroupName }) => GroupName);
    expect(byPrecedence).toEqual([...roles].reverse());
    expect(byPrecedence).toEqual(['admin', 'editor', 'contributor']);
  });

  test('lets nobody sign up, and asks for a long password', () => {
    expect(resources[logicalId(stack.identity.userPool)]?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      UsernameConfiguration: { CaseSensitive: false },
    });
  });

  test('has one client, without a secret and without the implicit flow', () => {
    const [[, client] = [undefined, undefined], ...others] = all('AWS::Cognito::UserPoolClient');
    expect(others).toEqual([]);
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlowsUserPoolClient: false,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 60,
      RefreshTokenValidity: 720,
    });
    expect(client?.Properties).not.toHaveProperty('AllowedOAuthFlows');
  });
});

function apiNamed(name: string): string {
  const found = all('AWS::ApiGatewayV2::Api').find(([, { Properties }]) => Properties.Name === name);
  if (!found) throw new Error(`The template has no API named ${name}.`);
  return found[0];
}

function stageOf(name: keyof typeof apiIds) {
  return all('AWS::ApiGatewayV2::Stage').find(([, { Properties }]) => Properties.ApiId.Ref === apiIds[name])?.[1];
}

const formatOf = (name: keyof typeof apiIds): string => stageOf(name)?.Properties.AccessLogSettings.Format;

/** Each route as `GET /path → function`, followed through its integration to the Lambda that it calls. */
function routesOf(name: keyof typeof apiIds) {
  const folders = new Map(Object.entries(stack.functions.byId).map(([id, { lambda }]) => [logicalId(lambda), id]));
  return all('AWS::ApiGatewayV2::Route')
    .filter(([, { Properties }]) => Properties.ApiId.Ref === apiIds[name])
    .map(([, { Properties: properties }]) => {
      const integration = properties.Target['Fn::Join'][1][1].Ref;
      const called = resources[integration]?.Properties.IntegrationUri['Fn::GetAtt'][0];
      return { line: `${properties.RouteKey} → ${folders.get(called)}`, properties };
    });
}

function corsOf(rules: (typeof cors)[keyof typeof cors], origins: readonly string[]) {
  return {
    AllowOrigins: origins,
    AllowMethods: rules.allowMethods,
    AllowHeaders: rules.allowHeaders,
    ExposeHeaders: rules.exposeHeaders,
    MaxAge: rules.maxAgeSeconds,
  };
}
