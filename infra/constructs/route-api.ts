import { Aws } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CorsPreflightOptions,
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Route } from '../../contract/route.ts';
import type { FunctionId } from '../../contract/routes/index.ts';
import type { StageSettings } from '../stage-settings.ts';
import { KeptLogs } from './kept-logs.ts';
import type { NewsroomFunctions } from './newsroom-functions.ts';

/** What an API needs to know of a route. */
export type ServedRoute = Pick<Route, 'method' | 'path' | 'permission' | 'secretPath'> & { function: FunctionId };

export type RouteApiProps = {
  apiName: string;
  description: string;
  routes: readonly ServedRoute[];
  functions: NewsroomFunctions;
  /**
   * Who answers preflights: the API, by these rules, or, without them, the functions. An API with rules of its own drops the
   * functions' CORS headers and adds its own only for requests with an Origin: a shared cache would then keep replies that
   * lack them (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
   */
  cors?: CorsPreflightOptions;
  throttle: ThrottleSettings;
  settings: StageSettings;
  /** Asked before every route, when there is one. */
  authorizer?: IHttpRouteAuthorizer;
  /** Fields of the access log beside those of every API. */
  accessLogFields?: Readonly<Record<string, string>>;
};

/** An HTTP API that serves routes of the contract's table, each by the function that the table names. */
export class RouteApi extends Construct {
  /** Where its paths begin, without a slash at the end. */
  readonly url: string;
  /** Where CloudFront finds it. */
  readonly domainName: string;
  readonly api: HttpApi;
  readonly accessLogs: LogGroup;

  constructor(scope: Construct, id: string, props: RouteApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: props.apiName,
      description: props.description,
      createDefaultStage: false,
      ...(props.cors ? { corsPreflight: props.cors } : {}),
      ...(props.authorizer ? { defaultAuthorizer: props.authorizer } : {}),
    });
    this.accessLogs = new KeptLogs(this, 'AccessLogs', props.settings);
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: props.throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLogs),
        format: AccessLogFormat.custom(JSON.stringify({ ...loggedOf(props.routes), ...props.accessLogFields })),
      },
    });
    addRoutes(api, props);
    this.api = api;
    this.url = api.apiEndpoint;
    this.domainName = `${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  }
}

function addRoutes(api: HttpApi, { routes, functions, cors }: RouteApiProps): void {
  const integrations = new Map<FunctionId, HttpLambdaIntegration>();
  for (const route of routes) {
    const integration =
      integrations.get(route.function) ?? newIntegration(route.function, functions.byId[route.function].served);
    integrations.set(route.function, integration);
    api.addRoutes({ path: route.path, methods: methods(route, cors === undefined), integration });
  }
}

/** One a function: the permission that comes with it lets this API call the function, by whichever of its routes. */
function newIntegration(id: FunctionId, handler: IFunction): HttpLambdaIntegration {
  return new HttpLambdaIntegration(id, handler, { scopePermissionToRoute: false });
}

/** HEAD wherever there is GET on content: caches and link checkers ask with it. OPTIONS where functions answer preflights. */
function methods({ method, permission }: ServedRoute, preflights: boolean): HttpMethod[] {
  if (method !== 'GET' || permission !== 'public') return [HttpMethod[method]];
  return [HttpMethod.GET, HttpMethod.HEAD, ...(preflights ? [HttpMethod.OPTIONS] : [])];
}

/**
 * One JSON line a request: no query, header, token or body, and of readers no address either. `requestId` is the one
 * that functions log (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html).
 */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  bytes: '$context.responseLength',
  error: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
} as const;

/** Without the path where that of one route is a secret: a format has no conditions. `route` still says what was asked. */
function loggedOf(routes: readonly ServedRoute[]): Readonly<Record<string, string>> {
  const { path, ...others } = accessLogFields;
  return routes.some((route) => route.secretPath) ? others : accessLogFields;
}
