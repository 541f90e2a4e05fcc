import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import type { PublishedSummary } from '../../contract/schemas/published-article.ts';
import { articles, published } from './desk.ts';
import type { Trial } from './trial.ts';

const topic = 'medtop:20000065';
const slug = 'ferry-runs-aground';

/** What readers of all kinds ask for, through the deployed APIs. */
export async function readers(trial: Trial): Promise<void> {
  const { report, desk, cast } = trial;
  report.begin('Readers of all kinds');
  const live = await publishStory(trial);
  await report.check('the story can be had in each format, by its id and as of a time', () => assertForms(trial, live));
  await report.check('listings by two names, by ids and by fields have it', () => assertListed(trial, live));
  await report.check('feeds and sitemaps have it, and an odd name is 404 or 406', () => assertFeeds(trial));
  await report.check('its section and topic are counted', () => assertCounted(trial));
  await report.check('a snapshot has it', async () => {
    const { json } = await trial.stage.content<{ items: { articleId: string }[] }>('/content/v1/changes?snapshot=true');
    assert.ok(json.items.some(({ articleId }) => articleId === live.id));
  });
  await report.check('a preview link shows an edit that readers do not see, until it is revoked', async () => {
    await assertPreviewed(trial, await desk.change(cast.editor, live, { deck: 'For the lawyer alone' }));
  });
}

async function publishStory({ desk, cast: { contributor, editor } }: Trial): Promise<EditorialArticle> {
  const fields = {
    headline: 'Ferry runs aground',
    section: 'world',
    topics: [topic],
    tags: ['Ferries'],
    places: ['Oslo'],
  };
  const draft = await desk.create(contributor, { ...fields, body: { markdown: 'The ferry **ran** aground.' } });
  const first = await desk.publish(editor, draft);
  return await desk.publish(editor, await desk.change(editor, first, { deck: 'Nobody is hurt' }));
}

async function assertForms({ stage }: Trial, { id }: EditorialArticle): Promise<void> {
  const read = async (query: string) => await stage.content(`${published}/${slug}${query}`);
  for (const format of ['json', 'html', 'markdown', 'text', 'wire', 'ninjs', 'jsonld']) {
    const { status, text } = await read(`?format=${format}`);
    assert.equal(status, 200, `${format}: ${text}`);
    assert.match(text, /Ferry runs aground/);
  }
  assert.deepEqual([(await read('?format=pdf')).status, (await read('?field=slug')).status], [406, 400]);
  const found = await stage.content(`${published}/by-id/${id}`);
  assert.deepEqual([found.status, found.headers.get('location')], [301, `${published}/${slug}`]);
  const { json } = await stage.content<{ items: { id: string; at: string }[] }>(`${published}/${slug}/versions`);
  assert.equal(json.items.length, 2);
  const [, first] = json.items;
  const then = await stage.content<{ deck: string | null }>(`${published}/${slug}?at=${first?.at}`);
  assert.deepEqual([then.status, then.json.deck], [200, null]);
  const changes = await stage.content(`${published}/${slug}/versions/${json.items[0]?.id}/changes`);
  assert.match(changes.text, /Nobody is hurt/);
  assert.equal((await stage.content(`${published}/${slug}/related`)).status, 200);
}

async function assertListed({ stage }: Trial, { id }: EditorialArticle): Promise<void> {
  for (const query of ['tag=ferries&place=OSLO', `topic=${topic}&section=world`, `ids=${id}`]) {
    const { status, text, json } = await stage.content<{ items: PublishedSummary[] }>(`${published}?${query}`);
    assert.equal(status, 200, text);
    assert.deepEqual([query, json.items.map((item) => item.id)], [query, [id]]);
  }
  const { json } = await stage.content<{ items: object[] }>(`${published}?fields=slug&ids=${id}`);
  assert.deepEqual(json.items, [{ slug }]);
}

async function assertFeeds({ stage }: Trial): Promise<void> {
  const names = [
    'latest.rss',
    'latest.atom',
    'latest.json',
    'sections/world.rss',
    `topics/${topic}.atom`,
    'tags/ferries.json',
  ];
  for (const path of [...names.map((name) => `feeds/${name}`), 'news-sitemap.xml']) {
    const { status, text } = await stage.content(`/content/v1/${path}`);
    assert.equal(status, 200, `${path}: ${text}`);
    assert.match(text, /ferry-runs-aground/, path);
  }
  assert.equal((await stage.content('/content/v1/feeds/oldest.rss')).status, 404);
  assert.equal((await stage.content('/content/v1/feeds/latest.pdf')).status, 406);
  assert.equal((await stage.content('/content/v1/sitemap.xml')).status, 200);
}

/** A reaction counts, some moments later. */
async function assertCounted({ stage }: Trial): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const topics = await stage.content<{ items: { id: string; count: number }[] }>('/content/v1/topics');
    const sections = await stage.content<{ items: { slug: string; count: number }[] }>('/content/v1/sections');
    const isCounted = topics.json.items.some(({ id, count }) => id === topic && count > 0);
    if (isCounted && sections.json.items.some(({ slug: section }) => section === 'world')) return;
    await pause(200);
  }
  assert.fail('Nothing was counted after half a minute.');
}

async function assertPreviewed({ stage, cast }: Trial, { id }: EditorialArticle): Promise<void> {
  const { token } = cast.editor;
  const links = `${articles}/${id}/preview-links`;
  const made = await stage.editorial<{ id: string; url: string }>(links, { token, body: { minutes: 5 } });
  assert.equal(made.status, 201, made.text);
  const path = new URL(made.json.url).pathname;
  const shown = await stage.preview(`${path}?format=text`);
  assert.match(shown.text, /For the lawyer alone/);
  assert.match(shown.headers.get('cache-control') ?? '', /no-store/);
  assert.doesNotMatch((await stage.content(`${published}/${slug}`)).text, /lawyer/);
  assert.equal((await stage.editorial(`${links}/${made.json.id}`, { method: 'DELETE', token })).status, 200);
  assert.equal((await stage.preview(path)).status, 404);
}
