import { describe, expect, test } from '@jest/globals';
import type { EditorialSection } from '../../contract/schemas/section.ts';
import type { Call } from '../support/desk.ts';
import { useGrantedDesk, walked } from './granted-desk.ts';

const { uses, calls, changes, draft, published } = useGrantedDesk();
const admin = { role: 'admin' } as const;
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const inTwoHours = () => new Date(Date.now() + 7_200_000).toISOString();

async function section(slug: string, call: Call): Promise<EditorialSection> {
  const route = call.body ? 'putSection' : 'deleteSection';
  const { status, json, body } = await calls(route, { ...admin, path: { section: slug }, ...call });
  expect({ slug, status, body }).toMatchObject({ slug, status: 200 });
  return json;
}

const seen = ({ version }: { version: number }) => ({ headers: { 'if-match': `"${version}"` } });
const added = (slug: string) => section(slug, { body: { name: `Section ${slug}` }, headers: { 'if-none-match': '*' } });

describe('a role allows all that its function asks of the tables:', () => {
  test('submitting, returning and approving', async () => {
    const submitted = await changes('submitArticle', await draft());
    const returned = await changes('returnArticle', submitted, { body: { note: 'Who says so?' } });
    await changes('approveArticle', await changes('submitArticle', returned));
  });

  test('scheduling with a slug that is taken, the end of a live story too, and taking it back', async () => {
    const live = await published();
    const scheduled = await changes('scheduleArticle', await draft(), {
      body: { publishAt: inAnHour(), unpublishAt: inTwoHours() },
    });
    const moved = await changes('scheduleArticle', scheduled, { body: { publishAt: inTwoHours(), unpublishAt: null } });
    await changes('unscheduleArticle', moved);
    const ending = await changes('scheduleArticle', live, { body: { unpublishAt: inAnHour() } });
    const edited = await changes('updateArticle', ending, { body: { deck: 'Edited' } });
    // As against what is public, so that something has changed.
    await changes('scheduleArticle', edited, { body: { publishAt: inAnHour(), unpublishAt: inTwoHours() } });
  });

  test('reading: revisions, what changed between them, the history, and lists by all that they can be asked for', async () => {
    const edited = await changes('updateArticle', await draft({ tags: ['a'] }), { body: { deck: 'Edited' } });
    const path = { articleId: edited.id };
    await calls('getArticle', { path });
    await calls('listRevisions', { path });
    await calls('getRevision', { path: { ...path, revision: '1' } });
    await calls('compareRevisions', { path: { ...path, revision: '2' } });
    await calls('compareRevisions', { path: { ...path, revision: '2' }, headers: { accept: 'text/plain' } });
    await calls('getHistory', { path });
    const instant = encodeURIComponent(inTwoHours());
    for (const query of [
      '',
      'stage=draft',
      'publication=live',
      'stage=draft&publication=none',
      'section=world&author=B&tag=a&mine=true',
      `changedSince=2022-01-06T00:00:00Z&dueBefore=${instant}`,
    ]) {
      const { status, json } = await calls('listArticles', { query });
      expect({ query, status }).toEqual({ query, status: 200 });
      if (json.nextCursor) await calls('listArticles', { query: `${query}&cursor=${json.nextCursor}` });
    }
  });

  test('killing: what is live, with and without later edits, what was to be published again, and what was answered for', async () => {
    const kill = { ...admin, body: { notice: 'Withdrawn: the report was wrong.' } };
    await changes('killArticle', await published(), kill);
    const edited = await changes('updateArticle', await published(), { body: { deck: 'Edited' } });
    await changes('killArticle', edited, { ...kill, body: { ...kill.body, keepHeadline: true } });
    const ending = await changes('scheduleArticle', await published(), { body: { unpublishAt: inAnHour() } });
    await changes('killArticle', ending, kill);
    const answered = { headers: { 'idempotency-key': 'p-3' } };
    await changes('killArticle', await changes('publishArticle', await draft(), answered), kill);
  });

  test('trashing, restoring, and purging what was public, edited, noted, locked, answered for and pointed at', async () => {
    const trashed = await changes(
      'trashArticle',
      await changes('scheduleArticle', await draft(), { body: { publishAt: inAnHour() } }),
    );
    await changes('restoreArticle', trashed);
    const body = { headline: 'To be purged', section: 'world', body: { text: 'One.' } };
    const { json } = await calls('createArticle', { body, headers: { 'idempotency-key': 'p-1' } });
    const live = await changes('publishArticle', json, { headers: { 'idempotency-key': 'p-2' } });
    await published({ related: [live.id] });
    expect((await calls('createPreviewLink', { path: { articleId: live.id } })).status).toBe(201);
    const locked = await changes('lockArticle', live, { body: { minutes: 5 } });
    const withdrawn = await changes('unpublishArticle', locked);
    const purged = await changes('purgeArticle', await changes('trashArticle', withdrawn), admin);
    expect((await calls('getHistory', { path: { articleId: purged.id } })).status).toBe(200);
    const killed = await changes('killArticle', await published(), { ...admin, body: { notice: 'Withdrawn.' } });
    await changes('purgeArticle', killed, admin);
  });

  test('locking and unlocking', async () => {
    const locked = await changes('lockArticle', await draft(), { body: { minutes: 5 } });
    await changes('unlockArticle', locked);
  });

  test('sections: added, listed, renamed, merged, found in use, and deleted', async () => {
    await calls('listSections');
    const [arts, film, books] = [await added('arts'), await added('film'), await added('books')];
    await published({ section: 'film' });
    await section('arts', { body: { name: 'Arts & books' }, ...seen(arts) });
    const inUse = await calls('deleteSection', { ...admin, path: { section: 'film' }, ...seen(film) });
    expect(inUse.json.code).toBe('section_in_use');
    await section('film', { query: 'mergeInto=arts', ...seen(film) });
    await calls('listPublishedArticles', { query: 'section=film' });
    await calls('listArticles', { query: 'section=arts' });
    await section('books', seen(books));
  });
});

describe('a role allows nothing that its function never asks:', () => {
  test.each(walked['grants-desk.test.ts'])('%s', (id) => {
    expect(uses.unused(id)).toEqual([]);
  });
});
