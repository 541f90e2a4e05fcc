import type { TableName } from '../store/tables.ts';
import type { DataFolder } from './data-folder.ts';
import { type Engine, startEngine } from './engine.ts';
import { StartError } from './start-error.ts';

export const tableNames = {
  editorial: 'dateline-editorial',
  content: 'dateline-content',
} as const satisfies Record<TableName, string>;

/** Starts the engine, with the folder's data when there is one. */
export async function startLocalEngine(folder: DataFolder | undefined): Promise<Engine> {
  const engine = await startEngine(folder && { dbPath: folder.dbPath });
  await folder?.recordEngine(engine.pid);
  return engine;
}

/** Makes the tables where they are missing. Throws a StartError that says whose fault it is when they can't be read. */
export async function ensureTables(endpoint: string, dbPath: string | undefined): Promise<void> {
  const { createTables } = await import('./create-tables.ts');
  await createTables(endpoint, tableNames).catch((cause: unknown) => {
    if (cause instanceof StartError) throw cause;
    const reason = cause instanceof Error && cause.message ? cause.message : 'no connection';
    const text = dbPath
      ? `The data in ${dbPath} cannot be read (${reason}): put back a copy of it, or delete it to start with the seeds alone.`
      : `No DynamoDB answers at ${endpoint} (${reason}): start it, or leave DYNAMODB_ENDPOINT out to use the embedded engine.`;
    throw new StartError(text, { cause });
  });
}

/** Resolves if the engine ends without having been told to; never otherwise. */
export function engineFailure(engine: Engine | undefined, dataFolder: string | undefined): Promise<StartError> {
  return new Promise((resolve) => {
    void engine?.exited.then(({ expected, reason }) => {
      const kept = dataFolder === undefined ? '' : `; what was acknowledged is kept in ${dataFolder}`;
      if (!expected)
        resolve(new StartError(`The database engine ended while running (${reason}): start again${kept}.`));
    });
  });
}
