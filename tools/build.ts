// Bundles each folder of functions/ that has a handler into dist/functions/<name>/index.mjs. The CDK stack packs these
// files, the local gateway and the benchmarks import them: what runs on a laptop is what runs in the cloud.
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildResult, build, type Metafile, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const functionsFolder = join(root, 'functions');
export const distFolder = join(root, 'dist', 'functions');
const stampFile = join(root, 'dist', 'built.json');

/** What a bundle is made of: a change in any of these makes dist stale. */
const sources = ['contract', 'domain', 'store', 'functions', 'seeds', 'tools/build.ts', 'package-lock.json'];

export async function functionNames(): Promise<string[]> {
  const entries = await readdir(functionsFolder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map((entry) => entry.name);
}

/** Builds every function into dist; returns the size of each bundle in bytes, by function. */
export async function buildFunctions(): Promise<Record<string, number>> {
  const newest = await newestSource();
  // Made beside and moved into place, so that whoever reads dist meanwhile finds all of a build or all of the one before.
  const fresh = `${distFolder}.${process.pid}`;
  const sizes = await bundleInto(fresh);
  await rm(stampFile, { force: true });
  await rm(distFolder, { recursive: true, force: true });
  await rename(fresh, distFolder);
  await writeFile(stampFile, `${JSON.stringify({ newest, sizes }, null, 2)}\n`);
  return sizes;
}

/** Builds every function into `folder`, which is emptied first. */
export async function bundleInto(folder: string): Promise<Record<string, number>> {
  const names = await functionNames();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const parts = new Map<string, string>();
  const entries = names.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/index` }));
  const { metafile } = await bundle(entries, folder, [apart(parts)]);
  await bundle(partsOf(metafile, parts), folder);
  for (const name of names)
    await writeFile(join(folder, name, 'package.json'), '{"type":"module","sideEffects":false}\n');
  if (names.includes('load-seeds'))
    await cp(join(root, 'seeds'), join(folder, 'load-seeds', 'seeds'), { recursive: true });
  return bundleSizes(metafile);
}

/** Builds only when a source is newer than the last build. Returns whether it built. */
export async function buildIfStale(): Promise<boolean> {
  const stamp = await readFile(stampFile, 'utf8').then(JSON.parse, () => undefined);
  if (stamp?.newest === (await newestSource())) return false;
  await buildFunctions();
  return true;
}

type Entry = { in: string; out: string };

async function bundle(
  entryPoints: Entry[],
  outdir: string,
  plugins: Plugin[] = [],
): Promise<BuildResult<{ metafile: true }>> {
  return await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    // Names in stack traces are worth their bytes when something goes wrong at night.
    keepNames: false,
    sourcemap: 'linked',
    sourcesContent: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The SDK's CommonJS build is 200 kB heavier than its module build.
    mainFields: ['module', 'main'],
    // CommonJS dependencies call require, which ES modules lack.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    // Lambda passes credentials in the environment and nowhere else: the default chain's other eight sources stay out.
    alias: { '@aws-sdk/credential-provider-node': join(root, 'functions/_shared/credentials.ts') },
    plugins: [withoutLocales, withoutEventStreams, ...plugins],
    metafile: true,
    logLevel: 'warning',
  });
}

/** The slug library compiles a pattern for each of 25 locales on load, 8 ms of every cold start; we ask for none. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/locale-replacements\.js$/ }, () => ({ path: 'none', namespace: 'no-locales' }));
    onLoad({ filter: /.*/, namespace: 'no-locales' }, () => ({ contents: 'export default {};' }));
  },
};

/** The signer loads 17 kB for messages within a stream of events, when it is asked to sign one; DynamoDB has none. */
const withoutEventStreams: Plugin = {
  name: 'without-event-streams',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'none', namespace: 'no-event-streams' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-event-streams' }, () => ({ contents: 'export {};' }));
  },
};

/**
 * What a function imports when it is first asked for is a file beside its bundle: most cold starts are for an article as it is
 * stored, which needs none of the code of its other forms. A part has copies of its own of what it shares with the bundle, so
 * that the bundle stays one file; an error of ours that a part throws would be of another class. `parts` gets the source of each by its name.
 */
function apart(parts: Map<string, string>): Plugin {
  return {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ kind, path, importer, resolveDir }) => {
        if (kind !== 'dynamic-import' || importer.includes('node_modules')) return undefined;
        const name = basename(path, '.ts');
        parts.set(name, join(resolveDir, path));
        return { path: `./${name}.mjs`, external: true };
      });
    },
  };
}

function bundleSizes({ outputs }: Metafile): Record<string, number> {
  const entries = Object.entries(outputs).filter(([path]) => path.endsWith('/index.mjs'));
  return Object.fromEntries(entries.map(([path, output]) => [path.split('/').at(-2) ?? path, output.bytes]));
}

/** The parts that functions import, each in the folders of those that do. */
function partsOf({ outputs }: Metafile, parts: ReadonlyMap<string, string>): Entry[] {
  return Object.entries(outputs).flatMap(([output, { imports }]) =>
    imports.flatMap(({ path }) => {
      const source = parts.get(basename(path, '.mjs'));
      return source && path.startsWith('./')
        ? [{ in: source, out: `${output.split('/').at(-2)}/${basename(path, '.mjs')}` }]
        : [];
    }),
  );
}

async function newestSource(): Promise<number> {
  const times = await Promise.all(sources.map((source) => newest(join(root, source))));
  return Math.max(...times);
}

async function newest(path: string): Promise<number> {
  const about = await stat(path);
  if (!about.isDirectory()) return about.mtimeMs;
  const entries = await readdir(path);
  const times = await Promise.all(entries.map((entry) => newest(join(path, entry))));
  return Math.max(about.mtimeMs, ...times);
}

/** Each bundle with its size, and what to do with them; for CDK, which goes on by itself, a line. */
function report(sizes: Record<string, number>, brief: boolean): string {
  const rows = Object.entries(sizes).map(
    ([name, bytes]) => `  ${name.padEnd(26)} ${(bytes / 1000).toFixed(1).padStart(7)} kB`,
  );
  const done = `Built ${rows.length} functions into dist/functions`;
  return brief ? `${done}.\n` : `${done}:\n${rows.join('\n')}\nNext: npm start, or npm run synth.\n`;
}

if (import.meta.main && process.argv.includes('--if-stale')) {
  await buildIfStale();
} else if (import.meta.main) {
  process.stdout.write(report(await buildFunctions(), process.argv.includes('--brief')));
}
