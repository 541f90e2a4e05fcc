import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { build } from 'esbuild';
import { openClient } from '../store/database.ts';
import { distFolder } from '../tools/build.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Something to be timed: a bundle, the event that it is called with, and the bytes that are loaded at its start. */
export type Subject = { name: string; bundle: string; eventFile: string; bytes: number };

export const seedSlug = 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues';
const seedId = '017e2f42-9600-7747-8640-eaf09766caae';

type Call = {
  name: string;
  function: string;
  routeKey: string;
  path: string;
  pathParameters?: Record<string, string>;
  editor?: true;
};

const calls: Call[] = [
  {
    name: 'published article',
    function: 'get-published-article',
    routeKey: 'GET /content/v1/articles/{slug}',
    path: `/content/v1/articles/${seedSlug}`,
    pathParameters: { slug: seedSlug },
  },
  {
    name: 'published listing',
    function: 'list-published-articles',
    routeKey: 'GET /content/v1/articles',
    path: '/content/v1/articles',
  },
  {
    name: 'editorial article',
    function: 'read-articles',
    routeKey: 'GET /editorial/v1/articles/{articleId}',
    path: `/editorial/v1/articles/${seedId}`,
    pathParameters: { articleId: seedId },
    editor: true,
  },
];

/** Our functions as they are deployed, with an event each. */
export async function ourSubjects(): Promise<Subject[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const { sizes } = JSON.parse(await readFile(join(distFolder, '..', 'built.json'), 'utf8'));
  return await Promise.all(
    calls.map(async (call) => {
      const bundle = join(distFolder, call.function, 'index.mjs');
      const eventFile = join(folder, `${call.function}.json`);
      await writeFile(eventFile, JSON.stringify(eventOf(call)));
      return { name: call.name, bundle, eventFile, bytes: sizes[call.function] };
    }),
  );
}

function eventOf({ routeKey, path, pathParameters, editor }: Call) {
  const [method] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { 'accept-encoding': 'gzip' },
    ...(pathParameters ? { pathParameters } : {}),
    requestContext: {
      requestId: 'bench',
      http: { method },
      ...(editor
        ? {
            authorizer: {
              jwt: { claims: { sub: 's', username: 'ana', token_use: 'access', 'cognito:groups': '[editor]' } },
            },
          }
        : {}),
    },
    isBase64Encoded: false,
  };
}

/** The floors: bundled as usual, with the SDK's default credential chain. */
export async function bareSubject(name: 'bare-get' | 'bare-list'): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const bundle = join(folder, `${name}.mjs`);
  const result = await build({
    entryPoints: [join(here, `${name}.ts`)],
    outfile: bundle,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    metafile: true,
  });
  const eventFile = join(folder, 'event.json');
  await writeFile(eventFile, '{}');
  return { name, bundle, eventFile, bytes: Object.values(result.metafile.outputs)[0]?.bytes ?? 0 };
}

/** The seed story, and a page of summaries, as one would store them without thinking: nested attributes. */
export async function putBareItems(endpoint: string, table: string, story: object, summary: object): Promise<void> {
  const client = openClient(endpoint);
  await client.send(new PutCommand({ TableName: table, Item: { pk: 'BARE', sk: 'NESTED', ...story } }));
  for (let index = 0; index < 40; index += 1) {
    const Item = { pk: 'BARE-LIST', sk: String(index).padStart(3, '0'), ...summary };
    await client.send(new PutCommand({ TableName: table, Item }));
  }
  client.destroy();
}
