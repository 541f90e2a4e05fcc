import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildFunctions } from '../tools/build.ts';
import { watchFolders } from './folder-watcher.ts';
import type { ServedContract } from './gateway.ts';
import { loadSeeds, seedsLine } from './seeds.ts';
import type { LocalSystem } from './start-local.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const watched = ['contract', 'domain', 'store', 'functions', 'seeds'];
const sources = new Set(['.ts', '.json', '.txt']);
/** Editors write a file in several steps, and a branch change touches many at once. */
const settleMs = 100;

/**
 * Rebuilds and reloads the running system when a source changes. What is broken is reported, and what ran before goes on
 * serving. Changes under local/ need a new start. Returns how to stop watching.
 */
export async function watchSources(system: LocalSystem, report: (line: string) => void): Promise<() => void> {
  // A build that breaks leaves nothing to import later, so everything is imported now.
  await system.runner.reload();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let busy = false;

  const reloadChanged = async () => {
    // What changes meanwhile is in the next round.
    if (busy) return settle();
    busy = true;
    const files = [...changed];
    changed.clear();
    await watcher.refresh();
    await reload(system, files, report);
    busy = false;
  };
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void reloadChanged(), settleMs);
  };
  const folders = watched.map((folder) => join(root, folder));
  const watcher = await watchFolders(folders, (path) => {
    // A folder counts too: it may have come with files in it.
    if (extname(path) !== '' && !sources.has(extname(path))) return;
    changed.add(relative(root, path));
    settle();
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function reload(system: LocalSystem, files: readonly string[], report: (line: string) => void): Promise<void> {
  const started = performance.now();
  const named = files.filter((file) => extname(file) !== '');
  const what = named.length > 0 && named.length < 4 ? named.join(', ') : `${files.length} files`;
  try {
    await buildFunctions();
    const contract = await loadContract();
    await system.runner.reload();
    system.gateway.serve(contract);
    report(`Reloaded in ${Math.round(performance.now() - started)} ms: ${what} changed.`);
    if (files.some((file) => file.startsWith(join('seeds', '/')))) report(seedsLine(await loadSeeds(system.runner)));
  } catch (error) {
    report(
      `What was there before goes on serving, since ${what} changed and this broke: ${(error as Error).message.split('\n', 1)[0]}`,
    );
  }
}

/** The route table as it now is. Node keeps what it has imported for good, so a bundle of it is imported instead. */
async function loadContract(): Promise<ServedContract> {
  const contents = "export { routes } from './contract/routes/index.ts';\nexport { cors } from './contract/cors.ts';";
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  const [bundle] = outputFiles;
  return (await import(
    `data:text/javascript;base64,${Buffer.from(bundle?.contents ?? []).toString('base64')}`
  )) as ServedContract;
}
