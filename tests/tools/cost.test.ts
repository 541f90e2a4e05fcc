import { beforeAll, describe, expect, test } from '@jest/globals';
import { reactions } from '../../contract/events.ts';
import { stages } from '../../infra/stages.ts';
import { actionIds, type Observations, observeActions, startOf } from '../../tools/cost/actions.ts';
import { totalOf } from '../../tools/cost/bill.ts';
import { itemSize } from '../../tools/cost/capacity.ts';
import { accessLogBytes, billedMilliseconds } from '../../tools/cost/estimates.ts';
import { inventoryOf } from '../../tools/cost/inventory.ts';
import {
  differences,
  type Measurements,
  measurementsOf,
  readMeasurements,
  settled,
} from '../../tools/cost/measured.ts';
import { countsOf, idleUsage, monthOf } from '../../tools/cost/month.ts';
import { freeDashboardMetrics, idleCost } from '../../tools/cost/page-idle.ts';
import { partOf } from '../../tools/cost/page-month.ts';
import { readIds, readOf, requestsOf } from '../../tools/cost/reads.ts';
import { type Report, reportOf } from '../../tools/cost/report.ts';
import { outdated } from '../../tools/cost/run.ts';
import { serviceCost, services } from '../../tools/cost/services.ts';
import { asleep, type Size, sizes } from '../../tools/cost/sizes.ts';
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
}, 120_000);

describe('what is measured', () => {
  test('is what tools/cost/measured.json has', () => {
    expect(differences(kept, now)).toEqual([]);
  });

  test('keeps the promise of the design', () => {
    expect(now.readArticle).toMatchObject({ requests: ['GetItem'], readUnits: 0.5, writeUnits: 0 });
    expect(now.readListing.requests).toEqual(['Query']);
    expect(now.readListing.readUnits).toBeLessThanOrEqual(2.5);
    const changing = ['create', 'edit', 'submit', 'approve', 'schedule', 'publish', 'publishAgain', 'withdraw', 'kill'];
    for (const id of actionIds.filter((action) => changing.includes(action)))
      expect(now[id].requests.filter((operation) => !['GetItem', 'Query'].includes(operation))).toEqual([
        'TransactWriteItems',
      ]);
  });

  test('is what is stated of each read', () => {
    for (const id of readIds) {
      expect({ id, requests: now[id].requests }).toEqual({ id, requests: requestsOf(readOf(id)) });
      expect(now[id].readUnits).toBeLessThanOrEqual(readOf(id).units);
      expect(now[id].writeUnits).toBe(0);
    }
  });

  test('is two units for each count of a new story, beside those for what it was counted by', () => {
    const [section, topics, day, countedBy] = [1, 3, 1, 1];
    expect(now.followPublication.writeUnits).toBe(2 * (section + topics + day + countedBy));
    expect(now.followTakedown.writeUnits).toBe(now.followPublication.writeUnits);
    // The day has changed, and when the story was published.
    expect(now.followPublicationAgain.writeUnits).toBe(2 * (day + countedBy));
  });

  test('is one call of each function that follows what is public', () => {
    expect(now.followPublication.invocations).toBe(Object.keys(reactions).length);
    expect(now.publish.invocations).toBe(1);
  });

  test('is next to nothing of a clock that has nothing to do: an eventually consistent query, and no line', () => {
    expect(now.clockIdle).toMatchObject({
      requests: ['Query'],
      readUnits: 0.5,
      writeUnits: 0,
      logBytes: 0,
      metrics: 0,
    });
    expect(observed.clockPublishes.metrics).toEqual(['LateByMs', 'Failed']);
    expect(actionIds.filter((id) => now[id].metrics > 0)).toEqual(['clockPublishes', 'clockSweeps']);
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
    for (const id of actionIds.filter((action) => startOf(action) === 'request')) {
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
      const cost = idleCost({ measurements: kept, inventory });
      expect(cost).toBeGreaterThan(0);
      expect(cost).toBeLessThan(2);
      // A larger one would not be free.
      const larger = { ...inventory, dashboardMetrics: freeDashboardMetrics + 1 };
      expect(idleCost({ measurements: kept, inventory: larger }) - cost).toBeCloseTo(3, 9);
    },
  );

  test('pays for a clock that runs each minute of the night, and not for metrics in which nothing would stand', () => {
    const { standing, scheduledRuns } = report.inventory;
    expect(scheduledRuns).toBe(30 * 24 * 60);
    const usage = idleUsage(report);
    expect(usage).toMatchObject({ invocations: scheduledRuns, readUnits: scheduledRuns / 2, customMetrics: 0 });
    const runs = totalOf(usage, 'used up') - totalOf(standing, 'used up');
    expect(runs).toBeGreaterThan(0.01);
    expect(runs).toBeLessThan(0.1);
  });

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
    const counts = countsOf(national, report.inventory);
    const stories = national.articlesADay * 30;
    expect(counts.publish + counts.clockPublishes).toBe(stories);
    expect(counts.schedule).toBe(counts.clockPublishes);
    expect(counts.edit).toBe(stories * national.editsAnArticle + counts.publishAgain);
    expect(counts.followPublication).toBe(stories);
    expect(counts.followPublicationAgain).toBe(counts.publishAgain);
    expect(counts.followTakedown).toBe(counts.withdraw + counts.kill);
  });

  test('asks the APIs for what the edge has not', () => {
    const all = { ...size('national'), hitsOfAHundred: 0 };
    const half = { ...size('national'), hitsOfAHundred: 50 };
    const requests = (one: Size) => monthOf(one, report).apiRequests ?? 0;
    expect(requests(all) - requests(half)).toBeCloseTo(1_500_000 * 30 * 0.5, 3);
  });

  test('of a newsroom that does nothing is what stands there, and the clock', () => {
    expect(Object.values(asleep).every((value) => value === 0)).toBe(true);
    expect(Object.keys(asleep).sort()).toEqual(
      Object.keys(size('local'))
        .filter((name) => !/^(id|name)$/.test(name))
        .sort(),
    );
    const still = { ...report.inventory, scheduledRuns: 0 };
    const nothing = totalOf(monthOf(asleep, { ...report, inventory: still }), 'used up');
    expect(nothing).toBeCloseTo(totalOf(report.inventory.standing, 'used up'), 9);
  });

  test('in which something is due has the metrics that the clock writes of it', () => {
    expect(monthOf({ ...asleep, articlesADay: 1, scheduledOfAHundred: 10 }, report).customMetrics).toBe(2);
    expect(monthOf({ ...asleep, articlesADay: 1 }, report).customMetrics).toBe(0);
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
    const milliseconds = (id: 'readArticle' | 'publish' | 'followTakedown') =>
      billedMilliseconds(id, kept[id], report.inventory.memory);
    expect(milliseconds('readArticle')).toBeGreaterThanOrEqual(10);
    expect(milliseconds('publish')).toBeGreaterThan(milliseconds('readArticle'));
    expect(milliseconds('followTakedown')).toBeGreaterThan(5_000);
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
});
