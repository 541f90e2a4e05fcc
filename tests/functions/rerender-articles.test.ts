import { BatchWriteCommand, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { handler, type RerenderRequest } from '../../functions/rerender-articles/handler.ts';
import { currentSlugKey, type Key, sectionKey, workingCopyKey } from '../../store/keys.ts';
import { commit } from '../../store/transaction.ts';
import { getWorkingCopy, putWorkingCopy } from '../../store/working-copies.ts';
import { databaseOf, useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();
const desk = useDesk(engine);

const rerender = (request: RerenderRequest, milliseconds = 120_000) =>
  handler(request, { awsRequestId: 'r-1', getRemainingTimeInMillis: () => milliseconds });

async function everything() {
  let request: RerenderRequest = {};
  const runs = [];
  for (;;) {
    const progress = await rerender(request);
    runs.push(progress);
    if (progress.next === undefined) return runs;
    request = { after: progress.next };
  }
}

async function itemAt(TableName: string, Key: Key) {
  const { Item } = await engine.client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}
const put = (TableName: string, Item: Record<string, unknown> | undefined) =>
  engine.client.send(new PutCommand({ TableName, Item }));

/** What readers get of a story, and which of these tags' listings it stands in. */
async function seen(slug: string) {
  const { status, headers, body } = await desk.call('getPublishedArticle', { path: { slug } });
  return { status, etag: headers.etag, body };
}
async function inListing(section: string, id: string): Promise<boolean> {
  const { json } = await desk.call('listPublishedArticles', { query: `section=${section}&limit=100` });
  return json.items.some((item: { id: string }) => item.id === id);
}

const headOf = (id: string) => itemAt(engine.editorialTable, workingCopyKey(id));
const changeOf = async (id: string) => (await itemAt(engine.contentTable, currentSlugKey(id)))?.changeId;

async function emptyContentTable() {
  const { Items = [] } = await engine.client.send(
    new ScanCommand({ TableName: engine.contentTable, ProjectionExpression: 'pk, sk' }),
  );
  for (let start = 0; start < Items.length; start += 25) {
    const deletes = Items.slice(start, start + 25).map((Key) => ({ DeleteRequest: { Key } }));
    await engine.client.send(new BatchWriteCommand({ RequestItems: { [engine.contentTable]: deletes } }));
  }
}

describe('rerendering', () => {
  test('shows a section by its new name, without a new version or revision', async () => {
    const { id, slug } = await desk.published({ section: 'conflicts-and-war' });
    const [before, change] = [await headOf(id), await changeOf(id)];
    await engine.client.send(
      new UpdateCommand({
        TableName: engine.editorialTable,
        Key: sectionKey('conflicts-and-war'),
        UpdateExpression: 'SET #name = :name',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: { ':name': 'Conflicts' },
      }),
    );
    expect(await rerender({ articleId: id })).toMatchObject({ changed: 1, failed: [] });
    expect(JSON.parse((await seen(slug ?? '')).body).section).toEqual({ slug: 'conflicts-and-war', name: 'Conflicts' });
    expect(await headOf(id)).toEqual({ ...before, rendering: 1 });
    // What reactions follow: the edge has to forget the old name.
    expect(await changeOf(id)).not.toBe(change);
  });

  test('changes nothing, and sets nothing off, where everything is as it should be', async () => {
    const { id, slug } = await desk.published({ tags: ['kept'] });
    const [before, change] = [await seen(slug ?? ''), await changeOf(id)];
    expect(await rerender({ articleId: id })).toMatchObject({ changed: 0, unchanged: 1, failed: [] });
    expect(await seen(slug ?? '')).toEqual(before);
    expect(await changeOf(id)).toBe(change);
  });

  test('shows what was published, and not what is being edited', async () => {
    const { id, slug } = await desk.published();
    const headers = { 'if-match': '"2"' };
    await desk.call('updateArticle', { path: { articleId: id }, headers, body: { headline: 'Not yet public' } });
    await put(engine.contentTable, {
      ...(await itemAt(engine.contentTable, { pk: `SLUG#${slug}`, sk: 'DOC' })),
      etag: 'W/"old"',
    });
    expect(await rerender({ articleId: id })).toMatchObject({ changed: 1 });
    expect((await seen(slug ?? '')).body).not.toContain('Not yet public');
  });

  test('brings everything back into an empty table, to the byte', async () => {
    const stories = await Promise.all(Array.from({ length: 25 }, () => desk.published({ section: 'world' })));
    const before = await Promise.all(stories.map(({ slug }) => seen(slug ?? '')));
    await emptyContentTable();
    const runs = await everything();
    expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
    expect(await Promise.all(stories.map(({ slug }) => seen(slug ?? '')))).toEqual(before);
    for (const { id } of stories) expect(await inListing('world', id)).toBe(true);
  });

  test('goes on where it ended when there was no time for more', async () => {
    const stories = await Promise.all(Array.from({ length: 12 }, () => desk.published()));
    const first = await rerender({}, 10_000);
    expect(first.next).toBeDefined();
    await emptyContentTable();
    const rest = await rerender({ after: first.next });
    expect(rest.next).toBeUndefined();
    const [{ id } = { id: '' }] = stories.slice(-1);
    expect(await itemAt(engine.contentTable, currentSlugKey(id))).toMatchObject({ state: 'live' });
  });
});

describe('after a restore, where readers are ahead of the newsroom:', () => {
  test('an update that the newsroom does not know is taken back, and its listings with it', async () => {
    const { id, slug } = await desk.published({ section: 'world' });
    const [before, head] = [await seen(slug ?? ''), await headOf(id)];
    const path = { articleId: id };
    await desk.call('updateArticle', { path, headers: { 'if-match': '"2"' }, body: { section: 'conflicts-and-war' } });
    await desk.call('publishArticle', { path, headers: { 'if-match': '"3"' } });
    expect(await inListing('conflicts-and-war', id)).toBe(true);
    await put(engine.editorialTable, head);
    expect(await rerender({ articleId: id })).toMatchObject({ changed: 1 });
    expect(await seen(slug ?? '')).toEqual(before);
    expect(await inListing('world', id)).toBe(true);
    expect(await inListing('conflicts-and-war', id)).toBe(false);
  });

  test('a move to another address is taken back', async () => {
    const { id, slug } = await desk.published();
    const [before, head] = [await seen(slug ?? ''), await headOf(id)];
    const path = { articleId: id };
    await desk.call('updateArticle', { path, headers: { 'if-match': '"2"' }, body: { slug: `moved-${id}` } });
    await desk.call('publishArticle', { path, headers: { 'if-match': '"3"' } });
    await put(engine.editorialTable, head);
    await rerender({ articleId: id });
    expect(await seen(slug ?? '')).toEqual(before);
    expect((await seen(`moved-${id}`)).status).toBe(301);
  });

  test.each([
    ['was never published there', '"1"'],
    ['was withdrawn there', '"3"'],
  ])('a story that %s goes', async (_, version) => {
    const draft = await desk.draft({ section: 'world' });
    const path = { articleId: draft.id };
    if (version === '"3"') {
      await desk.call('publishArticle', { path, headers: { 'if-match': '"1"' } });
      await desk.call('unpublishArticle', { path, headers: { 'if-match': '"2"' } });
    }
    const head = await headOf(draft.id);
    await desk.call('publishArticle', {
      path,
      headers: { 'if-match': version },
      ...(version === '"3"' ? { body: { kind: 'refile' } } : {}),
    });
    expect(await inListing('world', draft.id)).toBe(true);
    await put(engine.editorialTable, head);
    expect(await rerender({ articleId: draft.id })).toMatchObject({ removed: 1, failed: [] });
    expect((await seen(draft.slug ?? '')).status).toBe(404);
    expect(await inListing('world', draft.id)).toBe(false);
  });
});

describe('beside the newsroom', () => {
  test('a publication at the same time is never undone', async () => {
    const { id, slug } = await desk.published();
    const path = { articleId: id };
    for (let version = 2; version < 22; version += 2) {
      const headers = (of: number) => ({ 'if-match': `"${of}"` });
      const headline = `Headline of version ${version}`;
      await desk.call('updateArticle', { path, headers: headers(version), body: { headline } });
      const [published, { failed }] = await Promise.all([
        desk.call('publishArticle', { path, headers: headers(version + 1) }),
        rerender({ articleId: id }),
      ]);
      expect(failed).toEqual([]);
      expect(published.status).toBe(200);
      expect(JSON.parse((await seen(slug ?? '')).body).headline).toBe(headline);
    }
  });

  test.each([
    ['a withdrawal', 'unpublishArticle'],
    ['a publication', 'publishArticle'],
  ] as const)('%s that began before it leaves no row of a listing behind', async (_, route) => {
    const { id } = await desk.published({ section: 'world' });
    const path = { articleId: id };
    const head = await headOf(id);
    // As an older build would have left it, which listed less: rendering adds the row of the section.
    const listKeys = head?.publication.listKeys.filter((name: string) => name !== 'section#world');
    await put(engine.editorialTable, { ...head, publication: { ...head?.publication, listKeys } });
    if (route === 'publishArticle')
      await desk.call('updateArticle', {
        path,
        headers: { 'if-match': '"2"' },
        body: { section: 'conflicts-and-war' },
      });
    const version = route === 'publishArticle' ? 3 : 2;
    const read = await getWorkingCopy(databaseOf(engine), id);
    await rerender({ articleId: id });
    const late = putWorkingCopy(databaseOf(engine), { copy: { ...read, version: version + 1 }, before: read });
    await expect(commit(databaseOf(engine), [late])).rejects.toThrow(/just rendered anew/);
    await desk.call(route, { path, headers: { 'if-match': `"${version}"` } });
    expect(await inListing('world', id)).toBe(false);
  });

  test('a draft stays where it is, and what fails is named while the others are done', async () => {
    const draft = await desk.draft();
    expect(await rerender({ articleId: draft.id })).toMatchObject({ notPublic: 1, failed: [] });
    expect(await rerender({ articleId: '01900000-0000-7000-8000-000000000000' })).toMatchObject({
      failed: [{ id: '01900000-0000-7000-8000-000000000000', reason: expect.stringMatching(/^There is no article/) }],
    });
  });
});
