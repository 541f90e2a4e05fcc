import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export type FolderWatcher = {
  /** Watches folders that have come, and forgets those that have gone. */
  refresh(): Promise<void>;
  close(): void;
};

/**
 * Reports every change of a file in the folders and below them. One watch a folder: Node's recursive watch loses sight of
 * a file on Linux once an editor has replaced it.
 */
export async function watchFolders(
  folders: readonly string[],
  onChange: (path: string) => void,
): Promise<FolderWatcher> {
  const watchers = new Map<string, FSWatcher>();
  const begin = (folder: string): void => {
    const watcher = watch(folder, (_event, name) => onChange(join(folder, name ?? '')));
    watcher.on('error', () => watcher.close());
    watchers.set(folder, watcher);
  };
  const refresh = async (): Promise<void> => {
    const present = new Set((await Promise.all(folders.map(withSubfolders))).flat());
    for (const [folder, watcher] of watchers) {
      if (present.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of present) if (!watchers.has(folder)) begin(folder);
  };
  await refresh();
  return {
    refresh,
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

async function withSubfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (!entries) return [];
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))];
}
