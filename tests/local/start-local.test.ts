import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { processIdentity } from '../../local/process-identity.ts';
import { type LocalOptions, type LocalSystem, startLocal } from '../../local/start-local.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const folder = useTemporaryFolder();
const listing = { items: [{ slug: 'a-story', headline: 'A <b>story</b>' }] };
const answers = (body: unknown) =>
  `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(JSON.stringify(body))} });`;
const echoesActor = `export const handler = async ({ requestContext }) => ({
  statusCode: 200, body: requestContext.authorizer.jwt.claims['cognito:groups'] });`;
const sees = `export const handler = async () => ({ statusCode: 200, body: JSON.stringify({
  site: process.env.SITE_URL_TEMPLATE, database: process.env.DYNAMODB_ENDPOINT, table: process.env.CONTENT_TABLE }) });`;
const loads = 'export const handler = async () => ({ sectionsAdded: [], loaded: ["1", "2"], leftAlone: ["3"] });';
const rests = 'export const handler = async () => ({});';
const breaks = `export const handler = async () => {
  throw Object.assign(new Error('seeds/a.txt:3 is too long.'), { name: 'BrokenSeed' }); };`;

beforeAll(async () => {
  await folder.write('functions/list-published-articles/index.mjs', answers(listing));
  await folder.write('functions/read-articles/index.mjs', echoesActor);
  await folder.write('functions/get-health/index.mjs', sees);
  await folder.write('functions/load-seeds/index.mjs', loads);
  await folder.write('functions/run-due/index.mjs', rests);
  await folder.write('broken/load-seeds/index.mjs', breaks);
});

const started: LocalSystem[] = [];
afterEach(async () => {
  for (const system of started.splice(0)) await system.stop();
});

async function start(options: LocalOptions = {}): Promise<LocalSystem> {
  const system = await startLocal({ port: 0, functionsFolder: folder.at('functions'), ...options });
  started.push(system);
  return system;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

test('serves with settings, tables and seeds in place, and says what it did', async () => {
  const lines: string[] = [];
  const { url, engine, gateway } = await start({ report: (line) => lines.push(line) });
  expect(await (await fetch(`${url}/health`)).json()).toEqual({
    site: `http://localhost:${gateway.port}/content/v1/articles/{slug}`,
    database: engine?.endpoint,
    table: 'dateline-content',
  });
  expect(lines).toEqual([
    `The database engine answers on ${engine?.endpoint}.`,
    'Loaded 2 stories from seeds/, 1 story left as found.',
  ]);
});

test('hands out tokens that the editorial API takes', async () => {
  const { url, token } = await start();
  const body = JSON.stringify({ role: 'editor', name: 'ana' });
  const asked = (await (await fetch(`${url}/local/tokens`, { method: 'POST', body })).json()) as Record<string, string>;
  const plain = await fetch(`${url}/local/tokens`, { method: 'POST', body, headers: { accept: 'text/plain' } });
  const roles = await Promise.all(
    [asked.token, await plain.text(), await token('admin', 'olga')].map(async (given) => {
      const headers = { authorization: `Bearer ${given}` };
      return await (await fetch(`${url}/editorial/v1/articles`, { headers })).text();
    }),
  );
  expect(roles).toEqual(['[editor]', '[editor]', '[admin]']);
  expect(Date.parse(asked.expiresAt ?? '')).toBeGreaterThan(Date.now());
});

test.each([
  ['not JSON', ['']],
  ['[]', ['']],
  ['{"role":"boss","name":"ana"}', ['/role']],
  ['{"role":"editor","name":"a b"}', ['/name']],
  ['{"role":"editor","name":""}', ['/name']],
  ['{"role":"editor","name":"ana","age/x":1}', ['/age~1x']],
  ['{}', ['/role', '/name']],
])('refuses to make a token for %s and names %j', async (body, pointers) => {
  const { url } = await start();
  const reply = await fetch(`${url}/local/tokens`, { method: 'POST', body });
  expect(reply.status).toBe(400);
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await reply.json()) as { code: string; errors: { pointer: string }[] };
  expect([problem.code, problem.errors.map(({ pointer }) => pointer)]).toEqual(['invalid_request', pointers]);
});

test('shows the links as a page to browsers and as JSON to others', async () => {
  const { url } = await start();
  const page = await (await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } })).text();
  expect(page).toContain(`<a href="${url}/content/v1/articles/a-story">A &lt;b&gt;story&lt;/b&gt;</a>`);
  expect(page).toContain(`<a href="${url}/content/v1/changes?snapshot=true">Change log</a>`);
  const { links } = (await (await fetch(url)).json()) as { links: { href: string }[] };
  expect(links.map(({ href }) => href.slice(url.length))).toEqual([
    '/content/v1/articles/a-story',
    '/content/v1/articles/a-story?format=html',
    '/content/v1/articles',
    '/content/v1/feeds/latest.rss',
    '/content/v1/news-sitemap.xml',
    '/content/v1/changes?snapshot=true',
    '/openapi.json',
    '/health',
  ]);
});

test('leaves no process and no lock behind', async () => {
  const { engine, stop } = await start({ dataFolder: folder.at('data') });
  expect(await exists(folder.at('data', 'running.json'))).toBe(true);
  await stop();
  expect(await processIdentity(engine?.pid ?? 0)).toBeUndefined();
  expect(await exists(folder.at('data', 'running.json'))).toBe(false);
});

test('tells when the engine ends by itself', async () => {
  const { engine, failed } = await start();
  process.kill(engine?.pid ?? 0, 'SIGKILL');
  expect((await failed).message).toBe(
    'The database engine ended while running (it was ended by SIGKILL): start again.',
  );
});

test('names the seed that is broken, and leaves nothing running', async () => {
  const dataFolder = folder.at('unseeded');
  const broken = start({ functionsFolder: folder.at('broken'), dataFolder });
  await expect(broken).rejects.toThrow(/^seeds\/a\.txt:3 is too long\.$/);
  expect(await exists(folder.at('unseeded', 'running.json'))).toBe(false);
});

test('starts nothing when its port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(start({ port, dataFolder: folder.at('blocked') })).rejects.toThrow(`Port ${port} is in use`);
  expect(await exists(folder.at('blocked', 'dateline.db'))).toBe(false);
  expect(await exists(folder.at('blocked', 'running.json'))).toBe(false);
  other.close();
});

test('says in one sentence that no DynamoDB answers where it should', async () => {
  const databaseEndpoint = 'http://127.0.0.1:1';
  await expect(start({ databaseEndpoint })).rejects.toThrow(`No DynamoDB answers at ${databaseEndpoint}`);
});
