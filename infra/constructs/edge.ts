import { Stack, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  FunctionEventType,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { edgeKeyHeader } from '../../contract/environment.ts';
import type { StageSettings } from '../stage-settings.ts';
import { addRecords, namesOf } from './edge-domain.ts';
import { webAclArn } from './edge-firewall.ts';
import { type EdgeRoute, newEdgeFunction } from './edge-function.ts';
import { newLogBucket } from './edge-logs.ts';
import { errorsNeverKept, newContentCachePolicy, newResponseHeaders } from './edge-policies.ts';
import type { OriginKey } from './origin-key.ts';
import type { RouteApi } from './route-api.ts';

export type EdgeProps = {
  contentApi: RouteApi;
  previewApi: RouteApi;
  editorialApi: RouteApi;
  /** What the APIs know CloudFront by. */
  originKey: OriginKey;
  /** All routes of the contract: the edge function follows from those that anybody may read. */
  routes: readonly EdgeRoute[];
  settings: StageSettings;
};

/** CloudFront before the APIs: one address for all, where what is published is kept near its readers. See docs/edge.md. */
export class Edge extends Construct {
  readonly distribution: Distribution;
  /** Where callers find the stage, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { domain, firewall, accessLogDays } = props.settings.edge;
    const acl = webAclArn(this, 'Firewall', firewall);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      ...behaviors(this, props),
      ...namesOf(this, domain),
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      errorResponses: errorsNeverKept,
      ...(acl ? { webAclId: acl } : {}),
      ...(accessLogDays === undefined
        ? {}
        : { logBucket: newLogBucket(this, 'AccessLogs', accessLogDays, props.settings), logIncludesCookies: false }),
    });
    acknowledge(this.distribution, props.settings.edge);
    addRecords(this, domain, this.distribution);
    this.url = `https://${domain?.names[0] ?? this.distribution.distributionDomainName}`;
  }
}

function acknowledge(distribution: Distribution, { domain, firewall, accessLogDays }: StageSettings['edge']): void {
  const answers = [
    { id: 'AwsSolutions-CFR1', reason: 'News is for readers anywhere.', given: true },
    {
      id: 'AwsSolutions-CFR2',
      reason: 'A firewall costs from 9 USD a month, so that a stage asks for it: edge.firewall.',
      given: firewall === undefined,
    },
    {
      id: 'AwsSolutions-CFR3',
      reason: 'They hold readers’ addresses, so that a stage asks for them: edge.accessLogDays.',
      given: accessLogDays === undefined,
    },
    {
      id: 'AwsSolutions-CFR4',
      reason: 'CloudFront chooses what TLS its own names take; a stage with names of its own takes 1.2 and later.',
      given: domain === undefined,
    },
  ];
  for (const { id, reason, given } of answers) if (given) Validations.of(distribution).acknowledge({ id, reason });
}

type Behaviors = { defaultBehavior: BehaviorOptions; additionalBehaviors: Record<string, BehaviorOptions> };

function behaviors(
  scope: Construct,
  { contentApi, previewApi, editorialApi, originKey, routes }: EdgeProps,
): Behaviors {
  const edgeFunction = newEdgeFunction(scope, 'ContentRequest', routes);
  const functionAssociations = [{ function: edgeFunction, eventType: FunctionEventType.VIEWER_REQUEST }];
  const readable = {
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    responseHeadersPolicy: newResponseHeaders(scope, 'ContentHeaders', 'content'),
    functionAssociations,
  };
  const content = {
    ...readable,
    origin: newOrigin(contentApi, originKey),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  };
  return {
    defaultBehavior: { ...content, compress: false, cachePolicy: CachePolicy.CACHING_DISABLED },
    additionalBehaviors: {
      '/content/v1/*': {
        ...content,
        cachePolicy: newContentCachePolicy(scope, 'ContentCache'),
        // A story comes compressed, since it was published, and is passed on as it is; a listing is compressed here.
        compress: true,
      },
      '/preview/v1/*': { ...readable, ...handedOn(previewApi, originKey) },
      '/editorial/v1/*': {
        ...handedOn(editorialApi, originKey),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        responseHeadersPolicy: newResponseHeaders(scope, 'EditorialHeaders', 'editorial'),
        functionAssociations,
      },
    },
  };
}

/** What is for one caller: all that they sent is handed on, and nothing is kept or changed on the way back. */
function handedOn(api: RouteApi, originKey: OriginKey) {
  return {
    origin: newOrigin(api, originKey),
    // Not a redirect: by then the token has been sent in the open.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // Host has to be the API's own, or API Gateway does not know whose request it is.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    // CloudFront weakens the ETag of what it compresses, and a weak one is none for If-Match.
    compress: false,
  };
}

function newOrigin({ domainName }: RouteApi, originKey: OriginKey): IOrigin {
  return new HttpOrigin(domainName, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    customHeaders: { [edgeKeyHeader]: originKey.sent },
  });
}
