import { describe, expect, test } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { handler as count } from '../../functions/count-published/handler.ts';
import { useGrantedDesk, walked } from './granted-desk.ts';

const { calls, changes, does, published, uses } = useGrantedDesk();

type Story = { id: string; publication: { slug: string } | null };

/** What the stream tells of a story that was published or taken down. */
function recordsOf({ id, publication }: Story, state: string): DynamoDBStreamEvent {
  const live = { v: { N: '1' }, state: { S: 'live' }, slug: { S: publication?.slug ?? '' }, seq: { N: '1' } };
  const images = {
    OldImage: { ...live, changeId: { S: 'a' } },
    NewImage: { ...live, state: { S: state }, changeId: { S: 'b' } },
  };
  const Keys = { pk: { S: `ARTICLE#${id}` }, sk: { S: 'SLUG' } };
  return { Records: [{ eventName: 'MODIFY', dynamodb: { Keys, ...images } }] };
}

const context = { getRemainingTimeInMillis: () => 20_000 };
const fields = {
  topics: ['medtop:16000000'],
  tags: ['t'],
  places: ['Almaty'],
  people: ['P'],
  authors: [{ name: 'B' }],
};

describe('a role allows all that readers ask of the tables:', () => {
  test('a story in all ways, with its versions and what is related to it', async () => {
    const other = await published(fields);
    const link = { _type: 'relatedLink', _key: 'l', articleId: other.id };
    const first = await published({ ...fields, related: [other.id], body: [link] });
    await calls('listRelatedArticles', { path: { slug: first.publication?.slug ?? '' } });
    const edited = await changes('updateArticle', first, {
      body: { slug: `at-${first.id}`, related: [], body: { text: 'T.' } },
    });
    const live = await changes('publishArticle', edited);
    const path = { slug: live.publication?.slug ?? '' };
    await calls('getPublishedArticle', { path, query: 'include=related' });
    await calls('getPublishedArticle', { path: { slug: first.publication?.slug ?? '' } });
    const at = new Date(Date.now() - 1).toISOString();
    expect((await calls('getPublishedArticle', { path, query: `at=${at}` })).status).toBe(200);
    await calls('findPublishedArticle', { path: { articleId: live.id } });
    await calls('listRelatedArticles', { path });
    await calls('listArticleVersions', { path: { slug: first.publication?.slug ?? '' } });
    const { json } = await calls('listArticleVersions', { path });
    const version = json.items.at(-1).id;
    expect((await calls('getArticleVersion', { path: { ...path, version } })).status).toBe(200);
    await calls('compareArticleVersions', { path: { ...path, version: json.items[0].id } });
  });

  test('listings, corrections, counts, the change log, feeds and sitemaps', async () => {
    const live = await published(fields);
    await does('count-published', () => count(recordsOf(live, 'live'), context));
    await calls('listPublishedArticles', { query: 'tag=t&place=almaty' });
    await calls('listPublishedArticles', { query: `ids=${live.id}` });
    await calls('listPublishedArticles', { query: 'tag=none&section=world' });
    for (const route of ['listCorrections', 'listPublishedSections', 'listPublishedTopics'] as const)
      await calls(route);
    for (const query of ['', 'snapshot=true']) await calls('listChanges', { query });
    for (const feed of ['latest.rss', 'sections/nowhere.atom', 'corrections.json'])
      await calls('getFeed', { path: { feed } });
    for (const route of ['getNewsSitemap', 'getSitemap'] as const) await calls(route);
    await changes('unpublishArticle', live);
    await does('count-published', () => count(recordsOf(live, 'withdrawn'), context));
  });
});

describe('a role allows nothing that its function never asks:', () => {
  test.each(walked['grants-readers.test.ts'])('%s', (id) => {
    expect(uses.unused(id)).toEqual([]);
  });
});
