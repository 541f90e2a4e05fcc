import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './deployment/command.ts';
import { Stop } from './deployment/report.ts';
import { removedWithRun, scratchFolder } from './deployment/scratch.ts';

/** Beside the packages, which nobody commits and `npm ci` empties. */
const caches = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));

export type PythonPackages = {
  /** What they are to whoever waits for them: `The AWS emulator`. */
  whole: string;
  /** The path of pip's list, each package at the version that was tried. */
  requirements: string;
  /** The name of a folder in `node_modules/.cache` that is theirs alone. */
  cache: string;
  /** What to run again once Python is there. */
  script: string;
};

/**
 * Installs Python packages into an environment of their own, once for these versions and this Python.
 * @returns the path of that environment's Python.
 * @throws Stop that says what to install first.
 */
export async function installPython(packages: PythonPackages, say: (text: string) => void): Promise<string> {
  const { whole, requirements } = packages;
  const { python, version } = await findPython(packages);
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .update(version);
  const cache = join(caches, packages.cache);
  const folder = join(cache, wanted.digest('hex').slice(0, 16));
  const installed = join(folder, 'bin', 'python');
  if (existsSync(installed)) return installed;
  say(`${whole} is installed for Python ${version}, which takes about ten seconds`);
  // Made beside and moved into place, so that what is there is complete. Those of other versions go.
  const fresh = `${folder}.${process.pid}`;
  removedWithRun(fresh);
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await succeed(python, ['-m', 'venv', fresh], 'A virtual environment of Python could not be made.');
  await succeed(
    join(fresh, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '-r', requirements],
    `${whole} could not be installed from PyPI: pip needs the network, or an index in its configuration.`,
  );
  await rename(fresh, folder);
  return installed;
}

async function succeed(command: string, args: string[], otherwise: string): Promise<void> {
  const { code, output } = await run(command, args, { cwd: scratchFolder(), env: environment() });
  if (code !== 0) throw new Stop(otherwise, output);
}

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TMPDIR: join(scratchFolder(), 'tmp') });

const versionProbe = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';

async function findPython({ whole, script }: PythonPackages): Promise<{ python: string; version: string }> {
  for (const python of ['python3', 'python']) {
    const { code, stdout } = await probe(python, ['-c', versionProbe]);
    const version = stdout.trim();
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (code === 0 && major === 3 && minor >= 10) return { python, version };
  }
  throw new Stop(
    `${whole} takes Python 3.10 or newer with its venv module, and neither python3 nor python is that. Install it ` +
      `(Debian and Ubuntu: apt-get install python3-venv; macOS: brew install python) and run npm run ${script} again.`,
  );
}

async function probe(command: string, args: string[]): Promise<{ code: number | null; stdout: string }> {
  return await run(command, args, { cwd: scratchFolder(), env: environment(), seconds: 20 }).catch(() => ({
    code: null,
    stdout: '',
  }));
}
