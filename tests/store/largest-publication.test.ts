import { expect, test } from '@jest/globals';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { createCopy, updateCopy } from '../../domain/article/edit.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import type { Caller, WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { publishWrites } from '../../store/publish.ts';

const caller: Caller = { sub: 's', username: 'ana', role: 'editor' };
const now = new Date('2026-01-01T00:00:00Z');
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix} ${index}`);
const topics = [
  [
    '01000000',
    '02000000',
    '03000000',
    '04000000',
    '05000000',
    '06000000',
    '07000000',
    '08000000',
    '09000000',
    '10000000',
  ],
  [
    '11000000',
    '12000000',
    '13000000',
    '14000000',
    '15000000',
    '16000000',
    '17000000',
    '20000065',
    '20000069',
    '20000002',
  ],
].map((numbers) => numbers.map((number) => `medtop:${number}`));

/** An article that stands in as many listings as one may, all of them different in each variant. */
const fullest = (variant: 0 | 1) => ({
  headline: 'Fullest',
  slug: `fullest-${variant}`,
  section: `section-${variant}`,
  topics: topics[variant] ?? [],
  tags: many(12, `tag ${variant}`),
  places: many(6, `place ${variant}`),
  people: many(6, `person ${variant}`),
  authors: many(4, `author ${variant}`).map((name) => ({ name, role: null })),
  body: { text: 'Text.' },
});

const publishing = (variant: 0 | 1, basedOn: number) => ({
  request: {},
  basedOn,
  caller,
  section: { slug: `section-${variant}`, name: 'S' },
  slug: `fullest-${variant}`,
  siteUrlTemplate: 'https://news.example/{slug}',
  now,
});

test('the largest publication, every listing left and as many entered, stays under DynamoDB’s hundred writes', () => {
  const article = patchArticle(blankArticle('en'), fullest(0));
  const { copy } = createCopy({ id: '017e2f42-9600-7747-8640-eaf09766caae', article, action: 'create', caller, now });
  const first = decidePublication(copy, publishing(0, 1)).copy;
  const edited = updateCopy(first, { patch: fullest(1), basedOn: 2, caller, now })?.copy as WorkingCopy;
  const moved = {
    ...edited,
    publication: edited.publication && { ...edited.publication, sortAt: '2025-01-01T00:00:00.000Z' },
  };
  const decision = decidePublication(moved, publishing(1, 3));
  decision.publication.sortAt = now.toISOString();
  const database = { editorialTable: 'editorial', contentTable: 'content', timing: { now: () => 0 } } as Database;
  const remembered = { actor: 's', key: 'k', fingerprint: 'f', answer: { status: 200, headers: {}, body: '' } };
  const writes = publishWrites(database, decision, { sentAt: 0, changeId: 'c' }, remembered);
  const keys = writes.map((write) =>
    'put' in write ? `${write.put.pk} ${write.put.sk}` : `${write.delete.pk} ${write.delete.sk}`,
  );
  expect(new Set(keys.map((key, index) => `${writes[index]?.table} ${key}`)).size).toBe(writes.length);
  // 40 rows out, 40 in; due entries (3) and the corrections listing (2) are still to come and fit as well.
  expect(writes).toHaveLength(89);
  expect(writes.length + 5).toBeLessThanOrEqual(100);
});
