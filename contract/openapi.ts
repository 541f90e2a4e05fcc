import * as z from 'zod/mini';
import { type ErrorCode, errors } from './errors.ts';
import { examples, wireCopyExample } from './examples.ts';
import type { Parameter } from './parameters.ts';
import { impliedErrors, largestBody, type RequestBody, type Route } from './route.ts';
import { routes } from './routes/index.ts';
import { type SchemaName, schemas } from './schemas/index.ts';

type Json = Record<string, unknown>;

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const headerDescriptions: Record<string, string> = {
  ETag: 'The version of what was answered.',
  Location: 'Where it is.',
  Link: 'The next page, `rel="next"`.',
  'Last-Modified': 'When this version was published.',
  'Cache-Control': 'How long it may be kept.',
  'Content-Language': 'BCP 47 tag of the article.',
};

/** The whole API as an OpenAPI 3.1 document, from the route table. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of Object.values<Route>(routes)) {
    const path = paths[openApiPath(route)] ?? {};
    paths[openApiPath(route)] = path;
    path[route.method.toLowerCase()] = operation(route);
    if (route.permission === 'public' && route.method === 'GET') path.head = headOperation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dateline',
      version: '0.1.0',
      description: 'A headless CMS for newsrooms: editors write through `/editorial`, frontends read from `/content`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      { url: '/', description: 'Where this document was served from: the edge of a stage, or the local system.' },
    ],
    tags: [
      { name: 'editorial', description: 'The desk. Never cached; each change names the version it is based on.' },
      { name: 'content', description: 'What the public sees. Cached.' },
      { name: 'preview', description: 'What the desk shows to whoever holds a link. Never cached.' },
      { name: 'operations', description: 'For those who run it.' },
    ],
    security: [{ bearer: [] }],
    paths,
    components: { schemas: schemaComponents(), securitySchemes: { bearer: bearer() } },
  };
}

/** OpenAPI has no parameter that takes slashes along: `{feed+}` is written `{feed}` there. */
export function openApiPath({ path }: Pick<Route, 'path'>): string {
  return path.replace('+}', '}');
}

function bearer(): Json {
  return {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of the stage’s user pool. Its groups (or scopes, for machines) give the role: contributor, editor or admin.',
  };
}

function operation(route: Route): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    description: `${route.description}\n\nRole: ${route.permission}.`,
    tags: [tagOf(route)],
    ...(route.permission === 'public' ? { security: [] } : {}),
    parameters: parametersOf(route),
    ...(route.body ? { requestBody: requestBody(route.body) } : {}),
    responses: responsesOf(route),
  };
}

function headOperation(route: Route): Json {
  const { requestBody: _, ...rest } = operation(route);
  return {
    ...rest,
    operationId: `${route.id}Head`,
    summary: `${route.summary}: headers only`,
    responses: Object.fromEntries(
      Object.entries(responsesOf(route)).map(([status, { content: __, ...response }]) => [status, response]),
    ),
  };
}

function tagOf(route: Route): string {
  return ['editorial', 'content', 'preview'].find((tag) => route.path.startsWith(`/${tag}/`)) ?? 'operations';
}

function parametersOf(route: Route): Json[] {
  const header = (name: string, required: boolean, description: string, example: string) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
    example,
  });
  const list = (place: string, parameters: Readonly<Record<string, Parameter>> = {}) =>
    Object.entries(parameters).map(([name, parameter]) => ({
      name,
      in: place,
      required: place === 'path',
      description: parameter.description,
      schema: parameterSchema(parameter),
      // Commas between the values.
      ...(parameter.type === 'list' ? { style: 'form', explode: false } : {}),
      ...('example' in parameter ? { example: exampleOf(parameter) } : {}),
    }));
  return [
    ...list('path', route.pathParameters),
    ...list('query', route.query),
    ...(route.ifMatch
      ? [header('If-Match', route.ifMatch === true, 'The ETag of what the change is based on.', '"1"')]
      : []),
    ...(route.ifMatch === 'or none'
      ? [header('If-None-Match', false, 'In place of If-Match: `*`, for something that is not there yet.', '*')]
      : []),
    ...(route.idempotencyKey
      ? [
          header(
            'Idempotency-Key',
            false,
            'Chosen by the caller; a repeat within 24 hours gets the first answer again.',
            '"a2f0e3"',
          ),
        ]
      : []),
    ...(route.reply.headers.includes('ETag') && route.permission === 'public'
      ? [header('If-None-Match', false, 'An ETag that the reader has; 304 if it is still current.', 'W/"x"')]
      : []),
  ];
}

function exampleOf(parameter: Extract<Parameter, { example?: unknown }>): unknown {
  return parameter.type === 'list' ? parameter.example?.split(',') : parameter.example;
}

function parameterSchema(parameter: Parameter): Json {
  if (parameter.type === 'enum')
    return {
      type: 'string',
      enum: [...parameter.values],
      ...(parameter.default === undefined ? {} : { default: parameter.default }),
    };
  if (parameter.type === 'list') {
    const { values, pattern, maxItems } = parameter;
    const item = { type: 'string', ...(values ? { enum: [...values] } : {}), ...(pattern ? patternOf(pattern) : {}) };
    return { type: 'array', items: item, maxItems };
  }
  if (parameter.type === 'boolean') return { type: 'boolean' };
  if (parameter.type === 'instant') return { type: 'string', format: 'date-time' };
  if (parameter.type === 'integer') {
    const { type, minimum, maximum } = parameter;
    return { type, minimum, maximum, ...(parameter.default === undefined ? {} : { default: parameter.default }) };
  }
  const { type, pattern, maxLength } = parameter;
  return { type, maxLength, ...(pattern ? patternOf(pattern) : {}) };
}

const patternOf = ({ source }: RegExp) => ({ pattern: source.replaceAll('(?:', '(') });

function requestBody(body: RequestBody): Json {
  if (!('schema' in body))
    return {
      required: true,
      description: body.description,
      content: { 'text/plain': { schema: { type: 'string', maxLength: largestBody }, example: wireCopyExample } },
    };
  const media = { schema: ref(body.name), example: examples[body.name] };
  return { required: !body.optional, content: Object.fromEntries(body.mediaTypes.map((type) => [type, media])) };
}

function responsesOf(route: Route): Record<string, Json> {
  const { status, schema, headers, alsoAs = [] } = route.reply;
  const responses: Record<string, Json> = {
    [status]: {
      description: { 200: 'As asked.', 201: 'Made.', 301: 'What was asked for is at another address.' }[status],
      headers: Object.fromEntries(
        headers.map((name) => [name, { description: headerDescriptions[name], schema: { type: 'string' } }]),
      ),
      ...(schema || alsoAs.length > 0
        ? {
            content: {
              ...(schema ? { 'application/json': { schema: ref(schema), example: examples[schema] } } : {}),
              ...Object.fromEntries(alsoAs.map((type) => [type, { schema: { type: 'string' } }])),
            },
          }
        : {}),
    },
  };
  if (route.permission === 'public' && headers.includes('ETag'))
    responses[304] = { description: 'The reader has the current version already.' };
  if (route.redirects)
    responses[301] = {
      description: 'What was asked for is at another address now.',
      headers: { Location: { description: 'Its address now.', schema: { type: 'string' } } },
    };
  if (route.permission !== 'public')
    responses[401] = {
      description: 'No token, or one that is expired or not ours. Answered by the gateway.',
      content: { 'application/json': { schema: ref('GatewayMessage'), example: examples.GatewayMessage } },
    };
  for (const [code, response] of problemResponses([...impliedErrors(route), ...route.errors]))
    responses[code] = response;
  return responses;
}

function problemResponses(codes: readonly ErrorCode[]): [number, Json][] {
  const byStatus = Map.groupBy([...new Set(codes)].sort(), (code) => errors[code].status);
  return [...byStatus].map(([status, group]) => [
    status,
    {
      description: group.map((code) => `\`${code}\`: ${errors[code].title.replaceAll('’', "'")}.`).join(' '),
      content: {
        'application/problem+json': {
          schema: ref('Problem'),
          example: problemExample(group[0] ?? 'unexpected'),
        },
      },
    },
  ]);
}

function problemExample(code: ErrorCode): Json {
  const { errors: fields, ...example } = examples.Problem as Json;
  const { status, title } = errors[code];
  const common = { ...example, type: `urn:dateline:problem:${code}`, title, status, code };
  return code === 'invalid_request' ? { ...common, errors: fields } : { ...common, detail: `${title}.` };
}

/** Requests are described as they may be written, everything else as it is answered. */
const requestSchemas: readonly SchemaName[] = [
  'ArticleInput',
  'ArticlePatch',
  'KillRequest',
  'LockRequest',
  'NoteRequest',
  'PreviewLinkRequest',
  'PublishRequest',
  'ReturnRequest',
  'ScheduleRequest',
  'SectionInput',
];

/** The named schemas, and beside them the parts (`id` in zod's registry) that several of them share. */
function schemaComponents(): Json {
  const components: Json = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const written = requestSchemas.includes(name as SchemaName);
    const {
      $schema: _,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, { io: written ? 'input' : 'output', unrepresentable: 'any' });
    // A part may be written in more ways than it is answered, so the written form has a name of its own.
    const partName = (id: string) => (written ? `${id}Written` : id);
    const placed = (part: unknown) =>
      JSON.parse(
        JSON.stringify(part, (key, value) =>
          key === '$ref'
            ? String(value).replace(/^#\/\$defs\/(.+)$/, (__, id) => `#/components/schemas/${partName(id)}`)
            : value,
        ),
      );
    components[name] = placed(own);
    for (const [id, { id: ___, ...part }] of Object.entries($defs as Record<string, Json>))
      components[partName(id)] = placed(part);
  }
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b, 'en')));
}
