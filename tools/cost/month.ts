import { type ActionId, actionIds, startOf } from './actions.ts';
import { added, type Usage } from './bill.ts';
import { accessLogBytes, billedMilliseconds, estimates, partOf, platformLogBytes } from './estimates.ts';
import type { Inventory } from './inventory.ts';
import type { Measurements } from './measured.ts';
import { asleep, daysAMonth, daysKept, type Size } from './sizes.ts';

/** What a month is worked out from: what actions take, what is deployed, and how much is done. */
export type Basis = { measurements: Measurements; inventory: Inventory };

/** How often each action is done, in a month. */
export type Counts = Readonly<Record<ActionId, number>>;

/** At once, and once more when every publication has ended that did not know of it. */
const sweepsOfAKill = 2;

const gigabyte = 2 ** 30;
const lambdaGigabyte = 1024;

/** What of a size its usage depends on. */
type Busy = Omit<Size, 'id' | 'name'>;

export function countsOf(size: Busy, { scheduledRuns }: Pick<Inventory, 'scheduledRuns'>): Counts {
  const articles = storiesOf(size);
  const updates = articles * size.updatesAnArticle;
  const reviewed = (articles * size.reviewedOfAHundred) / 100;
  const scheduled = (articles * size.scheduledOfAHundred) / 100;
  const withdrawals = (articles * size.withdrawnOfAHundred) / 100;
  const misses = readsOf(size) * (1 - size.hitsOfAHundred / 100);
  const listings = misses * (size.listingsOfAHundred / 100);
  return {
    readArticle: misses - listings,
    readListing: listings,
    create: articles,
    edit: articles * size.editsAnArticle + updates,
    submit: reviewed,
    approve: reviewed,
    schedule: scheduled,
    publish: articles - scheduled,
    publishAgain: updates,
    withdraw: withdrawals,
    kill: size.killedAMonth,
    listDesk: size.deskListsADay * daysAMonth,
    openAtDesk: size.deskReadsADay * daysAMonth,
    followPublication: articles,
    followPublicationAgain: updates,
    followTakedown: withdrawals + size.killedAMonth,
    // A run that finds something to do is counted as one more, which is a little too much.
    clockIdle: scheduledRuns,
    clockPublishes: scheduled,
    clockSweeps: sweepsOfAKill * size.killedAMonth,
  };
}

/** New stories, all of which are published, in a month. */
export const storiesOf = (size: Busy): number => size.articlesADay * daysAMonth;

/** Requests for content that reach the edge, in a month. */
export const readsOf = (size: Busy): number => size.readsADay * daysAMonth;

/** All that a month of this size takes, and what is there anyway. */
export function monthOf(size: Busy, basis: Basis): Usage {
  const counts = countsOf(size, basis.inventory);
  return added(
    basis.inventory.standing,
    databaseUsage(counts, basis),
    functionUsage(counts, basis),
    edgeUsage(size, counts, basis),
    logUsage(counts, basis),
    { activeUsers: size.users, scheduledRuns: counts.clockIdle, customMetrics: ownMetrics(counts, basis) },
  );
}

/** What a stage takes that nobody uses: what stands there, and what the clock's runs take that find nothing to do. */
export const idleUsage = (basis: Basis): Usage => monthOf(asleep, basis);

/** Metrics that are written in a month: none in one in which nothing was due. */
function ownMetrics(counts: Counts, { measurements }: Basis): number {
  const written = actionIds.map((id) => (counts[id] > 0 ? measurements[id].metrics : 0));
  return Math.max(...written);
}

function databaseUsage(counts: Counts, { measurements }: Basis): Usage {
  const each = (of: (id: ActionId) => number) => sumOf((id) => counts[id] * of(id));
  const monthsKept = daysKept / daysAMonth;
  const inTables = (each((id) => measurements[id].storedInTables) * monthsKept) / gigabyte;
  const inIndexes = (each((id) => measurements[id].storedInIndexes) * monthsKept) / gigabyte;
  return {
    readUnits: each((id) => measurements[id].readUnits),
    writeUnits: each((id) => measurements[id].writeUnits),
    tableStorage: inTables + inIndexes,
    continuousBackups: inTables,
  };
}

function functionUsage(counts: Counts, { measurements, inventory: { memory } }: Basis): Usage {
  return {
    invocations: sumOf((id) => counts[id] * measurements[id].invocations),
    computing: sumOf((id) => {
      const seconds = billedMilliseconds(id, measurements[id], memory) / 1000;
      return counts[id] * seconds * (memory[partOf(id)] / lambdaGigabyte);
    }),
    apiRequests: sumOf((id) => (isRequest(id) ? counts[id] : 0)),
  };
}

function edgeUsage(size: Busy, counts: Counts, { measurements, inventory }: Basis): Usage {
  const { edgeFunctions, edgeKeepsLogs, settings } = inventory;
  const reads = readsOf(size);
  const listings = size.listingsOfAHundred / 100;
  const editorial = sumOf((id) => (isRequest(id) && partOf(id) === 'editorial' ? counts[id] : 0));
  const replyBytes = (id: ActionId) => measurements[id].replyBytes + estimates.headerBytes;
  const contentBytes = reads * (listings * replyBytes('readListing') + (1 - listings) * replyBytes('readArticle'));
  const editorialBytes = sumOf((id) => (partOf(id) === 'editorial' && isRequest(id) ? counts[id] * replyBytes(id) : 0));
  const logDays = edgeKeepsLogs ? (settings.edge.accessLogDays ?? 0) : 0;
  return {
    edgeRequests: reads + editorial,
    edgeTransfer: (contentBytes + editorialBytes) / gigabyte,
    edgeFunctions: reads * edgeFunctions.content + editorial * edgeFunctions.editorial,
    purgedPaths: purgedPaths(counts, { measurements, inventory }),
    objectStorage: ((reads + editorial) * estimates.edgeLogBytes * (logDays / daysAMonth)) / gigabyte,
  };
}

/** A stage may purge what is taken down, and let updates wait for the minute that the edge keeps a story. */
function purgedPaths(counts: Counts, { measurements, inventory }: Basis): number {
  const takedownsAlone = inventory.settings.edge.purges === 'takedowns';
  const paths = (id: ActionId) => counts[id] * measurements[id].purgedPaths;
  return paths('followTakedown') + (takedownsAlone ? 0 : paths('followPublication') + paths('followPublicationAgain'));
}

function logUsage(counts: Counts, { measurements, inventory }: Basis): Usage {
  const { accessLogFormats, settings } = inventory;
  const bytes = sumOf((id) => {
    const accessLog = isRequest(id) ? accessLogBytes(accessLogFormats[partOf(id)]) : 0;
    const { invocations, logBytes } = measurements[id];
    return counts[id] * (logBytes + invocations * platformLogBytes + accessLog);
  });
  const ingested = bytes / gigabyte;
  return { logIngestion: ingested, logStorage: ingested * (settings.logRetentionDays / daysAMonth) };
}

const isRequest = (id: ActionId): boolean => startOf(id) === 'request';

const sumOf = (of: (id: ActionId) => number): number => actionIds.reduce((sum, id) => sum + of(id), 0);
