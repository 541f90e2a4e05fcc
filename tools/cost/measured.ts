import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type ActionId, measuredIds, type Observations } from './actions.ts';
import type { Observed } from './newsroom.ts';
import { inOrder, type ReadId, readOf, reads } from './reads.ts';

/** What one action takes. */
export type Measured = {
  invocations: number;
  /** Of the database, in order. */
  requests: string[];
  readUnits: number;
  writeUnits: number;
  /** Those of them that indexes take. */
  indexWriteUnits: number;
  /** Bytes that stay in the tables, and in their indexes. */
  storedInTables: number;
  storedInIndexes: number;
  /** Of the reply as it travels, without its headers: gzipped to readers, plain to the desk. */
  replyBytes: number;
  /** Of the lines that the function writes; Lambda and API Gateway write more. */
  logBytes: number;
  purgedPaths: number;
  /** Metrics of its own. */
  metrics: number;
};
export type Measurements = Readonly<Record<ActionId | ReadId, Measured>>;

/**
 * Kept, so that the page is a function of files alone. Bytes differ a little from run to run, since ids and instants
 * compress differently; the kept ones stand as long as they are this near.
 */
const file = fileURLToPath(new URL('measured.json', import.meta.url));
const nearly = 0.05;
const byteCounts = ['storedInTables', 'storedInIndexes', 'replyBytes', 'logBytes'] as const;

export function measurementsOf(observations: Observations): Measurements {
  return Object.fromEntries(measuredIds.map((id) => [id, measuredOf(id, observations[id])])) as Measurements;
}

/** Whatever goes side by side arrives in any order. */
function requestsIn(id: ActionId | ReadId, database: Observed['database']): string[] {
  const requests = database.map((one) => one.operation);
  return id in reads ? inOrder(requests, readOf(id as ReadId).requests) : requests;
}

function measuredOf(
  id: ActionId | ReadId,
  { invocations, database, replyBytes, logBytes, purgedPaths, metrics }: Observed,
): Measured {
  const sum = (of: (one: Observed['database'][number]) => number) =>
    database.reduce((total, one) => total + of(one), 0);
  return {
    invocations,
    requests: requestsIn(id, database),
    readUnits: sum((one) => one.readUnits),
    writeUnits: sum((one) => one.writeUnits),
    indexWriteUnits: sum((one) => one.indexWriteUnits),
    storedInTables: sum((one) => one.stored.table),
    storedInIndexes: sum((one) => one.stored.indexes),
    replyBytes,
    logBytes,
    purgedPaths,
    metrics: metrics.length,
  };
}

export async function readMeasurements(): Promise<Measurements> {
  return JSON.parse(await readFile(file, 'utf8'));
}

export async function writeMeasurements(measurements: Measurements): Promise<void> {
  await writeFile(file, `${JSON.stringify(measurements, null, 2)}\n`);
}

/** The new measurements, with the kept count of bytes wherever it is near enough. */
export function settled(kept: Measurements | undefined, now: Measurements): Measurements {
  const settledOf = (id: ActionId | ReadId): Measured => {
    const was = kept?.[id];
    if (!was) return now[id];
    const near = byteCounts.filter((name) => isNear(was[name], now[id][name]));
    return { ...now[id], ...Object.fromEntries(near.map((name) => [name, was[name]])) };
  };
  return Object.fromEntries(measuredIds.map((id) => [id, settledOf(id)])) as Measurements;
}

/** In words, each figure that is another one now. */
export function differences(kept: Measurements, now: Measurements): string[] {
  return measuredIds.flatMap((id) => {
    const [was, is] = [kept[id], settled(kept, now)[id]];
    if (!was) return [`${id} was not measured before`];
    return (Object.keys(is) as (keyof Measured)[])
      .filter((name) => String(was[name]) !== String(is[name]))
      .map((name) => `${id} ${name}: ${was[name]} in tools/cost/measured.json, now ${is[name]}`);
  });
}

/** A hundred bytes are near whatever they are a part of. */
function isNear(was: number, is: number): boolean {
  return Math.abs(was - is) <= Math.max(100, Math.abs(was) * nearly);
}
