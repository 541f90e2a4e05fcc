// npm run test:start: starts the system as a newcomer does, asks it for the seeded story, presses Ctrl-C, and looks that
// nothing is left.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = await mkdtemp(join(tmpdir(), 'dateline-start-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

const npm = spawn('npm', ['start', '--silent'], {
  cwd: root,
  env: { ...process.env, PORT: '0', DATELINE_DATA: data },
  stdio: ['ignore', 'pipe', 'inherit'],
  // A process group of its own, as a terminal gives it: the signal below reaches all of it, as Ctrl-C does.
  detached: true,
});
const ended = once(npm, 'exit');

async function seededStory(): Promise<string> {
  const serving = new Promise<string>((resolve) => {
    createInterface({ input: npm.stdout }).on('line', (line) => {
      const url = /serves on (\S+) after/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
  const url = await Promise.race([serving, ended.then(() => Promise.reject(new Error('npm start ended by itself.')))]);
  const answer = await fetch(`${url}/content/v1/articles`);
  const page = (await answer.json()) as { items: { headline: string }[] };
  if (answer.status !== 200 || page.items.length === 0)
    throw new Error(`The listing answered ${answer.status} without a story.`);
  return page.items[0]?.headline ?? '';
}

function groupIsGone(): boolean {
  try {
    process.kill(-(npm.pid ?? 0), 0);
    return false;
  } catch {
    return true;
  }
}

try {
  const started = performance.now();
  const headline = await seededStory();
  say(`npm start served “${headline}” after ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  process.kill(-(npm.pid ?? 0), 'SIGINT');
  await ended;
  if (!groupIsGone()) throw new Error('A process was left behind after Ctrl-C.');
  say('Ctrl-C ended all of it.');
} catch (error) {
  if (!groupIsGone()) process.kill(-(npm.pid ?? 0), 'SIGKILL');
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await rm(data, { recursive: true, force: true });
}
