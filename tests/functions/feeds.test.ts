import { afterEach, describe, expect, test } from '@jest/globals';
import Parser from 'rss-parser';
import { useEngine } from '../support/engine.ts';
import { timePasses, useNewsroom } from './newsroom.ts';

const engine = useEngine();
const { act, call, published } = useNewsroom(engine);

const unrest = 'medtop:20000065';
const feed = async (name: string, headers: Record<string, string> = {}) =>
  await call('getFeed', { path: { feed: name }, headers: { 'x-dateline-host': 'cms.example', ...headers } });
const parsed = async (xml: string) =>
  await new Parser<object, { id?: string; creators?: string[]; 'content:encoded'?: string }>({
    customFields: { item: [['dc:creator', 'creators', { keepArray: true }]] },
  }).parseString(xml);

afterEach(() => {
  delete process.env.FEED_HUB;
});

/** What a story’s page shows, so that none of it is found where it should not be. */
const story = (fields: Record<string, unknown> = {}) => ({
  deck: 'A deck & more',
  topics: [unrest],
  tags: ['Fuel prices'],
  authors: [{ name: 'Ana Ruiz' }, { name: 'Ben Okri' }],
  dateline: { places: ['Almaty'], date: '2022-01-06', agency: 'EFE' },
  body: { text: 'The whole first paragraph.\n\nThe last paragraph <of> it.' },
  ...fields,
});

describe('a feed', () => {
  test.each(['latest', 'sections/world', `topics/${unrest}`, 'tags/fuel prices'])(
    '%s agrees with its listing, as RSS, Atom and JSON',
    async (name) => {
      for (let count = 0; count < 3; count += 1) await published(story());
      timePasses({ seconds: 1 });
      const [kind = '', value = ''] = name.split('/');
      const query = { latest: '', sections: `section=${value}`, topics: `topic=${value}`, tags: `tag=${value}` }[kind];
      const { items } = (await call('listPublishedArticles', { query: `limit=30&${query}` })).json;
      const listed = items.map(({ id, url, headline }: Record<string, string>) => [`urn:uuid:${id}`, url, headline]);
      const rss = await parsed((await feed(`${name}.rss`)).body);
      expect(rss.items.map(({ guid, link, title }) => [guid, link, title])).toEqual(listed);
      const atom = await parsed((await feed(`${name}.atom`)).body);
      expect(atom.items.map(({ id, link, title }) => [id, link, title])).toEqual(listed);
      const { json } = await feed(`${name}.json`);
      expect(json.items.map((item: Record<string, string>) => [item.id, item.url, item.title])).toEqual(listed);
      expect(json.feed_url).toBe(`https://cms.example/content/v1/feeds/${encodeURI(name)}.json`);
    },
  );

  test.each(['latest', 'sections/world'])('%s has stories whole', async (name) => {
    const { id } = await published(story());
    const rss = await parsed((await feed(`${name}.rss`)).body);
    const item = rss.items.find(({ guid }) => guid === `urn:uuid:${id}`);
    expect(item?.['content:encoded']).toContain('Almaty Jan 6 (EFE).-');
    expect(item?.['content:encoded']).toContain('The last paragraph &lt;of&gt; it.');
    expect(item).toMatchObject({
      creators: ['Ana Ruiz', 'Ben Okri'],
      categories: ['World', { _: 'civil unrest' }, 'Fuel prices'],
    });
  });

  test('of a topic is called what the topic is called, and leads to the stories', async () => {
    const { id } = await published(story());
    const { json } = await feed(`topics/${unrest}.json`);
    expect(json.title).toBe('The Example: civil unrest');
    const item = json.items.find((candidate: { id: string }) => candidate.id === `urn:uuid:${id}`);
    expect(item.content_html).toContain('A deck &amp; more');
    expect(item.content_html).not.toContain('paragraph');
    expect(item.authors).toEqual([{ name: 'Ana Ruiz' }, { name: 'Ben Okri' }]);
  });

  test('of corrections tells what was wrong, what is right, and why', async () => {
    const live = await published(story());
    const edited = await act('updateArticle', live, { body: { body: { text: 'It was the second.' } } });
    await act('publishArticle', edited, { body: { kind: 'correction', note: 'We said the first.' } });
    const { json } = await feed('corrections.json');
    expect(json.items[0]).toMatchObject({ id: expect.stringMatching(new RegExp(`^urn:uuid:${live.id}#2`)) });
    for (const text of ['We said the first.', '<del>The whole first paragraph.</del>', '<ins>It was the second.</ins>'])
      expect(json.items[0].content_html).toContain(text);
  });

  test('keeps thirty stories, and the beginning of a very long one', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `Paragraph ${index} ${'of many words '.repeat(10)}`);
    const { id } = await published(story({ section: 'conflicts-and-war', body: { text: long.join('\n\n') } }));
    for (let count = 0; count < 30; count += 1) await published({ section: 'conflicts-and-war' });
    expect((await feed('sections/conflicts-and-war.json')).json.items).toHaveLength(30);
    const withdrawn = await act('unpublishArticle', { id, version: 2 });
    await act('publishArticle', withdrawn, { body: { bump: true } });
    const [first] = (await feed('sections/conflicts-and-war.json')).json.items;
    expect(first.content_html).toContain('Paragraph 0 ');
    expect(first.content_html).not.toContain('Paragraph 399 ');
    expect(first.content_html).toContain(`<a href="${first.url}">`);
  });
});

describe('a story that goes', () => {
  test('leaves every feed at once; where it was killed, Atom says so', async () => {
    const killed = await published(story({ body: { text: 'Never to be read again.' } }));
    const withdrawn = await published(story());
    await act('killArticle', killed, { role: 'admin', body: { notice: 'It was not so.' } });
    await act('unpublishArticle', withdrawn);
    for (const name of ['latest', 'sections/world', `topics/${unrest}`, 'tags/fuel prices'])
      for (const format of ['rss', 'atom', 'json']) {
        const { body } = await feed(`${name}.${format}`);
        expect(body).not.toContain('Never to be read again.');
        expect(body).not.toContain(withdrawn.id);
        const isTold = format === 'atom' && /^(latest|sections)/.test(name);
        expect({ name, format, told: body.includes(killed.id) }).toEqual({ name, format, told: isTold });
      }
    const { body } = await feed('latest.atom');
    expect(body).toMatch(new RegExp(`<at:deleted-entry [^>]*ref="urn:uuid:${killed.id}"`));
    expect(body).toContain('It was not so.');
  });

  test('is told to be gone however old it is, and though it was withdrawn before', async () => {
    const [old, withdrawn] = [await published(), await published()];
    for (let count = 0; count < 30; count += 1) await published();
    timePasses({ seconds: 1 });
    await act('killArticle', old, { role: 'admin', body: { notice: 'Old.' } });
    await act('killArticle', await act('unpublishArticle', withdrawn), {
      role: 'admin',
      body: { notice: 'Gone before.' },
    });
    const { body } = await feed('latest.atom');
    for (const { id } of [old, withdrawn]) expect(body).toContain(`<at:deleted-entry ref="urn:uuid:${id}"`);
    expect(body.match(/<entry/g)).toHaveLength(30);
  });
});

describe('whoever follows a feed', () => {
  test('is told 304 while it is the same, by its ETag: a date does not know of what was taken down', async () => {
    const live = await published(story());
    const { headers } = await feed('latest.rss');
    expect(headers).toMatchObject({
      'content-type': 'application/rss+xml; charset=utf-8',
      'cache-control': 'public, max-age=60, s-maxage=60, stale-while-revalidate=120, stale-if-error=120',
    });
    expect(headers).not.toHaveProperty('last-modified');
    const again = async (sent: Record<string, string>) => (await feed('latest.rss', sent)).status;
    const known = { 'if-none-match': headers.etag ?? '' };
    expect(await again(known)).toBe(304);
    await act('unpublishArticle', live);
    expect(await again(known)).toBe(200);
    expect(await again({ 'if-modified-since': new Date(Date.now()).toUTCString() })).toBe(200);
  });

  test('knows it by one id, whatever host and capitals it was asked with', async () => {
    const idOf = (body: string) => /<id>(.*?)<\/id>/.exec(body)?.[1];
    const ids = [
      idOf((await feed('tags/Fuel Prices.atom')).body),
      idOf((await feed('tags/fuel prices.atom', { 'x-dateline-host': 'other.example' })).body),
    ];
    expect(ids).toEqual(['tag:news.example,2026:feeds/tags/fuel%20prices', ids[0]]);
  });

  test('finds the hub, where there is one', async () => {
    expect((await feed('latest.atom')).headers).not.toHaveProperty('link');
    process.env.FEED_HUB = 'https://hub.example/';
    const { body, headers } = await feed('latest.atom');
    const self = 'https://cms.example/content/v1/feeds/latest.atom';
    expect(headers.link).toBe(`<https://hub.example/>; rel="hub", <${self}>; rel="self"`);
    expect(body).toMatch(/rel="hub"[^>]*href="https:\/\/hub.example\/"/);
    expect(body).toMatch(new RegExp(`rel="self"[^>]*href="${self}"`));
  });

  test('of a section that was merged is sent to the other', async () => {
    const path = { section: 'short-lived' };
    await call('putSection', { role: 'admin', path, headers: { 'if-none-match': '*' }, body: { name: 'Short-lived' } });
    await call('deleteSection', { role: 'admin', path, headers: { 'if-match': '"1"' }, query: 'mergeInto=world' });
    const { status, headers } = await feed('sections/short-lived.rss');
    expect([status, headers.location]).toEqual([301, '/content/v1/feeds/sections/world.rss']);
  });
});

describe('a feed that there is not', () => {
  test.each([
    ['latest', 406],
    ['latest.xml', 406],
    ['sections/world', 406],
    ['latest.rss.exe', 406],
    ['oldest.rss', 404],
    ['sections/.rss', 404],
    ['sections/No-Slug.rss', 404],
    ['sections/a/b.rss', 404],
    ['topics/20000065.rss', 404],
    ['topics/medtop:1.json', 404],
    [`tags/${'ﷺ'.repeat(60)}.rss`, 404],
    ['../../editorial.rss', 404],
    ['__proto__.rss', 404],
    ['latest.__proto__', 406],
  ])('%s is %d', async (name, status) => {
    const answer = await feed(name);
    expect(answer.status).toBe(status);
    expect(answer.json.detail).toMatch(status === 406 ? /\.rss, \.atom, \.json/ : /There are latest, sections/);
  });

  test('but a tag or section that nothing has yet is an empty one, not called by what it was asked as', async () => {
    expect((await feed('tags/Buy%20now.json')).json).toMatchObject({ title: 'The Example', items: [] });
    expect((await feed('sections/nowhere.json')).json).toMatchObject({ title: 'The Example' });
    for (const name of ['tags/nothing/with/slashes.rss', 'sections/nowhere.atom', `topics/medtop:99999999.json`])
      expect((await feed(name)).status).toBe(200);
    expect((await parsed((await feed('tags/nothing.rss')).body)).items).toEqual([]);
  });
});
