// One engine's run of the tests, and what Jest's report says of it.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environmentVariables } from '../../contract/environment.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const jest = join(root, 'node_modules/jest/bin/jest.js');

/** Milliseconds for a test: an engine on the JVM takes several times as long as ours. */
const patience = 60_000;

/** Of the embedded engine itself, of what runs on it, or longer than is worth it on another one. */
const elsewhere = /^(local|durability|scale|model|infra|tools)[\\/]/;
/** What requests say, and what is made of what was read: it asks of an engine nothing that others do not. */
const ofRequests = [
  ...['answerable', 'bad-input', 'change-log-writers', 'compare-revisions', 'content-hostile.*', 'edge-key', 'feeds'],
  ...['import-wire-copy', 'log', 'machines', 'preview.*', 'publication-kinds', 'published-.*', 'purge-edge', 'related'],
  ...['review', 'schedule', 'seeds', 'sitemaps', 'topics', '.*-refusals'],
];
const isOfRequests = new RegExp(`^functions[\\\\/](?:${ofRequests.join('|')})\\.test\\.ts$`);

export type Tally = { passed: number; failed: number };

/**
 * The tests that ask `useEngine` for tables and are about what an engine does: tests/store has each read that there is. With
 * words, those only whose path has one of them.
 */
export async function findTests(words: string[]): Promise<string[]> {
  const names = await readdir(join(root, 'tests'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.test.ts') && !elsewhere.test(name) && !isOfRequests.test(name));
  const texts = await Promise.all(files.map((file) => readFile(join(root, 'tests', file), 'utf8')));
  return files
    .filter((_, index) => texts[index]?.includes('useEngine('))
    .map((file) => join('tests', file))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort();
}

/** Runs them against the DynamoDB that answers at `endpoint`, or each against an embedded engine of its own. */
export async function runTests(files: string[], endpoint: string | undefined, signal: AbortSignal): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-engines-'));
  const report = join(folder, 'report.json');
  try {
    const code = await runJest(
      [...files, `--testTimeout=${patience}`, '--json', `--outputFile=${report}`],
      endpoint,
      signal,
    );
    signal.throwIfAborted();
    return tallyOf(await readFile(report, 'utf8').catch(() => '{}'), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Passes on what Jest says, which is not what the functions log: that goes to standard output. */
function runJest(options: string[], endpoint: string | undefined, signal: AbortSignal): Promise<number | null> {
  const { [environmentVariables.dynamodbEndpoint]: _, ...env } = process.env;
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, '--runTestsByPath', ...options], {
    cwd: root,
    env: { ...env, ...(endpoint === undefined ? {} : { [environmentVariables.dynamodbEndpoint]: endpoint }) },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own, so that Jest's workers end with it.
    detached: true,
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line !== '' && !/^(Snapshots:|Ran all test suites|Test results written)/.test(line))
      process.stdout.write(`  ${line}\n`);
  });
  const endGroup = () => killGroup(child.pid);
  signal.addEventListener('abort', endGroup, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      signal.removeEventListener('abort', endGroup);
      resolve(code);
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
  } catch {
    // It was gone already.
  }
}

/** A file that could not run, a run that crashed and one that ran nothing count as a failure each. */
function tallyOf(report: string, code: number | null): Tally {
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = JSON.parse(report);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const crashed = failed === 0 && (code !== 0 || numPassedTests === 0);
  return { passed: numPassedTests, failed: crashed ? 1 : failed };
}
