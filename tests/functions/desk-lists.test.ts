import { beforeAll, describe, expect, test } from '@jest/globals';
import { type EditorialSummary, editorialPageSchema } from '../../contract/schemas/editorial-article.ts';
import { publicStates, stages } from '../../contract/stages.ts';
import type { Call } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { inMinutes, useNewsroom } from './newsroom.ts';
import { useTaxonomy } from './taxonomy.ts';

const newsroom = useNewsroom(useEngine());
const { act, call, draft, published } = newsroom;
const admin = { role: 'admin', name: 'ada' } as const;

/** All pages of a list, and how many articles were on each. */
async function listed(query: string, more: Call = admin) {
  const found: EditorialSummary[] = [];
  const sizes: number[] = [];
  let cursor = '';
  do {
    const { status, json, headers } = await call('listArticles', { query: `${query}${cursor}`, ...more });
    expect({ query, status }).toEqual({ query, status: 200 });
    const page = editorialPageSchema.parse(json);
    found.push(...page.items);
    sizes.push(page.items.length);
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    if (cursor) expect(headers.link).toContain(`cursor=${page.nextCursor}>; rel="next"`);
    else expect(headers.link).toBeUndefined();
  } while (cursor && sizes.length < 200);
  return { found, sizes };
}

const ids = (articles: readonly { id: string }[]) => articles.map(({ id }) => id);

/** Every stage and public state that there is, some of each; then three hundred and fifty drafts, so that pages are thin. */
async function fill(): Promise<void> {
  const { add, merge } = useTaxonomy(newsroom);
  await add('oil', 'Oil');
  await add('energy', 'Energy');
  const rare = { tags: ['Rare'], authors: [{ name: 'Ann Lee' }] };
  const eve = { name: 'eve' };
  const edit = async (article: Promise<{ id: string; version: number }>) =>
    act('updateArticle', await article, { body: { deck: 'D' } });
  const submit = async (article: Promise<{ id: string; version: number }>) => act('submitArticle', await article, eve);
  for (let round = 0; round < 3; round += 1) {
    const live = () => published({ ...rare, section: 'oil' });
    const withdrawn = async () => act('unpublishArticle', await live());
    for (const start of [() => draft(rare), () => edit(live()), withdrawn] as const) {
      await start();
      await submit(start());
      await act('approveArticle', await submit(start()), eve);
      const body = { publishAt: inMinutes(60 + round) };
      await act('scheduleArticle', await start(), { ...eve, body });
      if (start !== withdrawn && round > 0) continue;
      const left = await start();
      if (left.publication?.state === 'live') await act('killArticle', left, { ...admin, body: { notice: 'N.' } });
      else await act('trashArticle', left);
    }
    await act('scheduleArticle', await live(), { body: { unpublishAt: inMinutes(90) } });
  }
  await merge('oil', 1, 'energy');
  for (let count = 0; count < 350; count += 10) {
    const one = (_: unknown, index: number) => {
      const tags = count + index === 170 || count + index === 340 ? ['rare'] : ['common'];
      return call('createArticle', {
        name: `writer-${index}`,
        body: { headline: `H ${count}`, tags, section: 'world' },
      });
    };
    await Promise.all(Array.from({ length: 10 }, one));
  }
}

let all: EditorialSummary[];
beforeAll(async () => {
  await fill();
  all = (await listed('limit=100')).found;
}, 30_000);

/** Small enough for some pages, and not for a hundred of them. */
const pageOf = ({ length }: readonly unknown[]) => Math.max(3, Math.ceil(length / 8));
const seen = ({ publication }: EditorialSummary) => publication?.state ?? 'none';

describe('the desk’s list', () => {
  test('has every article once, the one changed last first', () => {
    expect(all.length).toBeGreaterThan(390);
    expect(new Set(ids(all)).size).toBe(all.length);
    const changed = all.map(({ updatedAt }) => updatedAt);
    expect(changed).toEqual([...changed].sort().reverse());
  });

  test.each([
    ...stages.map((stage) => ({ stage, publication: undefined })),
    ...publicStates.map((publication) => ({ stage: undefined, publication })),
    ...stages.flatMap((stage) => publicStates.map((publication) => ({ stage, publication }))),
  ])('of stage $stage and publication $publication is exact, in full pages', async ({ stage, publication }) => {
    const expected = all.filter(
      (article) => (!stage || article.stage === stage) && (!publication || seen(article) === publication),
    );
    const asked = `${stage ? `stage=${stage}&` : ''}${publication ? `publication=${publication}&` : ''}`;
    for (const limit of [pageOf(expected), 100]) {
      const { found, sizes } = await listed(`${asked}limit=${limit}`);
      expect(ids(found)).toEqual(ids(expected));
      expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
    }
  });

  test('has all that there is to look at, in the data of this test', () => {
    const states = new Set(all.map((article) => `${article.stage} ${seen(article)}`));
    expect(states.size).toBe(16);
  });
});

describe('what is looked for', () => {
  const [soon, later] = [inMinutes(61), inMinutes(600)];
  /** `{middle}` is when the article in the middle of all was changed. */
  type Looked = [query: string, test: (article: EditorialSummary) => boolean];
  const tagged = (name: string) => (article: EditorialSummary) =>
    article.tags.some((tag) => tag.toLowerCase() === name);
  const due = (article: EditorialSummary, before: string) =>
    [article.schedule?.publishAt, article.schedule?.unpublishAt].some((at) => at != null && at < before);
  const middle = () => all[200]?.updatedAt ?? '';

  const looked: Looked[] = [
    ['tag=rare', tagged('rare')],
    ['tag=RARE&stage=draft', (article) => tagged('rare')(article) && article.stage === 'draft'],
    ['tag=rare&publication=none', (article) => tagged('rare')(article) && seen(article) === 'none'],
    ['tag=rare&publication=withdrawn', (article) => tagged('rare')(article) && seen(article) === 'withdrawn'],
    ['tag=nothing', () => false],
    ['author=ann%20LEE', ({ authors }) => authors.length > 0],
    ['author=Ann', () => false],
    ['section=energy', ({ section }) => section === 'oil' || section === 'energy'],
    ['section=oil', ({ section }) => section === 'oil'],
    ['section=world&stage=draft', ({ section, stage }) => section === 'world' && stage === 'draft'],
    ['section=nowhere', () => false],
    ['changedSince={middle}', ({ updatedAt }) => updatedAt >= middle()],
    ['changedSince={middle}&tag=rare', (one) => one.updatedAt >= middle() && tagged('rare')(one)],
    ['changedSince=2000-01-01T00:00:00%2B06:00', () => true],
    ['changedSince=2000-01-01T00:00:00+06:00&stage=draft', ({ stage }) => stage === 'draft'],
    ['changedSince=2099-01-01T00:00:00Z', () => false],
    [`dueBefore=${soon}`, (article) => due(article, soon)],
    [`dueBefore=${later}&stage=published`, (one) => due(one, later) && one.stage === 'published'],
    ['mine=true', ({ createdBy, updatedBy }) => [createdBy.sub, updatedBy.sub].includes('sub-ada')],
    ['mine=false&tag=rare', tagged('rare')],
  ];

  test.each(looked.map(([query, test]) => ({ query, test })))(
    'is found once each, in the same order, page after page: ?$query',
    async ({ query, test }) => {
      const expected = all.filter(test);
      for (const limit of [pageOf(expected), 100]) {
        const { found } = await listed(`${query.replace('{middle}', middle())}&limit=${limit}`);
        expect(ids(found)).toEqual(ids(expected));
      }
    },
  );

  test('may leave a page thin, which leads on all the same', async () => {
    const { sizes, found } = await listed('tag=rare&limit=100');
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes[0]).toBeLessThan(100);
    expect(found.length).toBeGreaterThan(20);
  });

  test('is mine by whoever asks', async () => {
    const { found } = await listed('mine=true&limit=10', { role: 'contributor', name: 'writer-3' });
    expect(ids(found)).toEqual(ids(all.filter(({ createdBy }) => createdBy.username === 'writer-3')));
    expect(found).toHaveLength(35);
  });

  test('leaves out killed stories for all but admins, without ending there', async () => {
    const { found } = await listed('tag=rare&limit=2', { role: 'editor' });
    expect(ids(found)).toEqual(ids(all.filter((one) => tagged('rare')(one) && one.stage !== 'killed')));
    expect((await listed('stage=killed&limit=1', { role: 'contributor' })).found).toEqual([]);
  });

  test('of the last days of the calendar is nothing, and no fault of ours', async () => {
    for (const at of ['9999-12-31T00:00:00Z', '9999-12-31T23:59:59-01:00']) {
      const { status, json } = await call('listArticles', { query: `changedSince=${at}` });
      expect(status === 400 || (status === 200 && json.items.length === 0)).toBe(true);
    }
  });
});
