/** A query or path parameter, as facts: `functions/_shared/parse-request.ts` checks them, the OpenAPI document prints them. */
export type Parameter =
  | {
      type: 'string';
      description: string;
      pattern?: RegExp;
      maxLength: number;
      /** What is said when the value is not of this form: "must be …". */
      form?: string;
      example?: string;
    }
  | { type: 'integer'; description: string; minimum: number; maximum: number; default?: number; example?: number }
  | { type: 'enum'; description: string; values: readonly string[] }
  /** An RFC 3339 date and time with an offset, handed on in UTC. */
  | { type: 'instant'; description: string; example?: string }
  | { type: 'boolean'; description: string };

export type Parameters = Readonly<Record<string, Parameter>>;

export const limit = {
  type: 'integer',
  description: 'How many entries a page has.',
  minimum: 1,
  maximum: 100,
  default: 20,
} as const satisfies Parameter;

export const cursor = {
  type: 'string',
  description: 'Where the page starts: `nextCursor` of the page before it. Opaque, and good for the same listing only.',
  pattern: /^[A-Za-z0-9_-]+$/,
  maxLength: 500,
  form: 'must be the nextCursor of a page of this listing',
} as const satisfies Parameter;

export const section = {
  type: 'string',
  description: 'The slug of a section.',
  pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  maxLength: 120,
  form: 'must be the slug of a section',
  example: 'conflicts-and-war',
} as const satisfies Parameter;

export const articleId = {
  type: 'string',
  description: 'The id of an article: a UUID.',
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  maxLength: 36,
  form: 'must be a UUID',
  example: '017e2f3a-5c00-7a1b-8c2d-3e4f5a6b7c8d',
} as const satisfies Parameter;

export const revision = {
  type: 'integer',
  description: 'The number of a revision.',
  minimum: 1,
  maximum: 99_999_999,
  example: 3,
} as const satisfies Parameter;

export const slug = {
  type: 'string',
  description: 'The slug of a published article.',
  // Anything longer is no slug either, and is answered like any other that nothing has.
  maxLength: 2048,
  example: 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues',
} as const satisfies Parameter;

/** The value that a request gave, or the default; undefined where neither is there. */
export type Values<P extends Parameters> = {
  [Name in keyof P]: P[Name] extends { type: 'integer' }
    ? P[Name] extends { default: number }
      ? number
      : number | undefined
    : P[Name] extends { type: 'enum'; values: readonly (infer Value)[] }
      ? Value | undefined
      : P[Name] extends { type: 'boolean' }
        ? boolean | undefined
        : string | undefined;
};
