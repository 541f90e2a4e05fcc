// npm run test:feeds: feeds of the seeds and of generated stories, read by Python's feedparser, which nobody here wrote. Jest
// has other readers read them (tests/domain/feeds-*.test.ts); this one wants Python.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atomFeed } from '../domain/feeds/atom.ts';
import type { Feed } from '../domain/feeds/feed.ts';
import { rssFeed } from '../domain/feeds/rss.ts';
import { run } from './deployment/command.ts';
import { indented, Report, Stop } from './deployment/report.ts';
import { leaveNothingBehind, scratchFolder } from './deployment/scratch.ts';
import { feedsToTry } from './feeds/feeds-to-try.ts';
import { installPython } from './python-environment.ts';

const requirements = fileURLToPath(new URL('./feeds/feedparser-requirements.txt', import.meta.url));
const script = fileURLToPath(new URL('../tests/feeds/check-feeds.py', import.meta.url));

type Written = { name: string; text: string; feed: Feed };

function bothKinds({ name, feed }: { name: string; feed: Feed }): Written[] {
  return [
    { name: `${name}.rss`, text: rssFeed(feed), feed },
    { name: `${name}.atom`, text: atomFeed(feed), feed },
  ];
}

/** What the reader finds wrong, by file; undefined where it finds nothing. */
async function readAll(python: string, written: readonly Written[]): Promise<Map<string, string | undefined>> {
  const folder = scratchFolder();
  const expected = join(folder, 'expected.json');
  await writeFile(expected, JSON.stringify(Object.fromEntries(written.map(({ name, feed }) => [name, feed]))));
  for (const { name, text } of written) await writeFile(join(folder, name), text);
  const files = written.map(({ name }) => join(folder, name));
  const { stdout, output } = await run(python, [script, expected, ...files], { cwd: folder, env: process.env });
  const lines = [...stdout.matchAll(/^(?:ok|not ok) (\S+?)(?:: (.*))?$/gm)];
  const found = new Map(lines.map(([, name = '', problem]) => [name, problem]));
  if (found.size < written.length) throw new Stop('feedparser did not read all of them.', output);
  return found;
}

/** A check that cannot fail would say nothing. */
async function canFail(report: Report, python: string, feed: Feed): Promise<void> {
  const text = rssFeed(feed);
  const spoilt = [
    { name: 'cut-off.rss', text: text.slice(0, -20), feed },
    { name: 'other.rss', text, feed: { ...feed, title: 'Another' } },
  ];
  const found = await readAll(python, spoilt);
  await report.check('a feed that is cut off, or says something else, would be found', () => {
    for (const { name } of spoilt) if (!found.get(name)) throw new Error(`${name} was taken as it was.`);
  });
}

async function tryFeeds(report: Report): Promise<void> {
  report.begin('feedparser');
  const packages = { whole: 'feedparser', requirements, cache: 'dateline-feedparser', script: 'test:feeds' };
  const python = await installPython(packages, (text) => report.say(text));
  const written = (await feedsToTry(new Date())).flatMap(bothKinds);
  const found = await readAll(python, written);
  for (const { name, feed } of written)
    await report.check(`${name} says what was meant, stories: ${feed.entries.length}`, () => {
      const problem = found.get(name);
      if (problem) throw new Error(problem);
    });
  for (const { feed } of written.slice(0, 1)) await canFail(report, python, feed);
}

function verdict({ passed, broken, seconds }: Report): void {
  const took = `${Math.round(seconds)} s`;
  process.stdout.write(
    broken.length === 0
      ? `All ${passed} checks passed, in ${took}: feedparser reads the feeds as they were meant. Next: npm run test:deploy.\n`
      : `${broken.length} of ${passed + broken.length} checks failed, in ${took}. Each says above what was found; domain/feeds/ writes the feeds.\n`,
  );
}

leaveNothingBehind();
const { values } = parseArgs({ options: { json: { type: 'string' } } });
const report = new Report();
try {
  await tryFeeds(report);
} catch (error) {
  report.breaks('the feeds can be tried', error instanceof Stop ? error.message : String((error as Error).stack));
  if (error instanceof Stop && error.output) process.stdout.write(`${indented(error.output.trimEnd())}\n`);
}
verdict(report);
if (values.json) {
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify({ passed: report.passed, failed: report.broken.length })}\n`);
}
process.exitCode = report.broken.length === 0 ? 0 : 1;
