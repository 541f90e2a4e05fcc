import { afterEach, describe, expect, test } from '@jest/globals';
import { publishedArticleSchema } from '../../contract/schemas/published-article.ts';
import { versionChangesSchema, versionPageSchema } from '../../contract/schemas/version.ts';
import { useEngine } from '../support/engine.ts';
import { runSweeps, timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const { act, call, published } = useNewsroom(engine);

afterEach(() => {
  delete process.env.EARLIER_VERSIONS;
});

/** Published three times, a minute apart, with its end between the second and the third. */
async function history() {
  const first = await published({ body: { text: 'The bridge is open.' } });
  timePasses({ minutes: 1 });
  const edited = await act('updateArticle', first, { body: { deck: 'A deck', body: { text: 'The bridge is shut.' } } });
  const second = await act('publishArticle', edited, { body: { kind: 'correction', note: 'It is shut.' } });
  timePasses({ minutes: 1 });
  const withdrawn = await act('unpublishArticle', second);
  timePasses({ minutes: 1 });
  const third = await act('publishArticle', withdrawn);
  return { slug: third.slug ?? '', times: [first, second, withdrawn, third].map(({ updatedAt }) => updatedAt), third };
}

const versionsOf = async (slug: string, query = '') =>
  versionPageSchema.parse((await call('listArticleVersions', { path: { slug }, query })).json);

const at = async (slug: string, time: string, query = '') =>
  await call('getPublishedArticle', { path: { slug }, query: `at=${time}${query}` });

describe('the versions of a story', () => {
  test('are listed with when each began and ended, the latest first', async () => {
    const { slug, times } = await history();
    const { items } = await versionsOf(slug);
    expect(items.map(({ at: from, until, kind }) => ({ from, until, kind }))).toEqual([
      { from: times[3], until: null, kind: 'update' },
      { from: times[1], until: times[2], kind: 'correction' },
      { from: times[0], until: times[1], kind: 'initial' },
    ]);
  });

  test('come in pages, each of which knows when its first one ended', async () => {
    const { slug } = await history();
    const { items } = await versionsOf(slug);
    const found = [];
    let query = 'limit=1';
    for (;;) {
      const page = await versionsOf(slug, query);
      found.push(...page.items);
      if (page.nextCursor === null) break;
      query = `limit=1&cursor=${page.nextCursor}`;
    }
    expect(found).toEqual(items);
  });

  test('can each be had, in every form', async () => {
    const { slug } = await history();
    const { items } = await versionsOf(slug);
    const version = items.at(-1)?.id ?? '';
    const path = { slug, version };
    const { json, headers } = await call('getArticleVersion', { path });
    expect(publishedArticleSchema.parse(json)).toMatchObject({ deck: null, version: 1 });
    expect(headers['cache-control']).toBe('public, max-age=60, s-maxage=300, stale-if-error=120');
    expect(headers['x-robots-tag']).toBe('noindex');
    const text = await call('getArticleVersion', { path, query: 'format=text' });
    expect(text.body).toContain('The bridge is open.');
    expect((await call('getArticleVersion', { path, query: 'fields=deck,slug' })).json).toEqual({ deck: null, slug });
  });

  test('are compared with the one before, or with any', async () => {
    const { slug } = await history();
    const [third, second, first] = (await versionsOf(slug)).items.map(({ id }) => id);
    const changes = async (version = '', from?: string) => {
      const query = from === undefined ? '' : `from=${from}`;
      const answer = await call('compareArticleVersions', { path: { slug, version }, query });
      return answer.status === 200 ? versionChangesSchema.parse(answer.json) : answer.json;
    };
    expect(await changes(second)).toMatchObject({
      ...{ from: first, to: second, fields: [{ field: 'deck', before: null, after: 'A deck' }] },
      body: [{ change: 'changed' }],
    });
    expect(await changes(third)).toMatchObject({ from: second, fields: [], body: [] });
    expect(await changes(third, first)).toMatchObject({ from: first, to: third, fields: [{ field: 'deck' }] });
    expect(await changes(first)).toMatchObject({ status: 404, code: 'not_found' });
  });

  test.each([
    ['a letter', 'x'],
    ['dots', '..'],
    ['two thousand letters', 'a'.repeat(2000)],
    ['what looks like one', 'Zk1WbnJ0a0o5cFlTN2JxZQ'],
  ])('do not include %s', async (_, version) => {
    const { slug } = await published();
    const answer = await call('getArticleVersion', { path: { slug: slug ?? '', version } });
    expect(answer).toMatchObject({ status: 404, json: { code: 'not_found' } });
  });

  test('are none of another story', async () => {
    const [one, other] = [await history(), await history()];
    const version = (await versionsOf(one.slug)).items[0]?.id ?? '';
    expect((await call('getArticleVersion', { path: { slug: other.slug, version } })).status).toBe(404);
  });

  test('are gone with the story when it is killed, and not there while it is withdrawn', async () => {
    const { slug, third, times } = await history();
    const version = (await versionsOf(slug)).items.at(-1)?.id ?? '';
    const statuses = async () => {
      const answers = [
        await call('listArticleVersions', { path: { slug } }),
        await call('getArticleVersion', { path: { slug, version } }),
        await call('compareArticleVersions', { path: { slug, version } }),
        await at(slug, times[0] ?? ''),
      ];
      for (const { body } of answers) expect(body).not.toContain('bridge');
      return answers.map(({ status }) => status);
    };
    const withdrawn = await act('unpublishArticle', third);
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    await act('killArticle', withdrawn, { role: 'admin', body: { notice: 'Not so.' } });
    expect(await statuses()).toEqual([410, 410, 410, 410]);
  });

  test('name no story that was killed since', async () => {
    const other = await published({ headline: 'To be killed' });
    const link = { _type: 'relatedLink', _key: 'k', articleId: other.id, title: 'Words of the killed' };
    const text = { _type: 'block', _key: 'b', children: [{ _type: 'span', _key: 's', text: 'Stays.' }] };
    const first = await published({ related: [other.id], body: [text, link] });
    const edited = await act('updateArticle', first, { body: { related: [], body: { text: 'Without.' } } });
    const second = await act('publishArticle', edited);
    await act('killArticle', other, { role: 'admin', body: { notice: 'Not so.' } });
    const [, version = ''] = (await versionsOf(second.slug ?? '')).items.map(({ id }) => id);
    const { json, body } = await call('getArticleVersion', { path: { slug: second.slug ?? '', version } });
    expect(json).toMatchObject({ related: [], body: [{ _key: 'b' }] });
    expect(body).not.toContain('Words of the killed');
    await runSweeps();
  });
});

test('what a correction said of a link to a story that was killed is told nowhere', async () => {
  const other = await published({ headline: 'To be killed too' });
  const link = { _type: 'relatedLink', _key: 'k', articleId: other.id, title: 'Title of the killed' };
  const first = await published({ body: [link, { _type: 'quote', _key: 'q', text: 'It was two.' }] });
  const edited = await act('updateArticle', first, { body: { body: { text: 'It was three.' } } });
  await act('publishArticle', edited, { body: { kind: 'correction', note: 'Three, not two.' } });
  await act('killArticle', other, { role: 'admin', body: { notice: 'Not so.' } });
  await runSweeps();
  const answers = [
    await call('listCorrections'),
    await call('getFeed', { path: { feed: 'corrections.rss' } }),
    await call('getFeed', { path: { feed: 'latest.json' } }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toContain('three');
    expect(body).not.toContain('Title of the killed');
  }
});

describe('a story as of a time', () => {
  test('is what was public then', async () => {
    const { slug, times } = await history();
    expect((await at(slug, times[0] ?? '')).json).toMatchObject({ deck: null, version: 1 });
    expect((await at(slug, times[1] ?? '')).json).toMatchObject({ deck: 'A deck', version: 2 });
    const before = new Date(Date.parse(times[1] ?? '') - 1).toISOString();
    expect((await at(slug, before)).json.version).toBe(1);
    expect((await at(slug, times[3] ?? '')).json.version).toBe(4);
    expect((await at(slug, times[0] ?? '', '&format=text')).body).toContain('The bridge is open.');
  });

  test('is not there before it was published, nor while it was withdrawn', async () => {
    const { slug, times } = await history();
    const before = new Date(Date.parse(times[0] ?? '') - 1).toISOString();
    for (const time of [before, times[2] ?? '']) expect((await at(slug, time)).status).toBe(404);
  });

  test('is refused for a time to come', async () => {
    const { slug } = await published();
    const answer = await at(slug ?? '', '2999-01-01T00:00:00Z');
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ pointer: '?at' }] } });
  });
});

test('a newsroom that shows no earlier versions answers as if there were none', async () => {
  const { slug, times } = await history();
  const version = (await versionsOf(slug)).items[0]?.id ?? '';
  process.env.EARLIER_VERSIONS = 'off';
  const answers = [
    await call('listArticleVersions', { path: { slug } }),
    await call('getArticleVersion', { path: { slug, version } }),
    await call('compareArticleVersions', { path: { slug, version } }),
    await at(slug, times[0] ?? ''),
  ];
  for (const answer of answers)
    expect(answer).toMatchObject({
      status: 404,
      json: { detail: 'This newsroom shows no earlier versions of its stories.' },
    });
  expect((await call('getPublishedArticle', { path: { slug } })).status).toBe(200);
});
