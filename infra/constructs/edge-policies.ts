import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  type ErrorResponse,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { edgeHostHeader } from '../../contract/environment.ts';

/**
 * What is kept is what the API says may be kept, and for as long. The key is the path, the query as the edge function leaves
 * it, by what name CloudFront was asked, since feeds say where they are, and whether the caller takes gzip. CloudFront
 * forwards what is in the key and nothing else: a reply can't depend on something that another caller did not send.
 */
export function newContentCachePolicy(scope: Construct, id: string): CachePolicy {
  return new CachePolicy(scope, id, {
    comment: 'As long as the content API says',
    // With 0 CloudFront would not keep what it compresses, by its manual. Every reply of these routes may be kept so long.
    minTtl: Duration.seconds(1),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(1),
    // All of them, since the edge function lets none through that a route does not have: a list of names may have ten
    // (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies).
    queryStringBehavior: CacheQueryStringBehavior.all(),
    headerBehavior: CacheHeaderBehavior.allowList(edgeHostHeader),
    enableAcceptEncodingGzip: true,
    // The API has gzip only, and with one more each story would be kept twice.
    enableAcceptEncodingBrotli: false,
  });
}

/** All that CloudFront lets one set (https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomErrorResponse.html). */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/**
 * Otherwise CloudFront keeps an error for ten seconds, in every behavior and whatever its Cache-Control says (but for 404,
 * 410, 414 and 501): one editor would get the refusal of another, and readers a 404 after the story is out.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
export const errorsNeverKept: ErrorResponse[] = errorStatuses.map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

const nothingLoaded = "default-src 'none'; frame-ancestors 'none'";

/**
 * Security headers. An answer with content, published or previewed, that says otherwise is believed, all but the first two:
 * a page of HTML needs rules of its own. CORS is left to the APIs.
 */
export function newResponseHeaders(scope: Construct, id: string, api: 'content' | 'editorial'): ResponseHeadersPolicy {
  const override = api === 'editorial';
  return new ResponseHeadersPolicy(scope, id, {
    // Names are of the whole account: the same stage may be in two Regions.
    responseHeadersPolicyName: `${Stack.of(scope).stackName}-${api}-${Aws.REGION}`,
    comment: `Security headers of the ${api} API`,
    securityHeadersBehavior: {
      // Not for subdomains: those of a newsroom's domain are not ours to promise HTTPS for.
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      contentSecurityPolicy: { contentSecurityPolicy: nothingLoaded, override },
    },
  });
}
