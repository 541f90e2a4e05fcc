import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { breachesIn, breachesOfProject } from '../../tools/import-law.ts';

const owners = new Map([['contract/routes/publish-article.ts', 'publish-article']]);

describe('the import law', () => {
  test('is kept by the project', async () => {
    expect(await breachesOfProject(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
  });

  test.each([
    ['contract/errors.ts', "import { x } from '../domain/slug.ts';"],
    ['contract/errors.ts', "import { x } from 'ulid';"],
    ['domain/slug.ts', "import { GetCommand } from '@aws-sdk/lib-dynamodb';"],
    ['domain/slug.ts', "import { readFileSync } from 'node:fs';"],
    ['domain/slug.ts', "import type { Database } from '../store/database.ts';"],
    ['domain/slug.ts', 'const at = new Date();'],
    ['domain/slug.ts', 'const home = process.env.HOME;'],
    ['domain/slug.ts', 'const id = Math.random();'],
    ['store/keys.ts', "import { log } from '../functions/_shared/log.ts';"],
    ['store/keys.ts', "export { log } from '../functions/_shared/log.ts';"],
    ['store/keys.ts', "const late = await import('../functions/_shared/log.ts');"],
    ['functions/get-health/handler.ts', "import {\n  routes,\n} from '../../contract/routes/index.ts';"],
    ['functions/get-health/handler.ts', "import { publishArticle } from '../../contract/routes/publish-article.ts';"],
    ['functions/get-health/handler.ts', "import { handler } from '../publish-article/handler.ts';"],
    ['functions/get-health/handler.ts', "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';"],
    ['infra/app.ts', "import { publish } from '../store/publish.ts';"],
    ['local/start.ts', "import { slugFrom } from '../domain/slug.ts';"],
    ['client/client.ts', "import { routes } from '../contract/routes/index.ts';"],
  ])('is broken in %s by %j', (file, source) => {
    expect(breachesIn(file, source, owners)).toHaveLength(1);
  });

  test.each([
    ['domain/slug.ts', "import slugify from '@sindresorhus/slugify';"],
    ['domain/slug.ts', '// a comment may speak of process.env'],
    ['domain/slug.ts', 'const at = new Date(now);'],
    [
      'functions/publish-article/handler.ts',
      "import { publishArticle } from '../../contract/routes/publish-article.ts';",
    ],
    ['infra/app.ts', "import { tables } from '../store/tables.ts';"],
    ['client/client.ts', "import type { RouteId } from '../contract/routes/index.ts';"],
    ['tests/anything.ts', "import { publish } from '../store/publish.ts';"],
  ])('is kept in %s by %j', (file, source) => {
    expect(breachesIn(file, source, owners)).toEqual([]);
  });

  test('names the file and the line', () => {
    expect(breachesIn('domain/slug.ts', "const a = 1;\n\nimport x from 'ulid';")).toMatchObject([
      { file: 'domain/slug.ts', line: 3, what: expect.stringContaining('ulid') },
    ]);
  });
});
