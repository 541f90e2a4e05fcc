// AWS's own DynamoDB Local: fetched once through Maven, kept in node_modules/.cache, and fetched anew when the pom changes.
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Unavailable } from './unavailable.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const pom = fileURLToPath(new URL('dynamodb-local/pom.xml', import.meta.url));

/** About fifty megabytes, which a slow line takes minutes for. */
const downloadLimitMs = 10 * 60_000;

export type DynamoDbLocal = { version: string; java: string; libraries: string };

/** Throws Unavailable when this machine cannot run or fetch it. `say` is told before the wait of a download. */
export async function fetchDynamoDbLocal(signal: AbortSignal, say: (line: string) => void): Promise<DynamoDbLocal> {
  const text = await readFile(pom, 'utf8');
  const version = property(text, 'dynamodb-local.version');
  const java = await findJava(Number(property(text, 'dynamodb-local.java')), signal);
  const libraries = join(root, 'node_modules/.cache/dateline', `dynamodb-local-${version}`);
  if (!(await isThere(libraries))) {
    say(`Fetching DynamoDB Local ${version} with Maven, once: about 50 MB.`);
    await download(libraries, signal);
  }
  return { version, java, libraries };
}

function property(text: string, name: string): string {
  const value = new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1];
  if (value === undefined) throw new Error(`${pom} has no ${name}.`);
  return value;
}

/** A Java with its compiler, since OnLoopback.java is run from its source. */
async function findJava(oldest: number, signal: AbortSignal): Promise<string> {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const modules = await run(java, ['--list-modules'], { signal }).catch((error) => {
    signal.throwIfAborted();
    throw new Unavailable(
      isMissing(error) ? `there is no Java (no ${java})` : `${java} --list-modules says: ${lastLine(error)}`,
    );
  });
  const version = Number(/^java\.base@(\d+)/m.exec(modules.stdout)?.[1]);
  if (!(version >= oldest)) throw new Unavailable(`it needs Java ${oldest} or newer, and ${java} is ${version}`);
  if (!/^jdk\.compiler@/m.test(modules.stdout))
    throw new Unavailable(`it needs a JDK, and ${java} is a JRE, without the compiler`);
  return java;
}

async function download(libraries: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(libraries), { recursive: true });
  // Not in place before it is complete, so that a download cut short is not taken for one.
  const coming = await mkdtemp(`${libraries}-`);
  const options = ['--batch-mode', '--quiet', '--file', pom, 'dependency:copy-dependencies'];
  const goal = ['-DincludeScope=runtime', `-DoutputDirectory=${coming}`];
  try {
    // On Windows it is mvn.cmd, which only a shell finds.
    const shell = process.platform === 'win32';
    await run('mvn', [...options, ...goal], { signal, shell, timeout: downloadLimitMs });
    await rename(coming, libraries);
  } catch (error) {
    signal.throwIfAborted();
    // Another run may have been quicker.
    if (await isThere(libraries)) return;
    throw new Unavailable(
      isMissing(error) ? 'there is no Maven (no mvn)' : `Maven could not fetch it: ${mavenError(error)}`,
    );
  } finally {
    await rm(coming, { recursive: true, force: true });
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function mavenError(error: unknown): string {
  const { stdout = '', killed } = error as { stdout?: string; killed?: boolean };
  if (killed) return `it took longer than ${downloadLimitMs / 60_000} minutes`;
  const line = stdout.split('\n').find((candidate) => candidate.includes('[ERROR]'));
  const words = line?.replace(/^.*?\[ERROR\]\s*| \(https?:[^)]*\)| -> \[Help \d\]/g, '');
  return words?.slice(0, 300) ?? lastLine(error);
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1) ?? message;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
