// npm run cost: what a month costs, from what is measured now. `-- --write` writes docs/cost.md and its picture, `-- --check`
// fails when they are not what the code, the prices and the stack would make them.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { observeActions } from './actions.ts';
import { differences, measurementsOf, readMeasurements, settled, writeMeasurements } from './measured.ts';
import { costPage } from './page.ts';
import { costPicture } from './picture.ts';
import { reportOf } from './report.ts';

const pageFile = fileURLToPath(new URL('../../docs/cost.md', import.meta.url));
const pictureFile = fileURLToPath(new URL('../../docs/cost.svg', import.meta.url));
const remedy = 'Run npm run cost -- --write, and read what changed before you commit it.';

/** Which of the two files differ from what the measurements that are kept make them, in words. */
export async function outdated(): Promise<string[]> {
  const report = reportOf(await readMeasurements());
  const made = [
    { name: 'docs/cost.md', file: pageFile, text: costPage(report) },
    { name: 'docs/cost.svg', file: pictureFile, text: costPicture(report) },
  ];
  const found = await Promise.all(
    made.map(async ({ name, file, text }) => ((await readFile(file, 'utf8').catch(() => '')) === text ? [] : [name])),
  );
  return found.flat().map((name) => `${name} is not what the measurements, prices, sizes and stack make it`);
}

async function write(): Promise<void> {
  const kept = await readMeasurements().catch(() => undefined);
  const measurements = settled(kept, measurementsOf(await observeActions()));
  const report = reportOf(measurements);
  await writeMeasurements(measurements);
  await writeFile(pageFile, costPage(report));
  await writeFile(pictureFile, costPicture(report));
  say('Written: docs/cost.md, docs/cost.svg, tools/cost/measured.json. Next: read what changed, and commit it.');
}

async function check(): Promise<void> {
  const problems = [
    ...differences(await readMeasurements(), measurementsOf(await observeActions())),
    ...(await outdated()),
  ];
  for (const problem of problems) say(`✗ ${problem}.`);
  say(problems.length === 0 ? '✓ docs/cost.md is what the code, the prices and the stack make it.' : remedy);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

if (import.meta.main) {
  const [option] = process.argv.slice(2);
  if (option === '--write') await write();
  else if (option === '--check') await check();
  else if (option === undefined) say(costPage(reportOf(measurementsOf(await observeActions()))));
  else {
    say('npm run cost prints what a month costs. Options: --write, --check.');
    process.exitCode = 1;
  }
}
