// The one folder that a run writes to, and the process groups that it started. Both end with the run, however it ends.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const groups = new Set<number>();
const folders = new Set<string>();
let folder: string | undefined;

/** A folder for this run alone; `tmp` in it is for the temporary files of what the run starts. */
export function scratchFolder(): string {
  if (folder) return folder;
  folder = mkdtempSync(join(tmpdir(), 'dateline-run-'));
  folders.add(folder);
  mkdirSync(join(folder, 'tmp'));
  return folder;
}

/** Has another folder removed with the run. */
export function removedWithRun(other: string): void {
  folders.add(other);
}

/** Has the group end with the run, unless it ends before. */
export function endsWithRun(group: number): void {
  groups.add(group);
}

export function endGroup(group: number): void {
  groups.delete(group);
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Whether none of it runs any more. Where nobody collects the dead, as in some containers, they stay in the group. */
export function groupIsGone(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return true;
  }
  return process.platform === 'linux' && readdirSync('/proc').every((entry) => !runsIn(group, entry));
}

function runsIn(group: number, entry: string): boolean {
  if (!/^\d+$/.test(entry)) return false;
  try {
    // After the name, which is in parentheses and may hold any: state, parent, group.
    const [state, , itsGroup] = (readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
    return Number(itsGroup) === group && state !== 'Z';
  } catch {
    // It ended meanwhile.
    return false;
  }
}

/** Ends what is left and removes the folders. Whoever was killed just now may still write, so it is tried again. */
function cleanUp(): void {
  for (const group of groups) endGroup(group);
  for (const one of folders) rmSync(one, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** From here on nothing outlives this process, whether it ends by itself or is told to. */
export function leaveNothingBehind(): void {
  process.once('exit', cleanUp);
  for (const [signal, code] of Object.entries(signals))
    process.once(signal, () => {
      process.stdout.write(`Stopped by ${signal}. What this run started is ended, and its files are removed.\n`);
      process.exit(code);
    });
}
