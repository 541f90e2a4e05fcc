import { AppError, errors } from '../../contract/errors.ts';
import type { Problem } from '../../contract/schemas/problem.ts';
import type { Reply } from './request.ts';

/** The reply to a failure: what the caller can act on, or an opaque 500 with the request's id for anything else. */
export function problemReply(error: unknown, requestId: string): Reply {
  const failure =
    error instanceof AppError
      ? error
      : new AppError(
          'unexpected',
          `This was our fault and has been logged. When you report it, name the request ${requestId}.`,
        );
  const { status, title } = errors[failure.code];
  const problem: Problem = {
    type: `urn:dateline:problem:${failure.code}`,
    title,
    status,
    detail: failure.message,
    instance: `urn:dateline:request:${requestId}`,
    code: failure.code,
    ...(failure.fields.length > 0 ? { errors: [...failure.fields] } : {}),
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(failure.etag ? { etag: failure.etag } : {}),
      ...(failure.retryAfter ? { 'retry-after': String(failure.retryAfter) } : {}),
    },
    body: JSON.stringify(problem),
  };
}
