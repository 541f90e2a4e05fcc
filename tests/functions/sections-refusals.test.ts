import { beforeAll, describe } from '@jest/globals';
import { useEngine } from '../support/engine.ts';
import { type Refusal, testRefusals, useNewsroom } from './newsroom.ts';
import { useTaxonomy } from './taxonomy.ts';

const newsroom = useNewsroom(useEngine());
const { add, merge } = useTaxonomy(newsroom);

/** At version 1, of stories, and merged, at version 2, into `world`. */
beforeAll(async () => {
  await add('used', 'Used');
  await add('merged', 'Merged');
  await merge('merged', 1, 'world');
  await newsroom.draft({ section: 'used' });
});

const admin = { role: 'admin' } as const;
const first = { 'if-match': '"1"' };
const put = (section: string, headers: Record<string, string>, body: unknown = { name: 'N' }) => ({
  ...admin,
  path: { section },
  headers,
  body,
});
const remove = (section: string, headers: Record<string, string>, query = '') => ({
  ...admin,
  path: { section },
  headers,
  query,
});
const bad = (pointer: string): Pick<Refusal, 'status' | 'code' | 'pointer'> => ({
  status: 400,
  code: 'invalid_request',
  pointer,
});
const missing = { status: 428, code: 'precondition_required' } as const;
const stale = { status: 412, code: 'version_conflict' } as const;
const merged = { status: 409, code: 'not_allowed', detail: /was merged into world/ } as const;

describe('a section is not put', () => {
  testRefusals(newsroom, 'putSection', [
    { name: 'without a precondition', call: put('used', {}), ...missing, detail: /If-None-Match: \*/ },
    { name: 'where there is one', call: put('used', { 'if-none-match': '*' }), ...stale, detail: /at version 1/ },
    { name: 'where there was one that was merged', call: put('merged', { 'if-none-match': '*' }), ...stale },
    { name: 'on a stale version', call: put('used', { 'if-match': '"7"' }), ...stale },
    { name: 'on an If-Match that is none', call: put('used', { 'if-match': 'used' }), ...bad('If-Match') },
    { name: 'where there is none to rename', call: put('nowhere', first), status: 404, code: 'not_found' },
    { name: 'once it was merged', call: put('merged', { 'if-match': '"2"' }), ...merged },
    { name: 'by an editor', call: { ...put('used', first), role: 'editor' }, status: 403, code: 'forbidden' },
    { name: 'under a slug that is none', call: put('Not A Slug', first), ...bad('section') },
    { name: 'under a slug that is too long', call: put('a'.repeat(121), first), ...bad('section') },
    { name: 'without a name', call: put('used', first, {}), ...bad('/name') },
    { name: 'with an empty name', call: put('used', first, { name: ' ' }), ...bad('/name') },
    { name: 'with a name that is too long', call: put('used', first, { name: 'x'.repeat(101) }), ...bad('/name') },
    { name: 'with a name on two lines', call: put('used', first, { name: 'a\nb' }), ...bad('/name') },
    { name: 'with an unknown field', call: put('used', first, { name: 'N', slug: 's' }), ...bad('/slug') },
    { name: 'with a parameter', call: { ...put('used', first), query: 'mergeInto=world' }, ...bad('?mergeInto') },
  ]);
});

describe('a section is not deleted or merged', () => {
  const inUse = { status: 409, code: 'section_in_use', detail: /^1 article is in the section used/ } as const;
  testRefusals(newsroom, 'deleteSection', [
    { name: 'without a precondition', call: remove('used', {}), ...missing },
    { name: 'by If-None-Match', call: remove('used', { 'if-none-match': '*' }), ...missing },
    { name: 'on a stale version', call: remove('used', { 'if-match': '"7"' }), ...stale },
    { name: 'where there is none', call: remove('nowhere', first), status: 404, code: 'not_found' },
    { name: 'by an editor', call: { ...remove('used', first), role: 'editor' }, status: 403, code: 'forbidden' },
    { name: 'while stories are in it', call: remove('used', first), ...inUse },
    { name: 'once it was merged', call: remove('merged', { 'if-match': '"2"' }), ...merged },
    { name: 'once more', call: remove('merged', { 'if-match': '"2"' }, 'mergeInto=used'), ...merged },
    { name: 'into itself', call: remove('used', first, 'mergeInto=used'), ...bad('?mergeInto') },
    { name: 'into one that is not there', call: remove('used', first, 'mergeInto=nowhere'), ...bad('?mergeInto') },
    { name: 'into one that was merged', call: remove('used', first, 'mergeInto=merged'), ...bad('?mergeInto') },
    { name: 'into what is no slug', call: remove('used', first, 'mergeInto=A%20B'), ...bad('?mergeInto') },
    { name: 'into nothing', call: remove('used', first, 'mergeInto='), ...bad('?mergeInto') },
  ]);
});

describe('a story is not put', () => {
  const into = (section: string) => ({ body: { headline: 'H', section } });
  testRefusals(newsroom, 'createArticle', [
    { name: 'into a section that was merged', call: into('merged'), ...bad('/section'), detail: /must be world/ },
    { name: 'into a section that is not there', call: into('nowhere'), ...bad('/section') },
  ]);
  testRefusals(newsroom, 'listSections', [
    { name: 'somebody without a role', call: { role: 'none' }, status: 403, code: 'forbidden' },
    { name: 'a parameter', call: { query: 'q=x' }, ...bad('?q') },
  ]);
});
