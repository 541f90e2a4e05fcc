import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { CorsHttpMethod, type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Construct } from 'constructs';
import { cors } from '../contract/cors.ts';
import { environmentVariables } from '../contract/environment.ts';
import type { Route } from '../contract/route.ts';
import { routes } from '../contract/routes/index.ts';
import { Clock } from './constructs/clock.ts';
import { Edge } from './constructs/edge.ts';
import { Identity } from './constructs/identity.ts';
import { loaderTimeout, NewsroomFunctions } from './constructs/newsroom-functions.ts';
import { NewsroomTables } from './constructs/newsroom-tables.ts';
import { OriginKey } from './constructs/origin-key.ts';
import { Reactions } from './constructs/reactions.ts';
import { RouteApi, type ServedRoute } from './constructs/route-api.ts';
import { SeedLoading } from './constructs/seed-loading.ts';
import { Operations } from './operations/operations.ts';
import type { StageSettings } from './stage-settings.ts';

export type DatelineStackProps = {
  /** As `-c stage=` names it. */
  stage: string;
  settings: StageSettings;
  /** The folder of the functions' bundles, which `npm run build` fills. */
  bundles: string;
  /** The commit that is deployed, for `/health`. */
  commit?: string;
};

const table: readonly (Route & ServedRoute)[] = Object.values(routes);

/** A newsroom: two tables, the functions over them, three APIs, the people who may use them, a clock, and the seeds. */
export class DatelineStack extends Stack {
  readonly tables: NewsroomTables;
  readonly functions: NewsroomFunctions;
  readonly identity: Identity;
  readonly contentApi: RouteApi;
  /** Of its own: its access log leaves out the paths, and content's functions can read the content table alone. */
  readonly previewApi: RouteApi;
  readonly editorialApi: RouteApi;
  /** Absent where the stage goes without. */
  readonly edge: Edge | undefined;
  readonly reactions: Reactions;
  readonly clock: Clock;
  readonly operations: Operations;
  readonly #stage: string;

  constructor(scope: Construct, id: string, { settings, stage, ...props }: DatelineStackProps) {
    super(scope, id, {
      description: 'Dateline, a headless CMS for newsrooms',
      terminationProtection: settings.terminationProtection,
      ...(settings.region ? { env: { region: settings.region } } : {}),
    });
    this.#stage = stage;
    this.tables = new NewsroomTables(this, 'Tables', settings);
    this.functions = new NewsroomFunctions(this, 'Functions', { ...props, tables: this.tables, settings });
    this.identity = new Identity(this, 'Identity', settings);
    this.functions.nameMachines(this.identity.machines?.clientIds());
    this.contentApi = this.#newContentApi(settings);
    Validations.of(this.contentApi).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'What it serves is what is published, for anybody to read. Its functions can read the content table alone, which ' +
        'holds nothing else.',
    });
    this.previewApi = this.#newPreviewApi(settings);
    Validations.of(this.previewApi).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'Whoever holds a link may see the one story that it is for: what lets them in is the token in its path.',
    });
    // Behind an edge both are at one address.
    if (settings.leavesOut.includes('edge'))
      this.functions.byId['change-preview-links'].lambda.addEnvironment(
        environmentVariables.previewUrl,
        this.previewApi.url,
      );
    this.editorialApi = this.#newEditorialApi(settings);
    this.edge = this.#newEdge(settings);
    this.reactions = new Reactions(this, 'Reactions', {
      functions: this.functions,
      contentTable: this.tables.content,
      edge: this.edge?.distribution,
      settings,
    });
    this.clock = new Clock(this, 'Clock', this.functions.byId['run-due']);
    new SeedLoading(this, 'Seeds', {
      loader: this.functions.byId['load-seeds'],
      timeout: loaderTimeout,
      after: this.tables,
      settings,
    });
    this.operations = new Operations(this, 'Operations', {
      settings,
      contentApi: this.contentApi,
      previewApi: this.previewApi,
      editorialApi: this.editorialApi,
      functions: this.functions,
      tables: this.tables,
      reactions: this.reactions,
      edge: this.edge,
    });
    this.#addOutputs(settings);
  }

  #newContentApi(settings: StageSettings): RouteApi {
    return new RouteApi(this, 'ContentApi', {
      apiName: `${this.stackName} content`,
      description: 'What is published, for anybody',
      routes: table.filter((route) => route.permission === 'public' && !route.secretPath),
      functions: this.functions,
      throttle: settings.throttle.content,
      settings,
    });
  }

  /** Whoever gets a link was sent it by the desk, so that there are about as many of them. */
  #newPreviewApi(settings: StageSettings): RouteApi {
    return new RouteApi(this, 'PreviewApi', {
      apiName: `${this.stackName} preview`,
      description: 'Articles in the making, for whoever holds a link to one',
      routes: table.filter((route) => route.permission === 'public' && route.secretPath),
      functions: this.functions,
      throttle: settings.throttle.editorial,
      settings,
    });
  }

  #newEditorialApi(settings: StageSettings): RouteApi {
    const { issuer, client, machines } = this.identity;
    const clients = [client, ...Object.values(machines?.clients ?? {})];
    return new RouteApi(this, 'EditorialApi', {
      apiName: `${this.stackName} editorial`,
      description: 'Articles in the making, for the newsroom',
      routes: table.filter((route) => route.permission !== 'public'),
      functions: this.functions,
      cors: preflight(cors.editorial, settings.editorialOrigins),
      throttle: settings.throttle.editorial,
      settings,
      // Access tokens name the client in `client_id` and have no `aud`; API Gateway accepts either.
      authorizer: new HttpJwtAuthorizer('Tokens', issuer, {
        jwtAudience: clients.map(({ userPoolClientId }) => userPoolClientId),
      }),
      // Who asked: nobody edits anonymously. And from where, which behind an edge is CloudFront: the functions' log has the
      // address behind it.
      accessLogFields: { sub: '$context.authorizer.claims.sub', address: '$context.identity.sourceIp' },
    });
  }

  #newEdge(settings: StageSettings): Edge | undefined {
    if (settings.leavesOut.includes('edge')) return undefined;
    const originKey = new OriginKey(this, 'OriginKey', settings.edge.keys);
    this.functions.admitOnly(originKey.accepted);
    return new Edge(this, 'Edge', {
      contentApi: this.contentApi,
      previewApi: this.previewApi,
      editorialApi: this.editorialApi,
      originKey,
      routes: table,
      settings,
    });
  }

  #addOutputs(settings: StageSettings): void {
    const contentUrl = this.edge?.url ?? this.contentApi.url;
    const outputs = {
      ...(this.edge ? { Url: this.edge.url, EdgeDistributionId: this.edge.distribution.distributionId } : {}),
      ContentApiUrl: contentUrl,
      EditorialApiUrl: this.edge?.url ?? this.editorialApi.url,
      PreviewApiUrl: this.edge?.url ?? this.previewApi.url,
      PublishedListingUrl: `${contentUrl}${routes.listPublishedArticles.path}`,
      HealthUrl: `${contentUrl}${routes.getHealth.path}`,
      UserPoolId: this.identity.userPool.userPoolId,
      UserPoolClientId: this.identity.client.userPoolClientId,
      TokenIssuer: this.identity.issuer,
      EditorialTableName: this.tables.editorial.tableName,
      ContentTableName: this.tables.content.tableName,
      SiteUrlTemplate: settings.publication.siteUrlTemplate,
      RerenderFunctionName: this.functions.byId['rerender-articles'].lambda.functionName,
      ...this.#machineOutputs(),
      FirstAdministrator: `npm run admin -- create-user --stage ${this.#stage} --role admin --name <name> --email <address>`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  #machineOutputs(): Record<string, string> {
    const { machines } = this.identity;
    return machines ? { TokenUrl: machines.tokenUrl, MachineClients: machines.clientIds() } : {};
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
