/**
 * Every way a request can fail, and the HTTP status each is answered with.
 * Domain and store throw codes; only `functions/_shared/endpoint.ts` speaks HTTP.
 */
export const errors = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  not_found: { status: 404, title: 'Not found' },
  not_acceptable: { status: 406, title: 'There is no such format' },
  not_allowed: { status: 409, title: "The article's state does not allow this" },
  incomplete: { status: 409, title: 'The article is not complete enough to publish' },
  nothing_to_publish: { status: 409, title: 'Nothing has changed since the last publication' },
  embargoed: { status: 409, title: 'The article is under embargo' },
  slug_taken: { status: 409, title: 'Another article has this slug' },
  four_eyes: { status: 409, title: 'Somebody else has to look at this first' },
  locked: { status: 409, title: 'Somebody else is editing the article' },
  section_in_use: { status: 409, title: 'There are stories in this section' },
  gone: { status: 410, title: 'Gone for good' },
  version_conflict: { status: 412, title: 'It has changed since you read it' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'The media type is not supported' },
  misdirected: { status: 421, title: 'Requests are not taken at this address' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used for another request' },
  precondition_required: { status: 428, title: 'The request must say which version it was based on' },
  unexpected: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'Too busy to answer' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errors;

/** One offending field: a JSON pointer (RFC 6901) into the body, or `?name` for a query parameter, and what is wrong. */
export type FieldError = { pointer: string; detail: string };

type AppErrorOptions = {
  cause?: unknown;
  /** The offending fields, for bad input. */
  fields?: readonly FieldError[];
  /** The ETag that the article has now, for a version conflict. */
  etag?: string;
  /** Whole seconds after which a repeat makes sense, for `busy`. */
  retryAfter?: number;
};

/** A failure that the caller can act on. `detail` is shown to them, so it says what to do and holds nothing private. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly etag: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = options.fields ?? [];
    this.etag = options.etag;
    this.retryAfter = options.retryAfter;
  }
}

/** Bad input in one named field. */
export function invalidField(pointer: string, detail: string): AppError {
  return new AppError('invalid_request', `${pointer} ${detail}`, { fields: [{ pointer, detail }] });
}
