import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { ArticleEvent } from '../../contract/events.ts';
import type { Route } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { handler } from '../../functions/purge-edge/handler.ts';
import { purgePaths } from '../../functions/purge-edge/purge-paths.ts';
import { handler as runDue } from '../../functions/run-due/handler.ts';
import { useCloudFront } from '../support/cloud-front.ts';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { useReaction } from '../support/follow.ts';

const engine = useEngine({ streamed: true });
const desk = useDesk(engine);
const cloudFront = useCloudFront();

const reports: string[] = [];

/** Nothing is left of its time for the pause between two purges. */
const context = { getRemainingTimeInMillis: () => 1000 };
const { batches, settle } = useReaction(
  engine,
  'purge-edge',
  (event) => handler(event, context),
  (line) => reports.push(line),
);

beforeEach(async () => {
  await settle();
  cloudFront.asked.length = 0;
  batches.length = 0;
  reports.length = 0;
  process.env.EDGE_DISTRIBUTION_ID = 'E2EXAMPLE';
  delete process.env.EDGE_PURGES;
});

async function publishedTwice(change: Record<string, unknown> = { deck: 'Changed' }) {
  const { id, slug } = await desk.published();
  const path = { articleId: id };
  const changed = await desk.call('updateArticle', { path, headers: { 'if-match': '"2"' }, body: change });
  expect(changed.status).toBe(200);
  const again = await desk.call('publishArticle', { path, headers: { 'if-match': '"3"' } });
  expect(again.status).toBe(200);
  return { path, slug, requestId: again.headers['x-request-id'] };
}

describe('what the edge forgets', () => {
  test('is nothing when a story is published for the first time: there was nothing to keep', async () => {
    await desk.published();
    await settle();
    expect(batches).toHaveLength(1);
    expect(cloudFront.asked).toEqual([]);
  });

  test('is the story in all its forms when it is published again: one path, which is what is paid for', async () => {
    const { slug } = await publishedTwice();
    await settle();
    expect(cloudFront.asked).toMatchObject([{ distribution: 'E2EXAMPLE', paths: [`/content/v1/articles/${slug}*`] }]);
  });

  test('is the old address too when the story moved', async () => {
    const { slug } = await publishedTwice({ slug: 'moved-elsewhere' });
    await settle();
    const paths = [slug, 'moved-elsewhere'].map((name) => `/content/v1/articles/${name}*`).sort();
    expect(cloudFront.asked).toMatchObject([{ paths }]);
  });

  test('is all content when a story is withdrawn, twice', async () => {
    const { id } = await desk.published();
    await desk.call('unpublishArticle', { path: { articleId: id }, headers: { 'if-match': '"2"' } });
    await settle();
    const paths = ['/content/v1/*'];
    expect(cloudFront.asked).toMatchObject([{ paths }, { paths }]);
    expect(new Set(cloudFront.asked.map(({ reference }) => reference)).size).toBe(2);
  });

  test('is what was taken down alone, on a stage that says so', async () => {
    process.env.EDGE_PURGES = 'takedowns';
    const { path } = await publishedTwice();
    await settle();
    expect(cloudFront.asked).toEqual([]);
    await desk.call('unpublishArticle', { path, headers: { 'if-match': '"4"' } });
    await settle();
    expect(cloudFront.asked[0]?.paths).toEqual(['/content/v1/*']);
  });

  test('is all once more when a link to a killed story was taken from another one, on any stage', async () => {
    process.env.EDGE_PURGES = 'takedowns';
    const wrong = await desk.published();
    await desk.published({ related: [wrong.id] });
    const headers = { 'if-match': '"2"' };
    await desk.call('killArticle', { role: 'admin', path: { articleId: wrong.id }, headers, body: { notice: 'No.' } });
    await settle();
    cloudFront.asked.length = 0;
    await runDue({}, { awsRequestId: 'clock-1', getRemainingTimeInMillis: () => 60_000 });
    await settle();
    expect(cloudFront.asked[0]?.paths).toEqual(['/content/v1/*']);
  });

  test('is nothing where there is no edge', async () => {
    delete process.env.EDGE_DISTRIBUTION_ID;
    await publishedTwice();
    await settle();
    expect(batches).not.toEqual([]);
    expect(cloudFront.asked).toEqual([]);
  });
});

describe('a batch that comes again', () => {
  test('is the same purge to CloudFront, which carries it out once', async () => {
    await publishedTwice();
    await settle();
    const [batch] = batches;
    if (!batch) throw new Error('There was no batch.');
    expect(await handler(batch, context)).toEqual({ batchItemFailures: [] });
    const [first, second] = cloudFront.asked;
    expect(second).toEqual(first);
  });

  test.each([
    ['too many purges are under way', { status: 400, code: 'TooManyInvalidationsInProgress' }],
    ['the function may not purge', { status: 403, code: 'AccessDenied' }],
  ])('is asked for when %s', async (_, refusal) => {
    await publishedTwice();
    cloudFront.refusal = refusal;
    await settle();
    expect(reports).toEqual([
      expect.stringMatching(/^purge-edge gave up \d events: it asked for them again each time\.$/),
    ]);
    const [batch] = batches;
    if (!batch) throw new Error('There was no batch.');
    const first = batch.Records[0]?.dynamodb?.SequenceNumber;
    expect(await handler(batch, context)).toEqual({ batchItemFailures: [{ itemIdentifier: first }] });
  });

  test('is not asked for when the distribution is gone', async () => {
    await publishedTwice();
    cloudFront.refusal = { status: 404, code: 'NoSuchDistribution' };
    await settle();
    expect(reports).toEqual([]);
  });
});

describe('a batch of several', () => {
  test('fails whole, so that Lambda halves it and what can be done is done', async () => {
    await publishedTwice();
    await settle();
    await publishedTwice();
    await settle();
    const Records = batches.flatMap((batch) => batch.Records);
    cloudFront.refusal = { status: 403, code: 'AccessDenied' };
    await expect(handler({ Records }, context)).rejects.toThrow('purge-edge has to be called again: ');
  });

  test('names each story of a few, and all articles at once of many: CloudFront takes 15 wildcards at a time', () => {
    expect(purgePaths(many(3, 'articleRepublished'))).toEqual([1, 2, 3].map((n) => `/content/v1/articles/s-${n}*`));
    expect(purgePaths(many(6, 'articleRepublished'))).toEqual(['/content/v1/articles*']);
    // Two addresses each.
    expect(purgePaths(many(3, 'articleRepublished', 'p-'))).toEqual(['/content/v1/articles*']);
    for (let count = 1; count <= 10; count += 1)
      expect(purgePaths(many(count, 'articleRepublished')).length).toBeLessThanOrEqual(5);
  });

  test('is all content when a story of it was taken down', () => {
    for (const type of ['articleWithdrawn', 'articleKilled'] as const)
      expect(purgePaths([...many(4, 'articleRepublished'), ...many(1, type)])).toEqual(['/content/v1/*']);
  });

  function many(count: number, type: ArticleEvent['type'], previous?: string): ArticleEvent[] {
    return Array.from({ length: count }, (_, index) => ({
      type,
      articleId: `${index}`,
      seq: 2,
      slug: `s-${index + 1}`,
      ...(previous ? { previousSlug: `${previous}${index + 1}` } : {}),
      changeId: 'c',
    }));
  }
});

test('every route of a story that may be kept begins with the path that is purged, but the one that leads there', () => {
  const [path = ''] = purgePaths([
    { type: 'articleRepublished', articleId: 'a', seq: 2, slug: 'a-story', changeId: 'c' },
  ]);
  const ofStories = Object.values<Route>(routes).filter(
    (route) => route.permission === 'public' && route.path.startsWith('/content/v1/articles/'),
  );
  const missed = ofStories.filter((route) => !route.path.replace('{slug}', 'a-story').startsWith(path.slice(0, -1)));
  expect(missed.map(({ id }) => id)).toEqual(['findPublishedArticle']);
  expect(ofStories.length).toBeGreaterThan(4);
});

describe('a record', () => {
  const record = (NewImage: Record<string, unknown>, OldImage?: Record<string, unknown>) =>
    ({
      Records: [
        {
          eventName: OldImage ? 'MODIFY' : 'INSERT',
          dynamodb: { Keys: { pk: { S: 'ARTICLE#a' }, sk: { S: 'SLUG' } }, NewImage, OldImage, SequenceNumber: '7' },
        },
      ],
    }) as unknown as DynamoDBStreamEvent;
  const live = { v: { N: '1' }, state: { S: 'live' }, slug: { S: 's' }, seq: { N: '1' }, changeId: { S: 'c1' } };

  test('of a layout that this build does not know fails, so that it is kept for one that does', async () => {
    const newer = { ...live, v: { N: '9' }, changeId: { S: 'c2' } };
    await expect(handler(record(newer, live), context)).rejects.toThrow('has the layout 9; this build reads 1');
  });

  test('without its old image fails, since a withdrawal would look like nothing', async () => {
    const withdrawn = record({ ...live, state: { S: 'withdrawn' } }, live);
    for (const { dynamodb } of withdrawn.Records) delete dynamodb?.OldImage;
    await expect(handler(withdrawn, context)).rejects.toThrow('must have new and old images');
  });

  test('of a write that changed nothing is no event', async () => {
    expect(await handler(record(live, live), context)).toEqual({ batchItemFailures: [] });
    expect(cloudFront.asked).toEqual([]);
  });
});

test('a log line leads from the purge back to the request that caused it', async () => {
  const { slug, requestId } = await publishedTwice();
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await settle();
  const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)));
  write.mockRestore();
  expect(lines).toMatchObject([
    {
      message: 'reaction',
      reaction: 'purge-edge',
      event: 'articleRepublished',
      slug,
      causedBy: requestId,
      outcome: 'done',
    },
  ]);
});
