import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { examples } from '../../contract/examples.ts';
import { openApiDocument, openApiPath } from '../../contract/openapi.ts';
import { impliedErrors, type Route } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { type SchemaName, schemas } from '../../contract/schemas/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by path
const document: any = openApiDocument();
const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (target: Ajv2020) => void)(ajv);
ajv.addSchema(document, 'openapi');

test('the committed document is the one that the route table gives', async () => {
  const committed = await readFile(new URL('../../contract/openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(committed)).toEqual(document);
});

describe('the example of', () => {
  test.each(Object.keys(schemas) as SchemaName[])(
    '%s holds to its schema, and to the published JSON Schema',
    (name) => {
      expect(schemas[name].safeParse(examples[name]).error).toBeUndefined();
      const valid = ajv.validate({ $ref: `openapi#/components/schemas/${name}` }, examples[name]);
      expect(ajv.errorsText()).toBe('No errors');
      expect(valid).toBe(true);
    },
  );
});

describe('the route', () => {
  test.each(Object.values<Route>(routes))(
    '$id is documented with its permission, its errors and its headers',
    (route) => {
      const path = openApiPath(route);
      const operation = document.paths[path][route.method.toLowerCase()];
      expect(operation.operationId).toBe(route.id);
      expect('security' in operation).toBe(route.permission === 'public');
      expect('401' in operation.responses).toBe(route.permission !== 'public');
      expect('head' in document.paths[path]).toBe(route.permission === 'public');
      const codes = [...impliedErrors(route), ...route.errors];
      const documented = JSON.stringify(operation.responses);
      for (const code of codes) expect(documented).toContain(`\`${code}\``);
      const required = operation.parameters.filter((parameter: { required: boolean }) => parameter.required);
      expect(required.some((parameter: { name: string }) => parameter.name === 'If-Match')).toBe(
        route.ifMatch === true,
      );
    },
  );

  test('ids are the names in the table, and no two routes share a method and path', () => {
    for (const [name, route] of Object.entries(routes)) expect(route.id).toBe(name);
    const places = Object.values<Route>(routes).map((route) => `${route.method} ${route.path}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
