import { beforeAll, describe, expect, test } from '@jest/globals';
import { encodeTime } from 'ulid';
import { environmentVariables } from '../../contract/environment.ts';
import { listingQuestion } from '../../functions/list-published-articles/listing-question.ts';
import { cursorAt } from '../../store/cursor.ts';
import { listingKey } from '../../store/keys.ts';
import type { Readable } from '../../tools/cost/readable.ts';
import { inOrder, type ReadId, readIds, readOf, requestsOf } from '../../tools/cost/reads.ts';
import { useDesk } from '../support/desk.ts';
import { useProxy } from '../support/proxy.ts';
import { deep, earlierSlug } from './content-items.ts';
import { idOf, names, newest, slugOf, timeOf } from './made-stories.ts';
import { contentTableOf, sizes, useNewsrooms } from './newsrooms.ts';

const now = new Date();
const engine = useNewsrooms(now);
const proxy = useProxy(() => engine.endpoint);
const desk = useDesk(engine, () => proxy.endpoint);
const [few, many] = sizes;

let readable: Readable;
beforeAll(async () => {
  process.env[environmentVariables.contentTable] = contentTableOf(few);
  const { json } = await desk.call('listArticleVersions', { path: { slug: slugOf(0) } });
  readable = {
    ...names,
    ...{ slug: slugOf(0), earlierSlug, articleId: idOf(0), version: json.items[0].id, at: json.items[1].at },
    ids: Array.from({ length: 20 }, (_, index) => idOf(index)),
    changesCursor: changesBefore(newest - 1),
    page: timeOf(0, now).toISOString().slice(0, 10),
    token: '',
  };
});

/** Where a follower of the log is who has read, in the month of this story, all that came before it. */
function changesBefore(index: number, ...listed: string[]): string {
  const at = timeOf(index, now);
  return cursorAt(
    'changes',
    [monthOf(index), `${encodeTime(at.getTime() - 1, 10)}${'0'.repeat(16)}`, ...listed].join('|'),
  );
}

const monthOf = (index: number): string => timeOf(index, now).toISOString().slice(0, 7);

const placeOf = (index: number): string => listingKey('', timeOf(index, now).toISOString(), idOf(index)).sk;

type Asked = ReturnType<ReturnType<typeof readOf>['ask']>;
type Taken = { requests: string[]; units: number };

/** What it takes where there are so many stories. */
async function taken(size: number, id: ReadId, asked: Asked = readOf(id).ask(readable)): Promise<Taken> {
  process.env[environmentVariables.contentTable] = contentTableOf(size);
  proxy.seen.length = 0;
  const { status } = await desk.call(readOf(id).route, asked);
  expect(status).toBeLessThan(400);
  return {
    requests: inOrder(
      proxy.seen.map(({ operation }) => operation),
      readOf(id).requests,
    ),
    units: proxy.seen.reduce((sum, { readUnits }) => sum + readUnits, 0),
  };
}

const oneMore = 'after a hundred rows there is one more';
/** What answers with more where there are more stories: how many units it may take besides, and why. */
const longer: Partial<Record<ReadId, { units: number; because: string }>> = {
  ofLanguage: { units: 0.5, because: oneMore },
  ofSectionAndTag: { units: 0.5, because: oneMore },
  ofTagAndPlace: { units: 0.5, because: oneMore },
  snapshot: { units: 0.5, because: oneMore },
  newsSitemap: { units: 36, because: 'up to 360 stories more are of the last 48 hours' },
  sitemapIndex: { units: 5, because: 'it has a line for each day' },
};

/** Everything but what reads no public table. */
const contentReads = readIds.filter((id) => id !== 'preview' && id !== 'health');
const asLong = contentReads.filter((id) => !longer[id]);

describe('with 100,000 stories in place of 100', () => {
  test.each(asLong.map((id) => [id, readOf(id).what] as const))('%s takes the same: %s', async (id) => {
    const large = await taken(many, id);
    expect(large).toEqual(await taken(few, id));
    expect(large.requests).toEqual(requestsOf(readOf(id)));
    expect(large.units).toBeLessThanOrEqual(readOf(id).units);
  });

  test.each(Object.entries(longer).map(([id, { units, because }]) => [id as ReadId, units, because] as const))(
    '%s takes the same requests, and at most %d units more: %s',
    async (id, more) => {
      const [small, large] = [await taken(few, id), await taken(many, id)];
      expect(large.requests).toEqual(small.requests);
      expect(large.requests).toEqual(requestsOf(readOf(id)));
      expect(large.units).toBeLessThanOrEqual(Math.min(readOf(id).units, small.units + more));
    },
  );
});

describe('after 50,000 stories', () => {
  const listed = ['latest', 'ofSection', 'ofTag', 'ofLanguage', 'ofSectionAndTag', 'ofTagAndPlace'] as const;
  test.each(listed)('a page of %s takes what the first one takes', async (id) => {
    const { query = '' } = readOf(id).ask(readable);
    const asked = Object.fromEntries(new URLSearchParams(query));
    const { name } = listingQuestion({ ...nothingAsked, ...asked });
    const cursor = cursorAt(name, placeOf(deep - 1));
    expect(await taken(many, id, { query: `${query}&cursor=${cursor}` })).toEqual(await taken(many, id));
  });

  test('so does a page of what changed, and of what is public', async () => {
    // A page that comes to the end of a month looks into the next one too.
    const index = [deep, deep + newest].find((one) => monthOf(one) === monthOf(one - newest)) ?? deep;
    expect(await taken(many, 'changes', { query: `cursor=${changesBefore(index)}` })).toEqual(
      await taken(many, 'changes'),
    );
    const cursor = changesBefore(0, placeOf(deep - 1));
    expect(await taken(many, 'snapshot', { query: `cursor=${cursor}` })).toEqual(await taken(many, 'snapshot'));
  });

  test('so does a story, in any form', async () => {
    for (const id of ['story', 'storyAsHtml', 'someFields', 'storyById'] as const) {
      const asked = readOf(id).ask({ ...readable, slug: slugOf(deep), articleId: idOf(deep) });
      expect(await taken(many, id, asked)).toEqual(await taken(many, id));
    }
  });

  test('a page of the sitemap is one query for a day of 360', async () => {
    const page = timeOf(deep, now).toISOString().slice(0, 10);
    const { requests, units } = await taken(many, 'sitemapPage', { query: `page=${page}` });
    expect(requests).toEqual(['Query']);
    expect(units).toBeLessThanOrEqual(4 * 12.5);
  });
});

const nothingAsked = {
  ...{ section: undefined, topic: undefined, tag: undefined, place: undefined, person: undefined, author: undefined },
  ...{ language: undefined, from: undefined, to: undefined, ids: undefined, fields: undefined },
  ...{ limit: 20, cursor: undefined },
};
