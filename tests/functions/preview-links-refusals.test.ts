import { beforeAll } from '@jest/globals';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { useEngine } from '../support/engine.ts';
import { nobody, type Refusal, testRefusals, useNewsroom } from './newsroom.ts';

const newsroom = useNewsroom(useEngine());
const { act, attempt, draft } = newsroom;
const admin = { role: 'admin', name: 'ada' } as const;

let fresh: EditorialArticle;
let purged: EditorialArticle;
let trashed: EditorialArticle;
beforeAll(async () => {
  fresh = await draft();
  trashed = await act('trashArticle', await draft());
  purged = await act('trashArticle', await draft());
  await attempt('purgeArticle', purged, admin);
});
const linkId = '0123456789abcdef01234567';
const bad = (name: string, path: Record<string, string>, pointer: string): Refusal => ({
  name,
  call: () => ({ path: { articleId: fresh.id, linkId, ...path } }),
  status: 400,
  code: 'invalid_request',
  pointer,
});
const common: Refusal[] = [
  {
    name: 'nobody’s role',
    call: () => ({ path: { articleId: fresh.id, linkId }, role: 'none' }),
    status: 403,
    code: 'forbidden',
  },
  {
    name: 'an article that is not there',
    call: { path: { articleId: nobody, linkId } },
    status: 404,
    code: 'not_found',
  },
  { name: 'a purged article', call: () => ({ path: { articleId: purged.id, linkId } }), status: 410, code: 'gone' },
  bad('an id that is none', { articleId: 'x' }, 'articleId'),
  {
    ...bad('an unknown parameter', {}, '?dry'),
    call: () => ({ path: { articleId: fresh.id, linkId }, query: 'dry=1' }),
  },
];
for (const route of ['createPreviewLink', 'listPreviewLinks', 'revokePreviewLink'] as const)
  testRefusals(newsroom, route, common);

testRefusals(newsroom, 'createPreviewLink', [
  ...(
    [
      ['no minutes at all', { minutes: 0 }, '/minutes'],
      ['more than a week', { minutes: 10_081 }, '/minutes'],
      ['half a minute', { minutes: 1.5 }, '/minutes'],
      ['minutes in words', { minutes: 'ten' }, '/minutes'],
      ['null for minutes', { minutes: null }, '/minutes'],
      ['an unknown field', { hours: 1 }, '/hours'],
      ['a token of one’s own', { token: 'x' }, '/token'],
      ['a body that is a list', [], ''],
    ] as const
  ).map(([name, body, pointer]) => ({
    ...bad(name, {}, pointer),
    call: () => ({ path: { articleId: fresh.id }, body }),
  })),
  {
    name: 'what is in the trash',
    call: () => ({ path: { articleId: trashed.id } }),
    status: 409,
    code: 'not_allowed',
    detail: /Restore it/,
  },
]);
testRefusals(newsroom, 'revokePreviewLink', [
  bad('the id of a link that is too short', { linkId: '0123' }, 'linkId'),
  bad('a link’s id with a wildcard', { linkId: `${linkId.slice(1)}%` }, 'linkId'),
  bad('a link’s id of 10,000 characters', { linkId: 'a'.repeat(10_000) }, 'linkId'),
  {
    name: 'a link that was never made',
    call: () => ({ path: { articleId: fresh.id, linkId } }),
    status: 404,
    code: 'not_found',
  },
]);
