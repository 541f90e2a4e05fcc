import { AppError, type FieldError, invalidField } from '../../contract/errors.ts';
import type { Parameter, Parameters } from '../../contract/parameters.ts';
import { unreadableText } from '../../contract/readable-text.ts';
import type { Route } from '../../contract/route.ts';
import type { HttpEvent } from './request.ts';

type Problem = FieldError & { refusedWith?: 'not_acceptable' };

/** Path and query parameters as the route describes them. Throws `invalid_request` naming each one that is wrong. */
export function parseParameters(route: Route, event: HttpEvent) {
  const problems: Problem[] = [];
  const path: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(route.pathParameters ?? {}))
    path[name] = parseParameter(parameter, event.pathParameters?.[name], name, problems);
  const query = parseQuery(route.query ?? {}, event.rawQueryString, problems);
  if (problems.length > 0) {
    // That there is no such format has a status of its own, where nothing else is wrong.
    const code = problems.every(({ refusedWith }) => refusedWith) ? 'not_acceptable' : 'invalid_request';
    const fields = problems.map(({ pointer, detail }) => ({ pointer, detail }));
    const named = problems.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    throw new AppError(code, named.slice(0, 2000), { fields });
  }
  return { path, query };
}

/** A query of a thousand unknown names is not worth an answer a hundred times as long. */
const mostProblems = 50;

function parseQuery(parameters: Parameters, rawQuery: string, problems: Problem[]): Record<string, unknown> {
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

function parseParameter(parameter: Parameter, value: string | undefined, pointer: string, problems: Problem[]) {
  if (value === undefined) return 'default' in parameter ? parameter.default : undefined;
  const detail = parameterProblem(parameter, value);
  if (detail === undefined) return parameterValue(parameter, value);
  const refusedWith = parameter.type === 'enum' ? parameter.refusedWith : undefined;
  problems.push({ pointer, detail, ...(refusedWith ? { refusedWith } : {}) });
  return undefined;
}

function parameterValue({ type }: Parameter, value: string): unknown {
  if (type === 'integer') return Number(value);
  if (type === 'boolean') return value === 'true';
  if (type === 'list') return [...new Set(value.split(','))].sort();
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
    case 'list':
      return listProblem(parameter, value);
    case 'string':
      return textProblem(parameter, value);
  }
}

function listProblem({ values, pattern, maxItems, form }: Parameter & { type: 'list' }, value: string) {
  const items = value.split(',', maxItems + 1);
  if (items.length > maxItems) return `must have at most ${maxItems} values`;
  const wrong = items.find((item) => !(values?.includes(item) ?? pattern?.test(item) ?? true));
  if (wrong === undefined) return undefined;
  return form ?? `has ${JSON.stringify(wrong.slice(0, 100))}, and there are ${values?.join(', ')}`;
}

function textProblem({ maxLength, pattern, form }: Parameter & { type: 'string' }, value: string): string | undefined {
  if (value.length > maxLength) return `must be at most ${maxLength} characters`;
  // What has no form of its own is looked for, whatever it is, and answered like anything that is not there.
  if (!pattern) return undefined;
  return unreadableText(value) ?? unless(pattern.test(value), form ?? 'is not of its form');
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
