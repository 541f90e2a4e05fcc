import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { publishedSectionsSchema, publishedTopicsSchema } from '../../contract/schemas/counted.ts';
import { handler } from '../../functions/count-published/handler.ts';
import { rerenderArticles } from '../../functions/rerender-articles/rerender-articles.ts';
import { siteUrlTemplate } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { useReaction } from '../support/follow.ts';
import { useProxy } from '../support/proxy.ts';
import { runSweeps, useNewsroom } from './newsroom.ts';

const engine = useEngine({ streamed: true });
const proxy = useProxy(() => engine.endpoint);
const { act, call, database, everything, published } = useNewsroom(engine, () => proxy.endpoint);

const context = { getRemainingTimeInMillis: () => 20_000 };
const { batches, settle } = useReaction(engine, 'count-published', (event) => handler(event, context));
beforeEach(() => {
  proxy.fault = () => undefined;
});

const unrest = 'medtop:20000065';
const riot = 'medtop:20000069';

async function counts() {
  await settle();
  const sections = publishedSectionsSchema.parse((await call('listPublishedSections')).json).items;
  const topics = publishedTopicsSchema.parse((await call('listPublishedTopics')).json).items;
  return {
    section: Object.fromEntries(sections.map(({ slug, name, count }) => [slug, [name, count]])),
    topic: Object.fromEntries(topics.map(({ id, name, count }) => [id, [name, count]])),
  };
}

/** What the counts should be, by the stories that are public. */
async function truth() {
  const rows = (await everything()).content.filter(({ pk, row }) => row && /^LIST#(section|topic)#/.test(String(pk)));
  const tally = Map.groupBy(rows, ({ pk }) => String(pk).slice('LIST#'.length));
  return Object.fromEntries([...tally].map(([listing, group]) => [listing, group.length]));
}

const plain = ({ section, topic }: Awaited<ReturnType<typeof counts>>) => ({
  ...Object.fromEntries(Object.entries(section).map(([slug, [, count]]) => [`section#${slug}`, count])),
  ...Object.fromEntries(Object.entries(topic).map(([id, [, count]]) => [`topic#${id}`, count])),
});

describe('the counts of sections and topics', () => {
  test('follow what is published, changed, withdrawn and killed', async () => {
    const one = await published({ section: 'world', topics: [unrest, riot] });
    const two = await published({ section: 'world', topics: [unrest] });
    expect(await counts()).toEqual({
      section: { world: ['World', 2] },
      topic: { [unrest]: ['civil unrest', 2], [riot]: ['riot', 1] },
    });
    const edited = await act('updateArticle', one, { body: { section: 'conflicts-and-war', topics: [riot] } });
    const moved = await act('publishArticle', edited);
    expect(await counts()).toEqual({
      section: { world: ['World', 1], 'conflicts-and-war': ['Conflicts & War', 1] },
      topic: { [unrest]: ['civil unrest', 1], [riot]: ['riot', 1] },
    });
    await act('unpublishArticle', moved);
    await act('killArticle', two, { role: 'admin', body: { notice: 'Not so.' } });
    expect(await counts()).toEqual({ section: {}, topic: {} });
  });

  test('count each story once, however often and in whatever order its events come', async () => {
    const one = await published({ topics: [unrest] });
    await act('publishArticle', await act('unpublishArticle', one));
    await settle();
    for (const batch of batches.toReversed()) await handler(batch, context);
    await Promise.all([...batches, ...batches].map((batch) => handler(batch, context)));
    expect(plain(await counts())).toEqual(await truth());
  });

  test('are right after fifty stories, counted side by side', async () => {
    const live = [];
    const some = () =>
      Array.from({ length: 10 }, (_, index) =>
        published({ section: index % 2 ? 'world' : 'conflicts-and-war', topics: [index % 3 ? unrest : riot] }),
      );
    while (live.length < 50) live.push(...(await Promise.all(some())));
    await Promise.all(live.slice(0, 20).map((article) => act('unpublishArticle', article)));
    await settle();
    // Shards are counted side by side, and meet in the same counters.
    await Promise.all(batches.map((batch) => handler(batch, context)));
    expect(plain(await counts())).toEqual(await truth());
  });

  test.each(['throttle', 'lose-reply', 'break-before', 'server-error'] as const)(
    'are right though the database fails half-way: %s',
    async (fault) => {
      await published({ topics: [unrest] });
      let times = 0;
      proxy.fault = (operation) => (operation === 'TransactWriteItems' && times++ < 2 ? fault : undefined);
      expect(plain(await counts())).toEqual(await truth());
    },
  );

  test('know what a section is called since, and where its stories went when it was merged', async () => {
    const { json } = await call('listSections');
    const section = json.items.find(({ slug }: { slug: string }) => slug === 'conflicts-and-war');
    await published({ section: 'conflicts-and-war' });
    const before = await counts();
    const headers = { 'if-match': `"${section.version}"` };
    const path = { section: 'conflicts-and-war' };
    await call('putSection', { role: 'admin', path, headers, body: { name: 'War & Peace' } });
    await runSweeps();
    const count = before.section['conflicts-and-war']?.[1];
    expect((await counts()).section['conflicts-and-war']).toEqual(['War & Peace', count]);
    const merging = { 'if-match': `"${section.version + 1}"` };
    await call('deleteSection', { role: 'admin', path, headers: merging, query: 'mergeInto=world' });
    await runSweeps();
    const after = await counts();
    expect(after.section).toEqual({ world: ['World', (before.section.world?.[1] as number) + (count as number)] });
    expect(plain(after)).toEqual(await truth());
  });

  test('are made right by rendering everything anew, where they were lost', async () => {
    await published({ topics: [riot] });
    await settle();
    const { content } = await everything();
    for (const { pk, sk } of content.filter(({ pk, sk }) => sk === 'COUNTED' || String(pk).startsWith('COUNTS#'))) {
      await engine.client.send(new DeleteCommand({ TableName: engine.contentTable, Key: { pk, sk } }));
    }
    expect((await counts()).section).toEqual({});
    await rerenderArticles(database(), { siteUrlTemplate, deadline: Date.now() + 60_000 });
    expect(plain(await counts())).toEqual(await truth());
  });
});
