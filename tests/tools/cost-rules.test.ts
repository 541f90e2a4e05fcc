import { describe, expect, test } from '@jest/globals';
import { tables } from '../../store/tables.ts';
import { costOf } from '../../tools/cost/bill.ts';
import { itemSize, type StoredItem, writeUnits } from '../../tools/cost/capacity.ts';
import { wrapped } from '../../tools/cost/format.ts';
import { prices } from '../../tools/cost/prices.ts';
import { services } from '../../tools/cost/services.ts';

describe('a price', () => {
  test.each([
    ['writeUnits', 1_000_000, 0.625, 0.625],
    ['readUnits', 1_000_000, 0.125, 0.125],
    ['purgedPaths', 1_000, 0, 5],
    ['purgedPaths', 1_001, 0.005, 5.005],
    ['invocations', 3_000_000, 0.4, 0.6],
    ['alarmMetrics', 12, 0.2, 1.2],
    ['dashboards', 4, 3, 12],
    // Ten TB at 0.085 and one at 0.08; the first of them may be free.
    ['edgeTransfer', 11 * 1024, 9 * 1024 * 0.085 + 1024 * 0.08, 10 * 1024 * 0.085 + 1024 * 0.08],
    ['apiRequests', 301_000_000, 300.9, 300.9],
    ['tableStorage', 25, 0, 6.25],
  ] as const)('of %s for %d is %d with its allowance and %d without', (id, quantity, ours, usedUp) => {
    expect(costOf(id, quantity, 'ours')).toBeCloseTo(ours, 9);
    expect(costOf(id, quantity, 'used up')).toBeCloseTo(usedUp, 9);
  });

  test('has tiers that rise without end, and an allowance within the first', () => {
    for (const { tiers, free } of Object.values(prices)) {
      const ends = tiers.map(({ upTo }) => upTo);
      expect(ends).toEqual(ends.toSorted((one, other) => one - other));
      expect(ends.at(-1)).toBe(Number.POSITIVE_INFINITY);
      expect(free).toBeLessThanOrEqual(ends[0] ?? 0);
    }
  });

  test('stands in one line of the bill, and only one', () => {
    const listed = services.flatMap((service): readonly string[] => service.prices);
    expect(listed.toSorted()).toEqual(Object.keys(prices).toSorted());
  });
});

describe('the write units of a transaction', () => {
  const item = (stage: string, summaryBytes: number, more: StoredItem = {}): StoredItem => ({
    pk: { S: 'ARTICLE#1' },
    sk: { S: 'HEAD' },
    stageKey: { S: stage },
    recentKey: { S: 'ALL' },
    changedKey: { S: '2026#1' },
    summary: { S: 's'.repeat(summaryBytes) },
    ...more,
  });
  const units = (before?: StoredItem, after?: StoredItem) => writeUnits(tables.editorial, { before, after });

  test('are two a kB of the table, and one of each index that it enters', () => {
    expect(units(undefined, item('draft', 10))).toEqual({ table: 2, indexes: 2 });
    expect(units(undefined, item('draft', 1100))).toEqual({ table: 4, indexes: 4 });
  });

  test('count the larger of what was and what is', () => {
    expect(units(item('draft', 3000), item('draft', 10))).toEqual({ table: 6, indexes: 6 });
    expect(units(item('draft', 3000))).toEqual({ table: 6, indexes: 6 });
  });

  test('are two of an index in which the entry moves, and none of one that it leaves as it is', () => {
    expect(units(item('draft', 10), item('published', 10)).indexes).toBe(2);
    expect(units(item('draft', 10), item('draft', 10, { more: { N: '12.5' } })).indexes).toBe(0);
  });

  test('take names and values by their bytes', () => {
    expect(itemSize({ a: { S: 'é' }, n: { N: '-12.5' }, b: { B: new Uint8Array(10) }, l: { L: [{ S: 'x' }] } })).toBe(
      3 + 4 + 11 + (1 + 3 + 2),
    );
  });
});

describe('the page', () => {
  test('breaks long lines, and no table', () => {
    const long = 'word '.repeat(40).trim();
    expect(wrapped(long).split('\n')).toHaveLength(2);
    expect(wrapped(`- ${long}\n- short`)).toMatch(/\n {2}word.*\n- short$/s);
    expect(wrapped(`| ${long} |`)).toBe(`| ${long} |`);
  });
});
