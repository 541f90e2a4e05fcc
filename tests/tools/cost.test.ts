import { beforeAll, describe, expect, test } from '@jest/globals';
import { stages } from '../../infra/stages.ts';
import { tables } from '../../store/tables.ts';
import { actionIds, type Observations, observeActions } from '../../tools/cost/actions.ts';
import { costOf, totalOf } from '../../tools/cost/bill.ts';
import { itemSize, type StoredItem, writeUnits } from '../../tools/cost/capacity.ts';
import { accessLogBytes, billedMilliseconds } from '../../tools/cost/estimates.ts';
import { wrapped } from '../../tools/cost/format.ts';
import { inventoryOf } from '../../tools/cost/inventory.ts';
import {
  differences,
  type Measurements,
  measurementsOf,
  readMeasurements,
  settled,
} from '../../tools/cost/measured.ts';
import { countsOf, monthOf } from '../../tools/cost/month.ts';
import { freeDashboardMetrics, idleCost } from '../../tools/cost/page-idle.ts';
import { partOf } from '../../tools/cost/page-month.ts';
import { prices } from '../../tools/cost/prices.ts';
import { type Report, reportOf } from '../../tools/cost/report.ts';
import { outdated } from '../../tools/cost/run.ts';
import { serviceCost, services } from '../../tools/cost/services.ts';
import { type Size, sizes } from '../../tools/cost/sizes.ts';
import { differenceOf, variantsWith } from '../../tools/cost/variants.ts';

let observed: Observations;
let now: Measurements;
let kept: Measurements;
let report: Report;

beforeAll(async () => {
  observed = await observeActions();
  now = measurementsOf(observed);
  kept = await readMeasurements();
  report = reportOf(kept);
}, 60_000);

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

describe('what is measured', () => {
  test('is what tools/cost/measured.json has', () => {
    expect(differences(kept, now)).toEqual([]);
  });

  test('keeps the promise of the design', () => {
    expect(now.readArticle).toMatchObject({ requests: ['GetItem'], readUnits: 0.5, writeUnits: 0 });
    expect(now.readListing.requests).toEqual(['Query']);
    expect(now.readListing.readUnits).toBeLessThanOrEqual(2.5);
    for (const id of ['create', 'edit', 'publish', 'publishAgain', 'withdraw'] as const)
      expect(now[id].requests.filter((operation) => operation !== 'GetItem')).toEqual(['TransactWriteItems']);
  });

  test('agrees with the engine on write units', () => {
    for (const id of actionIds) {
      const engine = observed[id].database.reduce((sum, one) => sum + one.engineWriteUnits, 0);
      expect({ id, units: now[id].writeUnits }).toEqual({ id, units: engine });
    }
  });

  test('is not so near to the next kB that an id could tip it; else give tools/cost/actions.ts other usage terms', () => {
    const changes = actionIds.flatMap((id) => observed[id].database.flatMap((one) => one.changes));
    const bytes = changes.flatMap(({ before, after }) =>
      [before, after].filter((item) => item !== undefined).map(itemSize),
    );
    expect(bytes.filter((size) => Math.abs(size - Math.round(size / 1024) * 1024) < 24)).toEqual([]);
  });

  test('is a log line of less than half a kB for each request', () => {
    for (const id of actionIds.filter((action) => !action.startsWith('follow'))) {
      expect(now[id].logBytes).toBeGreaterThan(100);
      expect(now[id].logBytes).toBeLessThan(500);
    }
  });

  test('is told apart from what it was, unless a few bytes are all that changed', () => {
    const more = (change: object) => ({ ...kept, publish: { ...kept.publish, ...change } });
    expect(differences(kept, more({ writeUnits: kept.publish.writeUnits + 2 }))).toHaveLength(1);
    expect(differences(kept, more({ logBytes: kept.publish.logBytes + 500 }))).toHaveLength(1);
    expect(differences(kept, more({ logBytes: kept.publish.logBytes + 3 }))).toEqual([]);
    expect(settled(kept, more({ logBytes: kept.publish.logBytes + 3 }))).toEqual(kept);
  });
});

describe('a stage that nobody uses', () => {
  test.each(Object.entries(stages))(
    'costs less than 2 USD as %s, its dashboard being one of the free ones',
    (_, settings) => {
      const inventory = inventoryOf(settings);
      expect(inventory.standing.dashboards).toBe(1);
      expect(inventory.dashboardMetrics).toBeLessThanOrEqual(freeDashboardMetrics);
      expect(idleCost(inventory)).toBeGreaterThan(0);
      expect(idleCost(inventory)).toBeLessThan(2);
      // A larger one would not be free.
      expect(idleCost({ ...inventory, dashboardMetrics: freeDashboardMetrics + 1 }) - idleCost(inventory)).toBeCloseTo(
        3,
        9,
      );
    },
  );

  test('pays for what is kept warm', () => {
    const warm = { ...stages.dev, concurrency: { reserved: {}, provisioned: { 'get-published-article': 2 } } };
    expect(inventoryOf(warm).standing.provisionedConcurrency).toBe(2 * 0.5 * 30 * 86_400);
  });

  test('has no firewall', () => {
    expect(report.inventory.standing.webAcls).toBeUndefined();
    expect(report.firewall.webAcls).toBe(1);
    expect(totalOf(report.firewall, 'used up')).toBeGreaterThanOrEqual(6);
  });
});

describe('a month', () => {
  const size = (id: string): Size => {
    const found = sizes.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`There is no size ${id}.`);
    return found;
  };

  test('has an edit for each update, and follows what is published', () => {
    const national = size('national');
    const { publish, publishAgain, edit, followPublicationAgain } = countsOf(national);
    expect(publish).toBe(national.articlesADay * 30);
    expect(edit).toBe(publish * national.editsAnArticle + publishAgain);
    expect(followPublicationAgain).toBe(publishAgain);
  });

  test('asks the APIs for what the edge has not', () => {
    const all = { ...size('national'), hitsOfAHundred: 0 };
    const half = { ...size('national'), hitsOfAHundred: 50 };
    const requests = (one: Size) => monthOf(one, report).apiRequests ?? 0;
    expect(requests(all) - requests(half)).toBeCloseTo(1_500_000 * 30 * 0.5, 3);
  });

  test('of a newsroom that does nothing is what stands there', () => {
    const asleep = Object.fromEntries(
      Object.entries(size('local')).map(([name, value]) => [name, typeof value === 'number' ? 0 : value]),
    ) as unknown as Size;
    expect(totalOf(monthOf(asleep, report), 'used up')).toBeCloseTo(totalOf(report.inventory.standing, 'used up'), 9);
  });

  test('is told whole by the lines of the bill', () => {
    for (const one of sizes) {
      const month = monthOf(one, report);
      const lines = services.reduce((sum, { id }) => sum + serviceCost(id, month, 'ours'), 0);
      expect(lines).toBeCloseTo(totalOf(month, 'ours'), 6);
    }
  });

  test('of a national daily goes to purges more than to anything else, and not where takedowns alone are purged', () => {
    const index = sizes.findIndex(({ id }) => id === 'national');
    expect(partOf('purges', report, index)).toBeGreaterThan(0.5);
    const [takedowns] = variantsWith(report.firewall);
    const saved = takedowns ? differenceOf(takedowns, size('national'), report) : 0;
    expect(saved).toBeCloseTo(-serviceCost('purges', monthOf(size('national'), report), 'ours'), 6);
  });
});

describe('an estimate', () => {
  test('bills a publication more than a read, and a withdrawal its wait', () => {
    const milliseconds = (id: 'readArticle' | 'publish' | 'followWithdrawal') =>
      billedMilliseconds(id, kept[id], report.inventory.memory);
    expect(milliseconds('readArticle')).toBeGreaterThanOrEqual(10);
    expect(milliseconds('publish')).toBeGreaterThan(milliseconds('readArticle'));
    expect(milliseconds('followWithdrawal')).toBeGreaterThan(5_000);
  });

  test('fills in the variables of an access log', () => {
    expect(accessLogBytes('{"status":"$context.status","b":"$context.responseLength"}')).toBe(
      '{"status":"200","b":"1234"}\n'.length,
    );
  });
});

describe('the page', () => {
  test('is current', async () => {
    expect(await outdated()).toEqual([]);
  });

  test('breaks long lines, and no table', () => {
    const long = 'word '.repeat(40).trim();
    expect(wrapped(long).split('\n')).toHaveLength(2);
    expect(wrapped(`- ${long}\n- short`)).toMatch(/\n {2}word.*\n- short$/s);
    expect(wrapped(`| ${long} |`)).toBe(`| ${long} |`);
  });
});
