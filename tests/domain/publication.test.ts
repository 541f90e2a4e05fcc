import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../contract/errors.ts';
import type { PublishRequest } from '../../contract/schemas/action-requests.ts';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import { wantedSlug } from '../../domain/article/address.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import type { WorkingCopy } from '../../domain/article/working-copy.ts';
import {
  at,
  codeOf,
  draft,
  edited,
  now,
  outcome,
  published,
  publishing,
  scheduled,
  through,
} from './article-states.ts';

const live = published();
const withdrawn = through(live, 'unpublish');
const later = new Date('2026-01-02T00:00:00Z');
const publish = (copy: WorkingCopy, request: PublishRequest = {}, more = {}) =>
  decidePublication(copy, publishing(copy, { request, ...more }));

describe('a publication', () => {
  test('counts versions apart from revisions', () => {
    expect(live).toMatchObject({ version: 2, revision: 1 });
    expect(edited(live)).toMatchObject({ version: 3, revision: 2, publication: { revision: 1, seq: 1 } });
    expect(withdrawn).toMatchObject({ version: 3, revision: 1, publication: { seq: 2, listKeys: [] } });
  });

  test('keeps its first time and its place when it is updated, and gathers its notes', () => {
    const { publication } = publish(edited(live), { kind: 'correction', note: 'It was two.' }, { now: later });
    expect(publication).toMatchObject({
      kind: 'correction',
      firstPublishedAt: now.toISOString(),
      publishedAt: later.toISOString(),
      sortAt: now.toISOString(),
      seq: 2,
      notes: [{ kind: 'correction', text: 'It was two.', at: later.toISOString() }],
    });
  });

  test('moves to the top when it is told to', () => {
    const { publication } = publish(edited(live), { bump: true }, { now: later });
    expect(publication).toMatchObject({ firstPublishedAt: now.toISOString(), sortAt: later.toISOString() });
  });

  test('adds its note to the earlier ones', () => {
    const first = published(edited(live), { kind: 'correction', note: 'One.' });
    const { document } = publish(edited(first), { kind: 'clarification', note: 'Two.' });
    expect(document.notes.map((note) => [note.kind, note.text])).toEqual([
      ['correction', 'One.'],
      ['clarification', 'Two.'],
    ]);
  });

  test('ends what was scheduled for it, and keeps the end of what is now live', () => {
    expect(published(scheduled(draft())).schedule).toBeNull();
    const both = scheduled(draft(), { publishAt: at('13:00'), unpublishAt: at('20:00') });
    expect(published(both).schedule).toMatchObject({ publication: null, unpublishAt: at('20:00') });
  });

  test('points at no story that was killed', () => {
    const other = '017e2f42-9600-7747-8640-000000000001';
    const killed = '017e2f42-9600-7747-8640-000000000002';
    const { document } = publish(draft({ related: [killed, other] }), {}, { killed: new Set([killed]) });
    expect(document.related).toEqual([other]);
  });

  test('has the time that it is given, when it was public before it came here', () => {
    const publishedAt = new Date('2022-01-06T12:00:00Z');
    const { copy, publication } = publish(draft(), {}, { publishedAt });
    expect(publication).toMatchObject({ publishedAt: '2022-01-06T12:00:00.000Z', sortAt: '2022-01-06T12:00:00.000Z' });
    expect(copy.updatedAt).toBe(now.toISOString());
  });

  test.each<[string, object, object, ErrorCode, string | undefined]>([
    ['under embargo', { embargoUntil: '2026-01-01T12:00:01Z' }, {}, 'embargoed', '/embargoUntil'],
    ['without a section', { section: null }, { section: undefined }, 'incomplete', '/section'],
    ['in a section that is gone', {}, { section: undefined }, 'incomplete', '/section'],
    ['without a body', { body: [] }, {}, 'incomplete', '/body'],
    ['as the wrong kind', {}, { request: { kind: 'update' } }, 'invalid_request', '/kind'],
    ['on an old version', {}, { basedOn: 7 }, 'version_conflict', undefined],
  ])('%s is refused', (_, fields, options, code, pointer) => {
    const copy = draft(fields);
    const error = outcome(() => decidePublication(copy, publishing(copy, options)));
    expect(error).toMatchObject({ code, ...(pointer ? { fields: [{ pointer }] } : {}) });
  });

  test('at the moment the embargo ends is allowed', () => {
    const copy = draft({ embargoUntil: '2026-01-01T13:00:00+01:00' });
    expect(codeOf(() => publish(copy))).toBe('done');
  });

  test('makes the address from the site’s template', () => {
    expect(publish(draft({ language: 'pt-br' })).document.url).toBe(
      'https://news.example/world/pt-BR/h?id=017e2f42-9600-7747-8640-eaf09766caae',
    );
  });

  test('of a headline that ASCII cannot write has an address all the same', () => {
    expect(wantedSlug(draft({ headline: '東京' })).slug).toBe('story-9766caae');
  });

  test('has notes for as long as they fit beside the article, and none is cut', () => {
    let copy = live;
    const note = '語'.repeat(1000);
    const noting = () => {
      for (let count = 0; count < 100; count += 1) copy = published(edited(copy), { note });
    };
    expect(outcome(noting)).toMatchObject({ code: 'too_large', fields: [{ pointer: '/note' }] });
    expect(copy.publication?.notes.length).toBeGreaterThan(15);
    expect(new Set(copy.publication?.notes.map(({ text }) => text))).toEqual(new Set([note]));
    expect(codeOf(() => publish(edited(copy)))).toBe('done');
  });
});

describe('the kind of a publication', () => {
  const first = draft();
  const again = edited(live);
  type Expected = PublicationKind | '/kind' | '/note';

  test.each<[string, WorkingCopy, PublishRequest, Expected]>([
    ['of the first', first, {}, 'initial'],
    ['of the first', first, { kind: 'initial', note: 'New.' }, 'initial'],
    ['of the first', first, { kind: 'update' }, '/kind'],
    ['of the first', first, { kind: 'correction', note: 'Wrong.' }, '/kind'],
    ['of the first', first, { kind: 'clarification' }, '/kind'],
    ['of the first', first, { kind: 'refile' }, '/kind'],
    ['of a later one', again, {}, 'update'],
    ['of a later one', again, { note: 'More.' }, 'update'],
    ['of a later one', again, { kind: 'initial' }, '/kind'],
    ['of a later one', again, { kind: 'update' }, 'update'],
    ['of a later one', again, { kind: 'correction' }, '/note'],
    ['of a later one', again, { kind: 'correction', note: 'Wrong.' }, 'correction'],
    ['of a later one', again, { kind: 'clarification' }, 'clarification'],
    ['of a later one', again, { kind: 'refile' }, 'refile'],
    ['after a withdrawal', withdrawn, {}, 'update'],
    ['after a withdrawal', withdrawn, { kind: 'initial' }, '/kind'],
    ['after a withdrawal', withdrawn, { kind: 'correction' }, '/note'],
  ])('%s, %j %j', (_, copy, request, expected) => {
    const result = outcome(() => publish(copy, request));
    if (result !== 'done') expect(result).toMatchObject({ fields: [{ pointer: expected }] });
    else expect(publish(copy, request).publication.kind).toBe(expected);
  });
});

describe('there is nothing to publish', () => {
  const noted = edited(live, { deck: live.article.deck, internalNote: 'Call the ministry.' });
  const before = { publicBefore: live.article };

  test.each<[string, PublishRequest, ErrorCode | 'done']>([
    ['when readers would get what they have', {}, 'nothing_to_publish'],
    ['for an update or a clarification either', { kind: 'clarification' }, 'nothing_to_publish'],
    ['for going to the top alone', { bump: true }, 'nothing_to_publish'],
    ['unless there is a note', { note: 'The minister confirmed it.' }, 'done'],
    ['unless it is sent again on purpose', { kind: 'refile' }, 'done'],
  ])('%s', (_, request, expected) => {
    expect(codeOf(() => publish(noted, request, before))).toBe(expected);
  });

  test('unless readers do not have it any more', () => {
    expect(codeOf(() => publish(withdrawn))).toBe('done');
  });

  test('unless another address was asked for', () => {
    const moved = edited(live, { deck: live.article.deck, slug: 'another' });
    expect(codeOf(() => publish(moved, {}, before))).toBe('done');
  });
});
