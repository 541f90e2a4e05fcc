import { describe, expect, test } from '@jest/globals';
import { sectionPageSchema, sectionSchema } from '../../contract/schemas/section.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import { publish } from '../../store/publish.ts';
import { getWorkingCopy } from '../../store/working-copies.ts';
import { siteUrlTemplate } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { runClock, runSweeps, timePasses, useNewsroom } from './newsroom.ts';
import { useTaxonomy } from './taxonomy.ts';

const engine = useEngine();
const newsroom = useNewsroom(engine);
const { act, call, draft, everything, get, published } = newsroom;
const { add, rename, merge, remove, sections } = useTaxonomy(newsroom);
const read = async (slug: string) => (await call('getPublishedArticle', { path: { slug } })).json;
const listing = (section: string, more = '') => call('listPublishedArticles', { query: `section=${section}${more}` });
const idsIn = async (section: string) => (await listing(section)).json.items.map(({ id }: { id: string }) => id);
const correctionsOf = async (id: string) =>
  (await everything()).content.flatMap(({ pk, row }) => {
    const entry = pk === 'LIST#corrections' ? JSON.parse(String(row)) : undefined;
    return entry?.id === id ? [entry] : [];
  });

/** What a publication does that read its section some seconds ago. */
async function publishLate(id: string, slug: string, section: { slug: string; name: string }): Promise<void> {
  const database = newsroom.database();
  const copy = await getWorkingCopy(database, id);
  const caller = { sub: 'sub-ana', username: 'ana', role: 'editor' } as const;
  const acting = { basedOn: copy.version, caller, now: new Date(Date.now()), fourEyes: false, request: {} };
  const options = { ...acting, section, slug, siteUrlTemplate, publicBefore: undefined, killed: new Set<string>() };
  await publish(database, decidePublication(copy, options));
}

describe('a section', () => {
  test('is added once, listed for everybody, and stories can be in it', async () => {
    const added = await add('science', 'Science');
    expect(added).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(sectionSchema.parse(added.json)).toMatchObject({
      slug: 'science',
      name: 'Science',
      version: 1,
      mergedInto: null,
      updatedBy: { username: 'ana' },
    });
    const { json } = await call('listSections', { role: 'contributor' });
    const { items } = sectionPageSchema.parse(json);
    expect(items).toContainEqual(added.json);
    expect(items.map(({ slug }) => slug)).toEqual([...items.map(({ slug }) => slug)].sort());
    expect((await draft({ section: 'science' })).section).toBe('science');
  });

  test('keeps its version under the same name', async () => {
    await add('weather', 'Weather');
    expect(await rename('weather', 1, 'Weather')).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(await rename('weather', 1, ' Climate ')).toMatchObject({
      status: 200,
      json: { name: 'Climate', version: 2 },
    });
  });

  test('is deleted once nobody needs it, and can be added anew', async () => {
    await add('fashion', 'Fashion');
    const live = await published({ section: 'fashion' });
    const trashed = await act('trashArticle', await draft({ section: 'fashion' }));
    const moved = await act('updateArticle', await published({ section: 'fashion' }), { body: { section: 'world' } });
    expect(await remove('fashion', 1)).toMatchObject({
      status: 409,
      json: {
        code: 'section_in_use',
        detail: expect.stringMatching(/^3 articles are in the section fashion\. .*mergeInto/),
      },
    });
    await act('publishArticle', moved);
    await act('updateArticle', await act('restoreArticle', trashed), { body: { section: null } });
    expect((await remove('fashion', 1)).json.detail).toMatch(/^1 article is in/);
    await act('killArticle', live, { role: 'admin', body: { notice: 'N.' } });
    expect(await remove('fashion', 1)).toMatchObject({ status: 200, json: { slug: 'fashion' } });
    expect((await sections()).map(({ slug }) => slug)).not.toContain('fashion');
    expect((await remove('fashion', 1)).status).toBe(404);
    expect(await call('createArticle', { body: { headline: 'H', section: 'fashion' } })).toMatchObject({
      status: 400,
      json: { errors: [{ pointer: '/section' }] },
    });
    expect(await add('fashion', 'Fashion')).toMatchObject({ status: 200, json: { version: 1 } });
  });
});

describe('a new name', () => {
  test('is what readers get once the clock has run, without new revisions', async () => {
    await add('arts', 'Arts');
    const live = await published({ headline: 'On arts', section: 'arts' });
    const edited = await act('updateArticle', live, { body: { deck: 'D' } });
    const corrected = await act('publishArticle', edited, { body: { kind: 'correction', note: 'N.' } });
    const again = await act('updateArticle', corrected, { body: { headline: 'Not yet public' } });
    const before = await read('on-arts');
    await rename('arts', 1, 'Arts & Culture');
    expect((await read('on-arts')).section.name).toBe('Arts');
    await runSweeps();
    const section = { slug: 'arts', name: 'Arts & Culture' };
    expect(await read('on-arts')).toEqual({ ...before, section });
    const { json } = await listing('arts');
    expect(json.items).toMatchObject([{ id: live.id, section }]);
    expect(await correctionsOf(live.id)).toMatchObject([{ section, note: 'N.' }]);
    expect(await get(live)).toEqual(again);
    expect(await runClock()).toMatchObject({ swept: 0 });
  });

  test('reaches what was published meanwhile in the old one', async () => {
    await add('sports', 'Sports');
    const { id } = await draft({ section: 'sports' });
    await rename('sports', 1, 'Sport');
    expect((await runClock()).swept).toBe(1);
    await publishLate(id, 'sporting', { slug: 'sports', name: 'Sports' });
    expect((await read('sporting')).section.name).toBe('Sports');
    expect((await runClock()).swept).toBe(0);
    timePasses({ seconds: 20 });
    expect((await runClock()).swept).toBe(1);
    expect((await read('sporting')).section.name).toBe('Sport');
  });
});

describe('a merge', () => {
  test('moves the stories, their listing, the drafts, and what the desk looks for', async () => {
    await add('oil', 'Oil');
    await add('energy', 'Energy');
    const live = await published({ headline: 'On oil', section: 'oil' });
    const fresh = await draft({ headline: 'On oil too', section: 'oil' });
    const there = await published({ section: 'energy' });
    const merged = await merge('oil', 1, 'energy');
    expect(merged).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(merged.json).toMatchObject({ slug: 'oil', name: 'Oil', version: 2, mergedInto: 'energy' });
    await runSweeps();
    const section = { slug: 'energy', name: 'Energy' };
    expect(await read('on-oil')).toMatchObject({ section, url: 'https://news.example/energy/on-oil', revision: 1 });
    expect(await idsIn('energy')).toEqual([there.id, live.id]);
    expect(await get(live)).toEqual(live);

    const moved = await listing('oil', '&limit=7');
    expect(moved).toMatchObject({
      status: 301,
      headers: { location: '/content/v1/articles?section=energy&limit=7', 'cache-control': expect.anything() },
    });
    await act('publishArticle', fresh);
    expect((await read('on-oil-too')).section).toEqual(section);
    const { json } = await call('listArticles', { query: 'section=energy' });
    const found = json.items.map(({ id }: { id: string }) => id);
    expect(found.sort()).toEqual([live.id, fresh.id, there.id].sort());
  });

  test('reaches what was published meanwhile in the old section', async () => {
    await add('coal', 'Coal');
    const { id } = await draft({ section: 'coal' });
    await merge('coal', 1, 'world');
    expect((await runClock()).swept).toBe(1);
    await publishLate(id, 'on-coal', { slug: 'coal', name: 'Coal' });
    timePasses({ seconds: 20 });
    await runClock();
    expect((await read('on-coal')).section.slug).toBe('world');
    expect(await idsIn('world')).toContain(id);
    const left = (await everything()).content.filter(({ pk }) => pk === 'LIST#section#coal');
    expect(left.map(({ sk }) => sk).sort()).toEqual(['!MOVED', 'MOVED']);
  });

  test('leaves no reader in the middle of a listing that ends there', async () => {
    await add('gas', 'Gas');
    for (let count = 0; count < 3; count += 1) await published({ section: 'gas' });
    const { json } = await listing('gas', '&limit=1');
    await merge('gas', 1, 'world');
    await runSweeps();
    const next = await listing('gas', `&limit=1&cursor=${json.nextCursor}`);
    expect(next).toMatchObject({ status: 301, headers: { location: '/content/v1/articles?section=world&limit=1' } });
  });

  test('leads on, however often its target is merged in turn', async () => {
    const names = Array.from({ length: 13 }, (_, index) => `name-${index}`);
    for (const name of names) await add(name, name);
    const fresh = await draft({ section: 'name-0' });
    for (const [index, name] of names.slice(0, -1).entries())
      expect((await merge(name, 1, `name-${index + 1}`)).status).toBe(200);
    const { status, json } = await newsroom.attempt('publishArticle', fresh);
    expect({ status, code: json.code }).toEqual({ status: 200, code: undefined });
    expect((await read(json.slug)).section.slug).toBe('name-12');
  });

  test('of a section that another was merged into keeps it from being deleted', async () => {
    await add('tennis', 'Tennis');
    await add('games', 'Games');
    await merge('tennis', 1, 'games');
    const { status, json } = await remove('games', 1);
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'section_in_use' });
    expect(json.detail).toContain('tennis was merged into it');
  });
});
