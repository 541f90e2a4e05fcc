import { fileURLToPath } from 'node:url';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { newArticleId } from '../../functions/_shared/editorial.ts';
import { loadSeeds } from '../../functions/load-seeds/load-seeds.ts';
import { readSeeds } from '../../functions/load-seeds/read-seeds.ts';
import { handler as rerenderHandler } from '../../functions/rerender-articles/handler.ts';
import { openClient } from '../../store/database.ts';
import { workingCopyKey } from '../../store/keys.ts';
import { isGranted, type Use } from './grant-uses.ts';
import { useGrantedDesk, walked } from './granted-desk.ts';
import { functionIds } from './synthesized.ts';

const granted = useGrantedDesk();
const { engine, desk, uses, does, calls, changes, draft, published } = granted;
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describe('a role allows all that its function asks of the tables:', () => {
  test('from draft to page and back, with slugs that are taken, keys that are repeated, and names that change', async () => {
    const body = {
      headline: 'Granted twice',
      section: 'world',
      tags: ['a'],
      topics: ['medtop:16000000'],
      authors: [{ name: 'B' }],
      body: { text: 'T.' },
    };
    const first = await calls('createArticle', { body, headers: { 'idempotency-key': 'g-1' } });
    const second = await calls('createArticle', { body });
    await calls('importWireCopy', {
      body: 'World\n\nHeadline\n\nALMATY, Jan 6 (Reuters) - Text.\n',
      headers: { 'idempotency-key': 'g-2' },
    });
    const live = await changes('publishArticle', first.json, { headers: { 'idempotency-key': 'g-3' } });
    const numbered = await changes('publishArticle', second.json);
    expect(numbered.publication?.slug).toBe('granted-twice-2');
    const patch = { slug: 'renamed', tags: ['b'], section: 'conflicts-and-war' };
    const renamed = await changes('updateArticle', live, { body: patch });
    const again = await changes('publishArticle', renamed);
    expect((await calls('getPublishedArticle', { path: { slug: 'granted-twice' } })).status).toBe(301);
    await calls('listPublishedArticles', { query: 'section=world' });
    await changes('unpublishArticle', again);
  });

  test('correcting, going back to a revision, and pointing at another story', async () => {
    const other = await published();
    const live = await published({ related: [other.id] });
    const edited = await changes('updateArticle', live, { body: { deck: 'A slip' } });
    const corrected = await changes('publishArticle', edited, { body: { kind: 'correction', note: 'It was two.' } });
    const reverted = await changes('revertArticle', corrected, { path: { revision: '1', articleId: live.id } });
    expect(reverted.revision).toBe(3);
    const withdrawn = await changes('unpublishArticle', reverted);
    // Its correction comes back with it.
    await changes('publishArticle', withdrawn);
  });

  test('editing, publishing and withdrawing what something is scheduled for', async () => {
    const schedule = async (body: object) => await changes('scheduleArticle', await draft(), { body });
    await changes('publishArticle', await schedule({ publishAt: inAnHour() }));
    await changes('updateArticle', await schedule({ publishAt: inAnHour() }), { body: { deck: 'Edited' } });
    const live = await published();
    await changes('unpublishArticle', await changes('scheduleArticle', live, { body: { unpublishAt: inAnHour() } }));
  });

  test('loading the seeds', async () => {
    const seeds = await readSeeds(fileURLToPath(new URL('../../seeds', import.meta.url)), 'en', new Date());
    // One more of the same headline, so that its slug is taken, which points at the first.
    const stories = seeds.stories.flatMap((story) => [
      story,
      { ...story, id: newArticleId(new Date()), article: { ...story.article, related: [story.id] } },
    ]);
    const client = openClient(granted.endpoint());
    const done = await does('load-seeds', () => loadSeeds({ ...desk.database(), client }, { ...seeds, stories }));
    client.destroy();
    expect(done.loaded).toHaveLength(2);
  });

  test('rendering anew what is public, and taking away what should not be', async () => {
    const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
    const other = await published();
    const live = await published({ headline: 'Rendered', related: [other.id], tags: ['a'] });
    const head = await engine.client.send(
      new GetCommand({ TableName: engine.editorialTable, Key: workingCopyKey(live.id) }),
    );
    const patch = { slug: `renamed-${live.id}`, tags: ['b'] };
    await changes('publishArticle', await changes('updateArticle', live, { body: patch }));
    const withdrawn = { ...head.Item, publication: { ...head.Item?.publication, state: 'withdrawn', listKeys: [] } };
    for (const Item of [head.Item, withdrawn]) {
      await engine.client.send(new PutCommand({ TableName: engine.editorialTable, Item }));
      expect(await does('rerender-articles', () => rerenderHandler({}, context))).toMatchObject({ failed: [] });
    }
  });

  test('and not what it does not ask: reading a draft is refused to the public functions', () => {
    const use: Use = { table: 'editorial', action: 'GetItem', key: 'ARTICLE#x', inTransaction: false };
    expect(isGranted('get-published-article', use)).toBe(false);
    expect(isGranted('read-articles', use)).toBe(true);
    expect(isGranted('publish-article', { ...use, action: 'PutItem' })).toBe(false);
    expect(isGranted('publish-article', { ...use, action: 'PutItem', inTransaction: true })).toBe(true);
  });
});

describe('a role allows nothing that its function never asks:', () => {
  test.each(walked['grants.test.ts'])('%s', (id) => {
    expect(uses.unused(id)).toEqual([]);
  });

  test('which is tried of every function that has a table', () => {
    const tried = Object.values(walked).flat();
    expect(tried.toSorted()).toEqual(functionIds.filter((id) => !['get-health', 'purge-edge'].includes(id)).toSorted());
  });
});
