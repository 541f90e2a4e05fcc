import { randomUUID } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';
import { StartError } from './start-error.ts';

/** Where one running Dateline keeps its data, and nobody else until it is released. */
export type DataFolder = {
  path: string;
  /** The engine's file. */
  dbPath: string;
  /** The private key that local tokens are signed with. */
  keyPath: string;
  /** How far reactions have come. */
  positionPath: string;
  /** Notes the engine's process, so that the next start finds it if this process cannot end it. */
  recordEngine(pid: number): Promise<void>;
  /** Lets another Dateline have the folder. Synchronous, so that it can be done while the process exits. */
  release(): void;
};

type Holder = { pid: number; identity: string };
type Lock = { server: Holder; engine?: Holder };

const orphanLimitMs = 5_000;
const attempts = 3;

/**
 * Makes the folder when needed and takes it. An engine that a killed Dateline left behind in it is ended first. Throws a
 * StartError when another Dateline uses it or when it cannot be written.
 */
export async function claimDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  const lockPath = join(path, 'running.json');
  const lock: Lock = { server: await holder(process.pid) };
  try {
    await mkdir(path, { recursive: true });
    await takeLock(lockPath, lock);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code}): mend it, or set ` +
        'DATELINE_DATA to another one, or to :memory: to keep nothing.',
      { cause: error },
    );
  }
  let isHeld = true;
  const release = () => {
    process.off('exit', release);
    // Once: later, the lock may be somebody else's.
    if (isHeld) removeQuietly(lockPath);
    isHeld = false;
  };
  process.once('exit', release);
  return {
    path,
    dbPath: join(path, 'dateline.db'),
    keyPath: join(path, 'token-key.json'),
    positionPath: join(path, 'reactions.json'),
    recordEngine: async (pid) => await replace(lockPath, { ...lock, engine: await holder(pid) }),
    release,
  };
}

async function takeLock(lockPath: string, lock: Lock): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (await createLock(lockPath, lock)) return;
    const held = await readLock(lockPath);
    if (held && (await isAlive(held.server))) break;
    if (held?.engine && (await isAlive(held.engine))) await endOrphan(held.engine);
    await rm(lockPath, { force: true });
  }
  const held = await readLock(lockPath);
  throw new StartError(
    `The data folder ${join(lockPath, '..')} is in use by another Dateline (process ${held?.server.pid ?? 'unknown'}): stop ` +
      'that one, or set DATELINE_DATA to another folder.',
  );
}

/** Whether the lock is ours now. A link appears with its content or not at all, unlike a file that is still being written. */
async function createLock(lockPath: string, lock: Lock): Promise<boolean> {
  const draft = `${lockPath}.${randomUUID()}`;
  const content = JSON.stringify(lock);
  await writeFile(draft, content);
  try {
    await link(draft, lockPath).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // Some mounted folders know no links.
      return writeFile(lockPath, content, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function replace(lockPath: string, lock: Lock): Promise<void> {
  const draft = `${lockPath}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(lock));
  await rename(draft, lockPath);
}

async function readLock(lockPath: string): Promise<Lock | undefined> {
  const text = await readFile(lockPath, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as Lock;
  } catch {
    return undefined;
  }
}

async function holder(pid: number): Promise<Holder> {
  return { pid, identity: (await processIdentity(pid)) ?? '' };
}

async function isAlive({ pid, identity }: Holder): Promise<boolean> {
  return identity !== '' && (await processIdentity(pid)) === identity;
}

async function endOrphan(engine: Holder): Promise<void> {
  const deadline = performance.now() + orphanLimitMs;
  while (performance.now() < deadline) {
    if (!(await isAlive(engine))) return;
    endQuietly(engine.pid);
    await delay(5);
  }
  throw new StartError(`The database engine of an earlier run (process ${engine.pid}) does not end: end it by hand.`);
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody cleared the folder while we ran.
  }
}
