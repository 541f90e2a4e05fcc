import { formats } from './formats.ts';

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
  | {
      type: 'enum';
      description: string;
      values: readonly string[];
      default?: string;
      /** What another value is refused with, where that is not the request’s form. */
      refusedWith?: 'not_acceptable';
    }
  /** Values with commas between them, in any order: handed on sorted, each once. */
  | {
      type: 'list';
      description: string;
      /** The values that there are, or the form of one. */
      values?: readonly string[];
      pattern?: RegExp;
      maxItems: number;
      form?: string;
      example?: string;
    }
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

export const topic = {
  type: 'string',
  description: 'The id of an IPTC Media Topic.',
  pattern: /^medtop:\d{8}$/,
  maxLength: 15,
  form: 'must be an IPTC Media Topic such as medtop:20000065',
  example: 'medtop:20000065',
} as const satisfies Parameter;

/** A name that a listing is kept for, however it is spelled in capitals. */
export const listedName = (what: string) =>
  ({
    type: 'string',
    description: `The name of ${what}; capitals and width make no difference.`,
    pattern: /\S/,
    maxLength: 200,
    form: 'must not be empty',
  }) as const satisfies Parameter;

export const language = {
  type: 'string',
  description: 'A BCP 47 tag: `en` finds `en-GB` too.',
  pattern: /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/,
  maxLength: 35,
  form: 'must be a BCP 47 language tag such as en or pt-BR',
  example: 'en',
} as const satisfies Parameter;

export const instantOf = (description: string) => ({ type: 'instant', description }) as const satisfies Parameter;

export const version = {
  type: 'string',
  description: 'The id of a version, as the list of versions has it.',
  // Whatever it holds, what is no version’s is answered like one that is not there.
  maxLength: 2048,
  example: 'Zk1WbnJ0a0o5cFlTN2JxZTIwMjItMDEtMDZUMTI6MDA6MDAuMDAwWiMwMDAwMDAwMQ',
} as const satisfies Parameter;

export const format = {
  type: 'enum',
  description: 'The form to have it in. The edge makes it of `Accept` where that asks for another one than JSON.',
  values: Object.keys(formats) as (keyof typeof formats)[],
  default: 'json',
  refusedWith: 'not_acceptable',
} as const satisfies Parameter;

export const fieldsOf = <Field extends string>(values: readonly Field[]) =>
  ({
    type: 'list',
    description: 'The fields to answer with, instead of all of them. Of JSON alone.',
    values,
    maxItems: values.length,
    example: 'headline,slug',
  }) as const satisfies Parameter;

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
      ? P[Name] extends { default: string }
        ? Value
        : Value | undefined
      : P[Name] extends { type: 'list' }
        ? P[Name] extends { values: readonly (infer Value)[] }
          ? Value[] | undefined
          : string[] | undefined
        : P[Name] extends { type: 'boolean' }
          ? boolean | undefined
          : string | undefined;
};
