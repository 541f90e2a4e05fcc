// The import law: which folder may know which. `npm run check` runs it; tests/tools/import-law.test.ts shows it failing.
import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

type Law = {
  /** Top-level folders, or single files, that it may import beside itself. */
  imports: readonly string[];
  packages: readonly string[];
  /** Node's own modules, without `node:`. */
  builtins: readonly string[] | 'any';
  /** Whether it may import types only from the folders named. */
  typesOnly?: true;
  /** Words that must not stand in it, and why. */
  forbids?: readonly { word: RegExp; because: string }[];
};

const impure = [
  { word: /\bprocess\./, because: 'the environment is a parameter' },
  { word: /\bDate\.now\b|\bnew Date\(\)/, because: 'the clock is a parameter' },
  { word: /\bMath\.random\b|\brandomUUID\b/, because: 'randomness is a parameter' },
];

export const law: Readonly<Record<string, Law>> = {
  contract: { imports: [], packages: ['zod'], builtins: [], forbids: impure },
  domain: {
    imports: ['contract'],
    packages: ['@sindresorhus/slugify', 'diff', 'ltx', 'mdast', 'mdast-util-from-markdown'],
    builtins: [],
    forbids: impure,
  },
  store: {
    imports: ['contract', 'domain'],
    packages: ['@aws-sdk', '@smithy', 'ulid'],
    builtins: ['crypto', 'stream', 'zlib'],
  },
  functions: {
    imports: ['contract', 'domain', 'store'],
    packages: [
      '@aws-sdk/client-cloudfront',
      '@aws-sdk/credential-provider-env',
      'aws-lambda',
      'jsonc-parser',
      'ulid',
      'uuid',
      'zod',
    ],
    builtins: ['crypto', 'fs', 'fs/promises', 'path', 'timers/promises', 'url', 'zlib'],
  },
  infra: {
    imports: ['contract', 'store/tables.ts'],
    packages: ['aws-cdk-lib', 'cdk-nag', 'constructs', 'zod'],
    builtins: 'any',
  },
  local: {
    imports: ['contract', 'store', 'functions', 'tools/build.ts'],
    packages: ['@aws-sdk', 'aws-lambda', 'esbuild', 'jose', 'uuid'],
    builtins: 'any',
  },
  client: { imports: ['contract'], packages: [], builtins: [], typesOnly: true },
};

export type Breach = { file: string; line: number; what: string };
type Import = { specifier: string; typeOnly: boolean; line: number };

const importForm =
  /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function importsOf(source: string): Import[] {
  return [...source.matchAll(importForm)].map((match) => ({
    specifier: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
    line: source.slice(0, match.index).split('\n').length,
  }));
}

/** What breaks the law in one file. `file` is relative to the project's root, with forward slashes. */
export function breachesIn(
  file: string,
  source: string,
  functionOfRoute: ReadonlyMap<string, string> = new Map(),
): Breach[] {
  const folder = file.split('/')[0] ?? '';
  const rules = law[folder];
  if (!rules) return [];
  const found = importsOf(source).flatMap(({ specifier, typeOnly, line }) => {
    const what = specifier.startsWith('.')
      ? relativeBreach(file, join(dirname(file), specifier), rules, typeOnly, functionOfRoute)
      : packageBreach(specifier, folder, rules);
    return what ? [{ file, line, what }] : [];
  });
  return [...found, ...forbiddenWords(file, source, rules)];
}

function relativeBreach(
  file: string,
  target: string,
  rules: Law,
  typeOnly: boolean,
  functionOfRoute: ReadonlyMap<string, string>,
): string | undefined {
  const [folder = '', name = ''] = file.split('/');
  const [targetFolder = '', targetName = ''] = target.split('/');
  if (targetFolder === folder) {
    if (folder === 'functions' && targetName !== name && targetName !== '_shared')
      return `functions/${name} imports functions/${targetName}; what two functions need goes to functions/_shared`;
    return undefined;
  }
  if (!rules.imports.includes(targetFolder) && !rules.imports.includes(target))
    return `${folder} imports ${target}; it may import ${rules.imports.join(', ') || 'no other folder'}`;
  if (rules.typesOnly && !typeOnly) return `${folder} imports ${target} at run time; it may import types only`;
  if (folder === 'functions' && !typeOnly) return routeBreach(name, target, functionOfRoute);
  return undefined;
}

/** A function that knew the table, or another's route, would carry every schema in its bundle. */
function routeBreach(name: string, target: string, functionOfRoute: ReadonlyMap<string, string>): string | undefined {
  if (target === 'contract/routes/index.ts' || target === 'contract/schemas/index.ts')
    return `functions/${name} imports ${target}; a function imports its own route files only`;
  const owner = functionOfRoute.get(target);
  if (owner !== undefined && owner !== name)
    return `functions/${name} imports ${target}, which is served by functions/${owner}`;
  return undefined;
}

function packageBreach(specifier: string, folder: string, { packages, builtins }: Law): string | undefined {
  const builtin = specifier.replace(/^node:/, '');
  if (specifier.startsWith('node:') || builtinModules.includes(builtin))
    return builtins === 'any' || builtins.includes(builtin) ? undefined : `${folder} imports ${specifier}; it may not`;
  const allowed = packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return allowed ? undefined : `${folder} imports ${specifier}; it may import ${packages.join(', ') || 'no package'}`;
}

function forbiddenWords(file: string, source: string, { forbids = [] }: Law): Breach[] {
  return source.split('\n').flatMap((text, index) => {
    const code = text.replace(/^\s*(\/\/|\/?\*).*$/, '');
    const hit = forbids.find(({ word }) => word.test(code));
    return hit ? [{ file, line: index + 1, what: `${code.trim().slice(0, 60)}: ${hit.because}` }] : [];
  });
}

/** Every breach in the project. */
export async function breachesOfProject(root: string): Promise<Breach[]> {
  const functionOfRoute = await routeOwners(root);
  const breaches: Breach[] = [];
  for (const folder of Object.keys(law)) {
    const files = await readdir(join(root, folder), { recursive: true }).catch(() => []);
    for (const name of files.filter((candidate) => candidate.endsWith('.ts'))) {
      const file = relative(root, join(root, folder, name)).replaceAll('\\', '/');
      breaches.push(...breachesIn(file, await readFile(join(root, file), 'utf8'), functionOfRoute));
    }
  }
  return breaches;
}

async function routeOwners(root: string): Promise<Map<string, string>> {
  const folder = join(root, 'contract/routes');
  const owners = new Map<string, string>();
  for (const name of await readdir(folder)) {
    const owner = /^ {2}function: '([^']+)'/m.exec(await readFile(join(folder, name), 'utf8'))?.[1];
    if (owner) owners.set(`contract/routes/${name}`, owner);
  }
  return owners;
}

if (import.meta.main) {
  const breaches = await breachesOfProject(fileURLToPath(new URL('..', import.meta.url)));
  for (const { file, line, what } of breaches) process.stderr.write(`${file}:${line} ${what}\n`);
  if (breaches.length > 0) {
    process.stderr.write(
      `The import law is broken in ${breaches.length} places. CONTRIBUTING.md says who may know whom.\n`,
    );
    process.exitCode = 1;
  }
}
