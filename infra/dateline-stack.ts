import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Construct } from 'constructs';
import { cors } from '../contract/cors.ts';
import { routes } from '../contract/routes/index.ts';
import { Identity } from './constructs/identity.ts';
import { loaderTimeout, NewsroomFunctions } from './constructs/newsroom-functions.ts';
import { NewsroomTables } from './constructs/newsroom-tables.ts';
import { RouteApi } from './constructs/route-api.ts';
import { SeedLoading } from './constructs/seed-loading.ts';
import type { StageSettings } from './stage-settings.ts';

export type DatelineStackProps = {
  settings: StageSettings;
  /** The folder of the functions' bundles, which `npm run build` fills. */
  bundles: string;
  /** The commit that is deployed, for `/health`. */
  commit?: string;
};

/** A newsroom: two tables, the functions over them, two APIs, the people who may use them, and the seeds. */
export class DatelineStack extends Stack {
  readonly tables: NewsroomTables;
  readonly functions: NewsroomFunctions;
  readonly identity: Identity;
  readonly contentApi: RouteApi;
  readonly editorialApi: RouteApi;

  constructor(scope: Construct, id: string, { settings, ...props }: DatelineStackProps) {
    super(scope, id, {
      description: 'Dateline, a headless CMS for newsrooms',
      terminationProtection: settings.terminationProtection,
      ...(settings.region ? { env: { region: settings.region } } : {}),
    });
    this.tables = new NewsroomTables(this, 'Tables', settings);
    this.functions = new NewsroomFunctions(this, 'Functions', { ...props, tables: this.tables, settings });
    this.identity = new Identity(this, 'Identity', settings);
    this.contentApi = this.#newContentApi(settings);
    this.editorialApi = this.#newEditorialApi(settings);
    new SeedLoading(this, 'Seeds', {
      loader: this.functions.byId['load-seeds'],
      timeout: loaderTimeout,
      after: this.tables,
      settings,
    });
    this.#addOutputs(settings);
  }

  #newContentApi(settings: StageSettings): RouteApi {
    return new RouteApi(this, 'ContentApi', {
      apiName: `${this.stackName} content`,
      description: 'What is published, for anybody',
      routes: Object.values(routes).filter((route) => route.permission === 'public'),
      functions: this.functions,
      throttle: settings.throttle.content,
      settings,
    });
  }

  #newEditorialApi(settings: StageSettings): RouteApi {
    const { issuer, client } = this.identity;
    return new RouteApi(this, 'EditorialApi', {
      apiName: `${this.stackName} editorial`,
      description: 'Articles in the making, for the newsroom',
      routes: Object.values(routes).filter((route) => route.permission !== 'public'),
      functions: this.functions,
      cors: preflight(cors.editorial, settings.editorialOrigins),
      throttle: settings.throttle.editorial,
      settings,
      // Access tokens name the client in `client_id` and have no `aud`; API Gateway accepts either.
      authorizer: new HttpJwtAuthorizer('Tokens', issuer, { jwtAudience: [client.userPoolClientId] }),
      // Who asked and from where: nobody edits anonymously.
      accessLogFields: { sub: '$context.authorizer.claims.sub', address: '$context.identity.sourceIp' },
    });
  }

  #addOutputs(settings: StageSettings): void {
    const outputs = {
      ContentApiUrl: this.contentApi.url,
      EditorialApiUrl: this.editorialApi.url,
      PublishedListingUrl: `${this.contentApi.url}${routes.listPublishedArticles.path}`,
      HealthUrl: `${this.contentApi.url}${routes.getHealth.path}`,
      UserPoolId: this.identity.userPool.userPoolId,
      UserPoolClientId: this.identity.client.userPoolClientId,
      TokenIssuer: this.identity.issuer,
      EditorialTableName: this.tables.editorial.tableName,
      ContentTableName: this.tables.content.tableName,
      SiteUrlTemplate: settings.publication.siteUrlTemplate,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

type CorsRules = (typeof cors)['editorial'];

function preflight(rules: CorsRules, allowOrigins: readonly string[]): CorsPreflightOptions {
  return {
    allowOrigins: [...allowOrigins],
    allowMethods: rules.allowMethods.map((method) => CorsHttpMethod[method]),
    allowHeaders: [...rules.allowHeaders],
    exposeHeaders: [...rules.exposeHeaders],
    maxAge: Duration.seconds(rules.maxAgeSeconds),
  };
}
