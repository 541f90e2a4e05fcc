import { fileURLToPath } from 'node:url';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type FunctionId, type RouteId, routes } from '../../contract/routes/index.ts';
import { loadSeeds } from '../../functions/load-seeds/load-seeds.ts';
import { readSeeds } from '../../functions/load-seeds/read-seeds.ts';
import { handler as rerenderHandler } from '../../functions/rerender-articles/handler.ts';
import { grants, tableAccess } from '../../infra/grants.ts';
import { openClient } from '../../store/database.ts';
import { workingCopyKey } from '../../store/keys.ts';
import { type Call, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { type Seen, useProxy } from '../support/proxy.ts';

// The embedded engine refuses nobody. So that no grant is missed before AWS refuses a newsroom, what each function asks of
// the tables is recorded on the way, and held against what its role allows.
const engine = useEngine();
const proxy = useProxy(() => engine.endpoint);
const desk = useDesk(engine, () => proxy.endpoint);

type Use = { table: string; index?: string; action: string; key: string; inTransaction: boolean };
type Json = Record<string, { S?: string } & Record<string, unknown>>;

beforeEach(() => {
  proxy.seen.length = 0;
});

function usesOf({ operation, asked }: Seen): Use[] {
  const { TableName, Key, Item, IndexName, ExpressionAttributeValues, RequestItems, TransactItems } = asked as {
    TableName: string;
    Key?: Json;
    Item?: Json;
    IndexName?: string;
    ExpressionAttributeValues?: Json;
    RequestItems?: Record<string, { Keys: Json[] }>;
    TransactItems?: Record<string, { TableName: string; Key?: Json; Item?: Json }>[];
  };
  const keyIn = (item: Json | undefined) => item?.pk?.S ?? '';
  if (TransactItems)
    return TransactItems.flatMap((entry) =>
      Object.entries(entry).map(([name, write]) => ({
        table: write.TableName,
        action: `${name}Item`,
        key: keyIn(write.Key ?? write.Item),
        inTransaction: true,
      })),
    );
  if (RequestItems)
    return Object.entries(RequestItems).flatMap(([table, { Keys }]) =>
      Keys.map((key) => ({ table, action: operation, key: keyIn(key), inTransaction: false })),
    );
  const queried = ExpressionAttributeValues?.[':pk'] ?? ExpressionAttributeValues?.[':partition'];
  const key = operation === 'Query' ? (queried?.S ?? '') : keyIn(Key ?? Item);
  return [
    { table: TableName, ...(IndexName ? { index: IndexName } : {}), action: operation, key, inTransaction: false },
  ];
}

function isGranted(id: FunctionId, use: Use): boolean {
  const table = use.table === engine.editorialTable ? 'editorial' : 'content';
  return tableAccess(grants[id]).some(
    (access) =>
      access.table === table &&
      (access.actions as readonly string[]).includes(use.action) &&
      ('index' in access ? access.index : undefined) === use.index &&
      access.keys.some((pattern) =>
        pattern.endsWith('*') ? use.key.startsWith(pattern.slice(0, -1)) : use.key === pattern,
      ) &&
      (!('onlyInTransactions' in access) || use.inTransaction),
  );
}

function refused(id: FunctionId): string[] {
  const uses = proxy.seen.flatMap(usesOf);
  return uses.filter((use) => !isGranted(id, use)).map(({ action, table, key }) => `${id}: ${action} ${table} ${key}`);
}

async function calls(route: RouteId, call: Call): Promise<Awaited<ReturnType<typeof desk.call>>> {
  const answer = await desk.call(route, call);
  expect(refused(routes[route].function)).toEqual([]);
  expect(proxy.seen.length).toBeGreaterThan(0);
  proxy.seen.length = 0;
  return answer;
}

describe('a role allows all that its function asks of the tables:', () => {
  test('from draft to page and back, with slugs that are taken, keys that are repeated, and names that change', async () => {
    const headers = { 'idempotency-key': 'g-1' };
    const body = {
      headline: 'Granted',
      section: 'world',
      tags: ['a'],
      topics: ['medtop:16000000'],
      authors: [{ name: 'B' }],
      body: { text: 'T.' },
    };
    const first = await calls('createArticle', { body, headers });
    const second = await calls('createArticle', { body });
    await calls('importWireCopy', {
      body: 'World\n\nHeadline\n\nALMATY, Jan 6 (Reuters) - Text.\n',
      headers: { 'idempotency-key': 'g-2' },
    });
    const path = { articleId: first.json.id };
    await calls('publishArticle', { path, headers: { 'if-match': '"1"', 'idempotency-key': 'g-3' } });
    const numbered = await calls('publishArticle', {
      path: { articleId: second.json.id },
      headers: { 'if-match': '"1"' },
    });
    expect(numbered.json.publication.slug).toBe('granted-2');
    await calls('updateArticle', {
      path,
      headers: { 'if-match': '"2"' },
      body: { slug: 'renamed', tags: ['b'], section: 'conflicts-and-war' },
    });
    await calls('publishArticle', { path, headers: { 'if-match': '"3"' } });
    await calls('getArticle', { path });
    await calls('listArticles', {});
    await calls('listArticles', { query: 'stage=draft' });
    expect((await calls('getPublishedArticle', { path: { slug: 'granted' } })).status).toBe(301);
    await calls('listPublishedArticles', { query: 'section=world' });
    await calls('unpublishArticle', { path, headers: { 'if-match': '"4"' } });
  });

  test('loading the seeds', async () => {
    const seeds = await readSeeds(fileURLToPath(new URL('../../seeds', import.meta.url)), 'en', new Date());
    const client = openClient(proxy.endpoint);
    const done = await loadSeeds({ ...desk.database(), client }, seeds);
    client.destroy();
    expect(done.loaded).toHaveLength(1);
    expect(refused('load-seeds')).toEqual([]);
  });

  test('rendering anew what is public, and taking away what should not be', async () => {
    const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
    const { id } = await desk.published({ section: 'world', tags: ['a'] });
    const path = { articleId: id };
    const head = await engine.client.send(
      new GetCommand({ TableName: engine.editorialTable, Key: workingCopyKey(id) }),
    );
    await desk.call('updateArticle', {
      path,
      headers: { 'if-match': '"2"' },
      body: { slug: `renamed-${id}`, tags: ['b'] },
    });
    await desk.call('publishArticle', { path, headers: { 'if-match': '"3"' } });
    const restored = { ...head.Item, publication: { ...head.Item?.publication, state: 'withdrawn', listKeys: [] } };
    for (const Item of [head.Item, restored]) {
      await engine.client.send(new PutCommand({ TableName: engine.editorialTable, Item }));
      proxy.seen.length = 0;
      expect(await rerenderHandler({}, context)).toMatchObject({ failed: [] });
      expect(proxy.seen.length).toBeGreaterThan(0);
      expect(refused('rerender-articles')).toEqual([]);
    }
  });

  test('and not what it does not ask: reading a draft is refused to the public functions', () => {
    const use: Use = { table: engine.editorialTable, action: 'GetItem', key: 'ARTICLE#x', inTransaction: false };
    expect(isGranted('get-published-article', use)).toBe(false);
    expect(isGranted('read-articles', use)).toBe(true);
    expect(isGranted('publish-article', { ...use, action: 'PutItem' })).toBe(false);
  });
});
