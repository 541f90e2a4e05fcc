import { describe, expect, test } from '@jest/globals';
import type { Article } from '../../contract/schemas/article.ts';
import { blankArticle, patchArticle } from '../../domain/article/article.ts';
import { mostCorrections } from '../../domain/article/corrections.ts';
import { createCopy, updateCopy } from '../../domain/article/edit.ts';
import { decidePublication } from '../../domain/article/publish.ts';
import { decideKill, decideWithdrawal } from '../../domain/article/take-down.ts';
import type { Caller, Publication, WorkingCopy } from '../../domain/article/working-copy.ts';
import type { Database } from '../../store/database.ts';
import { publishWrites } from '../../store/publish.ts';
import { takeDownWrites } from '../../store/take-down.ts';
import type { Write } from '../../store/transaction.ts';

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

const publishing = (variant: 0 | 1, basedOn: number, publicBefore?: Article) => ({
  request: { kind: publicBefore ? ('correction' as const) : ('initial' as const), note: 'N', bump: true },
  basedOn,
  caller,
  section: { slug: `section-${variant}`, name: 'S' },
  slug: `fullest-${variant}`,
  siteUrlTemplate: 'https://news.example/{slug}',
  fourEyes: false,
  publicBefore,
  killed: new Set<string>(),
  now: new Date(now.getTime() + basedOn),
});

const database = {
  editorialTable: 'editorial',
  contentTable: 'content',
  timing: { now: () => 0 },
  newChangeId: () => 'c',
} as unknown as Database;
const changeId = '01FRQTYK80VKS6E3VZ2D2Q9X6M';

/** As many corrections as stand in their listing. */
const corrections = Array.from({ length: mostCorrections }, (_, index) => ({
  at: new Date(index).toISOString(),
  from: 1,
  to: 1,
}));

/** A story that is public, with every correction that it may have, and its end scheduled. */
function live(): WorkingCopy {
  const article = patchArticle(blankArticle('en'), fullest(0));
  const { copy } = createCopy({ id: '017e2f42-9600-7747-8640-eaf09766caae', article, action: 'create', caller, now });
  const published = decidePublication(copy, publishing(0, 1)).copy;
  const schedule = { publication: null, unpublishAt: '2027-01-01T00:00:00.000Z', at: now.toISOString(), by: caller };
  return { ...published, publication: { ...publicationOf(published), corrections }, schedule };
}

function publicationOf({ publication }: WorkingCopy): Publication {
  if (!publication) throw new TypeError('It is public.');
  return publication;
}

function keysOf(writes: readonly Write[]): Set<string> {
  return new Set(
    writes.map((write) => {
      const { pk, sk } = 'put' in write ? write.put : write.delete;
      return `${write.table} ${pk} ${sk}`;
    }),
  );
}

describe('DynamoDB’s hundred writes are enough for the largest', () => {
  test('publication: every listing left and as many entered, a new slug, one correction too many, and a schedule kept', () => {
    const before = live();
    const edited = updateCopy(before, { patch: fullest(1), basedOn: 2, caller, now })?.copy as WorkingCopy;
    const decided = { publishAt: now.toISOString(), kind: null, note: null, by: caller };
    const later = { ...decided, revision: 2, slug: 'fullest-1', bump: true };
    const scheduled = { ...edited, schedule: before.schedule && { ...before.schedule, publication: later } };
    const decision = decidePublication(scheduled, publishing(1, 3, before.article));
    const remembered = { actor: 's', key: 'k', fingerprint: 'f', answer: { status: 200, headers: {}, body: '' } };
    const writes = publishWrites(database, decision, changeId, { remembered });
    expect(keysOf(writes).size).toBe(writes.length);
    // 42 rows out, 42 in.
    expect(writes).toHaveLength(97);
  });

  test('publication of a story that was withdrawn: all its corrections come back', () => {
    const { copy } = decideWithdrawal(live(), { basedOn: 2, caller, now });
    const decision = decidePublication(copy, publishing(0, 3, copy.article));
    const entries = corrections
      .slice(1)
      .map(({ at }) => ({ ...decision.document, at, note: 'N', changes: [], moreChanges: 0 }));
    const writes = publishWrites(database, decision, changeId, { corrections: entries });
    expect(keysOf(writes).size).toBe(writes.length);
    expect(writes.length).toBeLessThanOrEqual(95);
  });

  test('kill: out of every listing, its corrections too', () => {
    const request = { notice: 'N', keepHeadline: true };
    const decision = decideKill(live(), {
      request,
      headline: 'H',
      basedOn: 2,
      caller: { ...caller, role: 'admin' },
      now,
    });
    const writes = takeDownWrites(database, decision, changeId);
    expect(keysOf(writes).size).toBe(writes.length);
    expect(writes.length).toBeLessThanOrEqual(95);
  });
});
