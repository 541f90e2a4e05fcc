import { AppError, type FieldError, invalidField } from '../../contract/errors.ts';
import { fieldErrors } from '../../contract/field-errors.ts';
import type { Parameter, Parameters } from '../../contract/parameters.ts';
import { unreadableText } from '../../contract/readable-text.ts';
import { largestBody, type RequestBody, type Route } from '../../contract/route.ts';
import type { HttpEvent } from './request.ts';

/** Path and query parameters as the route describes them. Throws `invalid_request` naming each one that is wrong. */
export function parseParameters(route: Route, event: HttpEvent) {
  const problems: FieldError[] = [];
  const path: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(route.pathParameters ?? {}))
    path[name] = parseParameter(parameter, event.pathParameters?.[name], name, problems);
  const query = parseQuery(route.query ?? {}, event.rawQueryString, problems);
  if (problems.length > 0) {
    const named = problems.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    throw new AppError('invalid_request', named.slice(0, 2000), { fields: problems });
  }
  return { path, query };
}

/** A query of a thousand unknown names is not worth an answer a hundred times as long. */
const mostProblems = 50;

function parseQuery(parameters: Parameters, rawQuery: string, problems: FieldError[]): Record<string, unknown> {
  const given = new URLSearchParams(rawQuery);
  const known = Object.keys(parameters);
  for (const name of [...new Set(given.keys())].slice(0, mostProblems)) {
    const pointer = `?${name.slice(0, 100)}`;
    if (!Object.hasOwn(parameters, name))
      problems.push({
        pointer,
        detail: `is not a parameter here; ${known.length ? `there are ${known.join(', ')}` : 'there are none'}`,
      });
    else if (given.getAll(name).length > 1) problems.push({ pointer, detail: 'is given more than once' });
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      parseParameter(parameter, given.get(name) ?? undefined, `?${name}`, problems),
    ]),
  );
}

function parseParameter(parameter: Parameter, value: string | undefined, pointer: string, problems: FieldError[]) {
  if (value === undefined) return parameter.type === 'integer' ? parameter.default : undefined;
  const detail = parameterProblem(parameter, value);
  if (detail === undefined) return parameterValue(parameter, value);
  problems.push({ pointer, detail });
  return undefined;
}

function parameterValue({ type }: Parameter, value: string): unknown {
  if (type === 'integer') return Number(value);
  if (type === 'boolean') return value === 'true';
  return type === 'instant' ? instantFrom(value) : value;
}

const instantForm = /^(\d{4})-(\d\d)-(\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** In UTC. The plus of an offset is a space to whoever decodes a query, unless it was written as %2B. */
function instantFrom(value: string): string | undefined {
  const text = value.replace(' ', '+');
  const [, year, month, day] = instantForm.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // JavaScript takes the 30th of February for a day of March.
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return undefined;
  const time = Date.parse(text);
  const utc = Number.isNaN(time) ? '' : new Date(time).toISOString();
  // An offset can take a time out of the years that are written in four digits, which sort as text.
  return /^\d{4}-/.test(utc) ? utc : undefined;
}

function parameterProblem(parameter: Parameter, value: string): string | undefined {
  switch (parameter.type) {
    case 'integer': {
      const { minimum, maximum } = parameter;
      const number = /^-?\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      return unless(number >= minimum && number <= maximum, `must be a whole number from ${minimum} to ${maximum}`);
    }
    case 'enum':
      return unless(parameter.values.includes(value), `must be one of ${parameter.values.join(', ')}`);
    case 'boolean':
      return unless(['true', 'false'].includes(value), 'must be true or false');
    case 'instant':
      return unless(
        instantFrom(value) !== undefined,
        'must be an RFC 3339 date and time with an offset, such as 2022-01-06T12:00:00Z',
      );
    case 'string':
      return textProblem(parameter, value);
  }
}

function textProblem({ maxLength, pattern, form }: Parameter & { type: 'string' }, value: string): string | undefined {
  if (value.length > maxLength) return `must be at most ${maxLength} characters`;
  return unless(!pattern || pattern.test(value), form ?? 'is not of its form');
}

function unless(holds: boolean, problem: string): string | undefined {
  return holds ? undefined : problem;
}

/** The version in If-Match. Throws `precondition_required` without one, `invalid_request` for what is not an ETag of ours. */
export function parseIfMatch(header: string | undefined, form: true | 'or none' = true): number {
  if (header === undefined)
    throw new AppError(
      'precondition_required',
      `Send If-Match with the ETag of what you saw, so that nobody else’s edit is lost${form === 'or none' ? ', or If-None-Match: * for something new' : ''}.`,
    );
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw invalidField('If-Match', 'must be one ETag as this API gave it, such as "3"');
  return Number(version);
}

/** The body as its route wants it. Throws `unsupported_media_type`, `too_large`, `invalid_request`. */
export function parseBody(description: RequestBody, event: HttpEvent): unknown {
  const absent = event.body === undefined || event.body === '';
  if (absent && 'optional' in description && description.optional) return parseJson(description, '{}');
  assertMediaType(description.mediaTypes, event.headers['content-type']);
  const text = textOf(event);
  if ('schema' in description) return parseJson(description, text);
  const unreadable = unreadableText(text);
  if (unreadable) throw invalidField('', `the text ${unreadable}`);
  return text;
}

function assertMediaType(allowed: readonly string[], header: string | undefined): void {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const utf8 = charset === undefined || charset.replaceAll('"', '') === 'utf-8';
  if (allowed.includes(type) && utf8) return;
  throw new AppError(
    'unsupported_media_type',
    `Content-Type must be ${allowed.join(' or ')}, in UTF-8, and it is ${header ? JSON.stringify(header.slice(0, 100)) : 'missing'}.`,
  );
}

function textOf({ body = '', isBase64Encoded }: HttpEvent): string {
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64') : undefined;
  const size = bytes?.byteLength ?? Buffer.byteLength(body);
  if (size > largestBody)
    throw new AppError('too_large', `The body is ${size} bytes, and at most ${largestBody} are taken.`);
  if (!bytes) return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid_request', 'The body is not valid UTF-8.', {
      cause,
      fields: [{ pointer: '', detail: 'must be valid UTF-8' }],
    });
  }
}

function parseJson({ schema }: Extract<RequestBody, { schema: unknown }>, text: string): unknown {
  const value = jsonOf(text);
  const result = parsed(schema, value);
  if (result.success) return result.data;
  const fields = fieldErrors(result.error, value);
  const named = fields.map(({ pointer, detail }) => `${pointer || 'the document'} ${detail}`).join('; ');
  throw new AppError('invalid_request', named.slice(0, 2000), { fields });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const detail = `is not valid JSON: ${(cause as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`;
    throw new AppError('invalid_request', `The body ${detail}`, { cause, fields: [{ pointer: '', detail }] });
  }
}

function parsed(schema: Extract<RequestBody, { schema: unknown }>['schema'], value: unknown) {
  try {
    return schema.safeParse(value);
  } catch (cause) {
    // Schemas recurse into `extras`; a hundred thousand brackets would otherwise be answered as our fault.
    if (cause instanceof RangeError && /call stack/.test(cause.message)) throw invalidField('', 'is nested too deeply');
    throw cause;
  }
}
