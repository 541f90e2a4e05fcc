import { describe, expect, test } from '@jest/globals';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import type { Role } from '../../contract/roles.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { createCopy, updateCopy } from '../../domain/article/edit.ts';
import { lifecycle, nextStage } from '../../domain/article/lifecycle.ts';
import { decidePublication, decideWithdrawal, wantedSlug } from '../../domain/article/publish.ts';
import type { Caller, WorkingCopy } from '../../domain/article/working-copy.ts';

const now = new Date('2026-01-01T12:00:00Z');
const as = (role: Role): Caller => ({ sub: `sub-${role}`, username: role, role });
const section = { slug: 'world', name: 'World' };

function draft(fields = {}): WorkingCopy {
  const article = patchArticle(blankArticle('en'), {
    headline: 'H',
    section: 'world',
    body: { text: 'T.' },
    ...fields,
  });
  return createCopy({
    id: '017e2f42-9600-7747-8640-eaf09766caae',
    article,
    action: 'create',
    caller: as('contributor'),
    now,
  }).copy;
}

const publishing = (copy: WorkingCopy, more = {}) => ({
  request: {},
  basedOn: copy.version,
  caller: as('editor'),
  section,
  slug: wantedSlug(copy).slug,
  siteUrlTemplate: 'https://news.example/{section}/{language}/{slug}?id={id}',
  now,
  ...more,
});

const states = {
  draft: draft(),
  published: decidePublication(draft(), publishing(draft())).copy,
  edited: {} as WorkingCopy,
  withdrawn: {} as WorkingCopy,
};
states.edited =
  updateCopy(states.published, { patch: { deck: 'D' }, basedOn: 2, caller: as('editor'), now })?.copy ?? states.draft;
states.withdrawn = decideWithdrawal(states.published, { basedOn: 2, caller: as('editor'), now }).copy;

function codeOf(action: () => unknown): ErrorCode | 'done' {
  try {
    action();
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('the lifecycle', () => {
  test.each([
    ['draft', 'update', 'contributor', 'draft'],
    ['draft', 'publish', 'contributor', 'forbidden'],
    ['draft', 'publish', 'editor', 'published'],
    ['draft', 'unpublish', 'admin', 'not_allowed'],
    ['published', 'update', 'contributor', 'forbidden'],
    ['published', 'update', 'editor', 'draft'],
    ['published', 'publish', 'editor', 'nothing_to_publish'],
    ['published', 'unpublish', 'editor', 'draft'],
    ['edited', 'update', 'contributor', 'draft'],
    ['edited', 'publish', 'editor', 'published'],
    ['edited', 'unpublish', 'editor', 'draft'],
    ['withdrawn', 'update', 'contributor', 'draft'],
    ['withdrawn', 'publish', 'editor', 'published'],
    ['withdrawn', 'unpublish', 'editor', 'not_allowed'],
  ] as const)('%s, %s by a %s: %s', (state, action, role, expected) => {
    const step = () => nextStage(states[state], action, as(role));
    const code = codeOf(step);
    expect(code === 'done' ? step() : code).toBe(expected);
  });

  test('names the state and what is allowed when it refuses', () => {
    expect(() => nextStage(states.withdrawn, 'unpublish', as('editor'))).toThrow(
      'The article is a draft, withdrawn: unpublish is not possible. Allowed now: update, publish.',
    );
  });

  test('has one row at most for an action in a state', () => {
    const rows = lifecycle.flatMap((row) => row.publication.map((state) => `${row.action} ${row.stage} ${state}`));
    expect(new Set(rows).size).toBe(rows.length);
  });
});

describe('a publication', () => {
  test('counts versions apart from revisions', () => {
    expect(states.published).toMatchObject({ version: 2, revision: 1 });
    expect(states.edited).toMatchObject({ version: 3, revision: 2, publication: { revision: 1, seq: 1 } });
    expect(states.withdrawn).toMatchObject({ version: 3, revision: 1, publication: { seq: 2, listKeys: [] } });
  });

  test('keeps its first time and its place when it is updated, and gathers its notes', () => {
    const later = new Date('2026-01-02T00:00:00Z');
    const request = { kind: 'correction' as const, note: 'It was two.' };
    const { publication } = decidePublication(states.edited, publishing(states.edited, { request, now: later }));
    expect(publication).toMatchObject({
      kind: 'correction',
      firstPublishedAt: now.toISOString(),
      publishedAt: later.toISOString(),
      sortAt: now.toISOString(),
      seq: 2,
      notes: [{ kind: 'correction', text: 'It was two.', at: later.toISOString() }],
    });
  });

  test('adds its note to the earlier ones', () => {
    const request = (note: string) => ({ request: { kind: 'correction' as const, note } });
    const first = decidePublication(states.edited, publishing(states.edited, request('One.'))).copy;
    const edited =
      updateCopy(first, { patch: { deck: 'E' }, basedOn: first.version, caller: as('editor'), now })?.copy ?? first;
    const { document } = decidePublication(edited, publishing(edited, request('Two.')));
    expect(document.notes.map((note) => note.text)).toEqual(['One.', 'Two.']);
  });

  test.each<[string, object, object, ErrorCode]>([
    ['under embargo', { embargoUntil: '2026-01-01T12:00:01Z' }, {}, 'embargoed'],
    ['without a section', { section: null }, { section: undefined }, 'incomplete'],
    ['without a body', { body: [] }, {}, 'incomplete'],
    ['as the wrong kind', {}, { request: { kind: 'update' } }, 'invalid_request'],
    ['on an old version', {}, { basedOn: 7 }, 'version_conflict'],
  ])('%s is refused', (_, fields, options, code) => {
    const copy = draft(fields);
    expect(codeOf(() => decidePublication(copy, publishing(copy, options)))).toBe(code);
  });

  test('at the moment the embargo ends is allowed', () => {
    const copy = draft({ embargoUntil: '2026-01-01T13:00:00+01:00' });
    expect(codeOf(() => decidePublication(copy, publishing(copy)))).toBe('done');
  });

  test('makes the address from the site’s template', () => {
    const copy = draft({ language: 'pt-br' });
    expect(decidePublication(copy, publishing(copy)).document.url).toBe(
      'https://news.example/world/pt-BR/h?id=017e2f42-9600-7747-8640-eaf09766caae',
    );
  });

  test('of a headline that ASCII cannot write has an address all the same', () => {
    expect(wantedSlug(draft({ headline: '東京' })).slug).toBe('story-9766caae');
  });
});
