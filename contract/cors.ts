/**
 * Cross-origin rules of the two APIs, for the stack, the local gateway and the content functions alike. The editorial
 * API's origins belong to a stage and are added there.
 */
export const cors = {
  content: {
    allowOrigins: ['*'],
    allowMethods: ['GET', 'HEAD', 'OPTIONS'],
    allowHeaders: ['accept', 'content-type', 'if-none-match', 'if-modified-since'],
    exposeHeaders: ['etag', 'link', 'location', 'retry-after', 'x-request-id'],
    maxAgeSeconds: 86_400,
  },
  editorial: {
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    allowHeaders: ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key'],
    exposeHeaders: ['etag', 'link', 'location', 'retry-after', 'idempotency-replayed', 'x-request-id'],
    maxAgeSeconds: 600,
  },
} as const;
