import { type ActionId, actionIds } from './actions.ts';
import { added, type Usage } from './bill.ts';
import { accessLogBytes, billedMilliseconds, estimates, partOf, platformLogBytes } from './estimates.ts';
import type { Inventory } from './inventory.ts';
import type { Measurements } from './measured.ts';
import { daysAMonth, daysKept, type Size } from './sizes.ts';

/** What a month is worked out from: what actions take, what is deployed, and how much is done. */
export type Basis = { measurements: Measurements; inventory: Inventory };

/** How often each action is done, in a month. */
export type Counts = Readonly<Record<ActionId, number>>;

const gigabyte = 2 ** 30;
const lambdaGigabyte = 1024;

export function countsOf(size: Size): Counts {
  const articles = size.articlesADay * daysAMonth;
  const updates = articles * size.updatesAnArticle;
  const withdrawals = (articles * size.withdrawnOfAHundred) / 100;
  const misses = readsOf(size) * (1 - size.hitsOfAHundred / 100);
  const listings = misses * (size.listingsOfAHundred / 100);
  return {
    readArticle: misses - listings,
    readListing: listings,
    create: articles,
    edit: articles * size.editsAnArticle + updates,
    publish: articles,
    publishAgain: updates,
    withdraw: withdrawals,
    listDesk: size.deskListsADay * daysAMonth,
    openAtDesk: size.deskReadsADay * daysAMonth,
    followPublication: articles,
    followPublicationAgain: updates,
    followWithdrawal: withdrawals,
  };
}

/** Requests for content that reach the edge, in a month. */
export const readsOf = (size: Size): number => size.readsADay * daysAMonth;

/** All that a month of this size takes, and what is there anyway. */
export function monthOf(size: Size, basis: Basis): Usage {
  const counts = countsOf(size);
  return added(
    basis.inventory.standing,
    databaseUsage(counts, basis),
    functionUsage(counts, basis),
    edgeUsage(size, counts, basis),
    logUsage(counts, basis),
    { activeUsers: size.users },
  );
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
    invocations: sumOf((id) => counts[id]),
    computing: sumOf((id) => {
      const seconds = billedMilliseconds(id, measurements[id], memory) / 1000;
      return counts[id] * seconds * (memory[partOf(id)] / lambdaGigabyte);
    }),
    apiRequests: sumOf((id) => (isRequest(id) ? counts[id] : 0)),
  };
}

function edgeUsage(size: Size, counts: Counts, { measurements, inventory }: Basis): Usage {
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
  return (
    paths('followWithdrawal') + (takedownsAlone ? 0 : paths('followPublication') + paths('followPublicationAgain'))
  );
}

function logUsage(counts: Counts, { measurements, inventory }: Basis): Usage {
  const { accessLogFormats, settings } = inventory;
  const bytes = sumOf((id) => {
    const accessLog = isRequest(id) ? accessLogBytes(accessLogFormats[partOf(id)]) : 0;
    return counts[id] * (measurements[id].logBytes + platformLogBytes + accessLog);
  });
  const ingested = bytes / gigabyte;
  return { logIngestion: ingested, logStorage: ingested * (settings.logRetentionDays / daysAMonth) };
}

/** Whether somebody asked for it over HTTP; what follows a publication comes from the table's stream. */
const isRequest = (id: ActionId): boolean => !id.startsWith('follow');

const sumOf = (of: (id: ActionId) => number): number => actionIds.reduce((sum, id) => sum + of(id), 0);
