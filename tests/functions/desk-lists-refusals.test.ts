import { beforeAll, describe } from '@jest/globals';
import type { Call } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';
import { type Refusal, testRefusals, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, call, draft } = newsroom;

/** Two of each that a cursor is asked for, so that there is a next page. */
beforeAll(async () => {
  for (const name of ['ana', 'ana', 'writer-3', 'writer-3'])
    await call('createArticle', { name, body: { headline: 'H', tags: ['rare'] } });
  for (let count = 0; count < 2; count += 1) await act('submitArticle', await draft());
});

describe('a list of the desk', () => {
  const bad = (name: string, query: string, pointer: string): Refusal => ({
    name,
    call: { query },
    status: 400,
    code: 'invalid_request',
    pointer,
  });
  const cursorOf = async (query: string, more: Call = {}) =>
    (await call('listArticles', { query: `${query}&limit=1`, ...more })).json.nextCursor;
  const elsewhere = (name: string, from: string, to: string, more: Call = {}): Refusal => ({
    ...bad(name, '', '?cursor'),
    call: async () => ({ query: `${to}&cursor=${await cursorOf(from, more)}` }),
  });
  testRefusals(newsroom, 'listArticles', [
    elsewhere('a cursor of another stage', 'stage=draft', 'stage=in_review'),
    elsewhere('a cursor of one stage for all', 'stage=draft', 'limit=1'),
    elsewhere('a cursor of all for one tag', 'limit=1', 'tag=rare'),
    elsewhere('a cursor of another tag', 'tag=rare', 'tag=common'),
    elsewhere('somebody else’s cursor of theirs', 'mine=true', 'mine=true', { name: 'writer-3' }),
    bad('a stage that is none', 'stage=lost', '?stage'),
    bad('a public state that is none', 'publication=published', '?publication'),
    bad('a section that is no slug', 'section=A%20B', '?section'),
    bad('an author that is too long', `author=${'x'.repeat(201)}`, '?author'),
    bad('a tag that is too long', `tag=${'x'.repeat(81)}`, '?tag'),
    bad('mine in words', 'mine=yes', '?mine'),
    bad('a time without an offset', 'changedSince=2026-01-01T00:00:00', '?changedSince'),
    bad('a day that is none', 'changedSince=2026-02-30T00:00:00Z', '?changedSince'),
    bad('a due time in words', 'dueBefore=tomorrow', '?dueBefore'),
    bad('an unknown parameter', 'q=war', '?q'),
    { name: 'somebody without a role', call: { role: 'none' }, status: 403, code: 'forbidden' },
  ]);
});
