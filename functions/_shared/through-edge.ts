import { timingSafeEqual } from 'node:crypto';
import { edgeHostHeader, edgeKeyHeader } from '../../contract/environment.ts';
import { AppError } from '../../contract/errors.ts';
import type { Route } from '../../contract/route.ts';
import { optionalSetting } from './environment.ts';
import type { HttpEvent } from './request.ts';

/**
 * Throws `misdirected` for what did not come through CloudFront: at the API's own address there is no firewall and no
 * cache. Lets everything through where there are no keys, as on a laptop. docs/edge.md says how they are changed.
 */
export function assertThroughEdge(event: HttpEvent): void {
  const keys = optionalSetting('edgeKeys');
  if (keys === undefined || hasOneOf(keys, event)) return;
  throw new AppError(
    'misdirected',
    'This address is for CloudFront alone. Send the request to the address of this stage, the output Url of its stack.',
  );
}

function hasOneOf(keys: string, { headers }: HttpEvent): boolean {
  const given = Buffer.from(headers[edgeKeyHeader] ?? '');
  return given.length > 0 && keys.split(',').some((key) => isSame(given, Buffer.from(key)));
}

/** In a time that does not tell how much of it was right. That the length is wrong may be known. */
function isSame(given: Buffer, key: Buffer): boolean {
  return given.length === key.length && timingSafeEqual(given, key);
}

/**
 * Where the caller asked: the name that CloudFront passes on, or else the API's own. Without a key nobody knows whether it was
 * CloudFront that said so; the worst that a caller does by it is to name another host to themselves.
 */
export function originOf({ headers, requestContext }: HttpEvent): string {
  const host = headers[edgeHostHeader];
  if (host !== undefined && hostForm.test(host)) return `https://${host}`;
  const scheme = headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  return `${scheme}://${requestContext.domainName}`;
}

const hostForm = /^[A-Za-z0-9.-]+(?::\d{1,5})?$/;

/** What the log line of a request says of its way here, for finding it in CloudFront's logs. */
export function edgeFields(route: Route, event: HttpEvent): { edgeRequestId?: string; address?: string } {
  const edgeRequestId = event.headers['x-amz-cf-id']?.slice(0, 100);
  const address = route.permission === 'public' ? undefined : addressBehindEdge(event);
  return { ...(edgeRequestId ? { edgeRequestId } : {}), ...(address ? { address } : {}) };
}

/**
 * Where an editor asked from. Behind an edge API Gateway's own log has CloudFront's address instead. Callers may begin
 * X-Forwarded-For with what they like; CloudFront adds theirs to its end, and API Gateway CloudFront's.
 */
function addressBehindEdge(event: HttpEvent): string | undefined {
  const keys = optionalSetting('edgeKeys');
  if (keys === undefined || !hasOneOf(keys, event)) return undefined;
  const forwarded = (event.headers['x-forwarded-for'] ?? '').split(',').map((address) => address.trim());
  return forwarded.findLast((address) => address !== event.requestContext.http.sourceIp)?.slice(0, 100);
}
