// npm run test:deploy: deploys the project to an AWS emulator as DevOps deploy it to AWS: over an earlier commit, again,
// wrongly, and after a removal. docs/emulator.md says where the emulator differs from AWS.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { optionalParts } from '../../infra/stage-settings.ts';
import { beyondEmulators } from '../../infra/stages.ts';
import { again } from './again.ts';
import { Aws } from './aws.ts';
import { Cdk } from './cdk.ts';
import { clockTrial } from './clock.ts';
import { Desk } from './desk.ts';
import { edge } from './edge.ts';
import { Emulator } from './emulator.ts';
import { emulatorName, installEmulator } from './emulator-install.ts';
import { failures } from './failures.ts';
import { errorsLogged } from './function-logs.ts';
import { journey } from './journey.ts';
import { machine, machines } from './machines.ts';
import { People } from './people.ts';
import { permissions } from './permissions.ts';
import { ProjectCopy } from './project-copy.ts';
import { reaction } from './reaction.ts';
import { readers } from './readers.ts';
import { removal } from './removal.ts';
import { indented, Report, Stop } from './report.ts';
import { leaveNothingBehind } from './scratch.ts';
import { addSeed, earlyStory } from './seeds.ts';
import { Stage } from './stage.ts';
import { tokens } from './tokens.ts';
import type { Trial } from './trial.ts';
import { upgrade } from './upgrade.ts';

const clock = clockTrial();

/** What waits for the clock comes late, so that the others are done meanwhile. */
const parts: readonly ((trial: Trial) => Promise<void>)[] = [
  upgrade,
  clock.schedule,
  journey,
  readers,
  tokens,
  machines,
  permissions,
  edge,
  failures,
  again,
  reaction,
  clock.strike,
  removal,
];

async function start(report: Report): Promise<Emulator> {
  report.begin('The emulator');
  const python = await installEmulator((text) => report.say(text));
  const emulator = await Emulator.start(python);
  report.say(`${await emulatorName()} answers at ${emulator.url}`);
  report.say('left out with -c emulator=true, because emulators can’t take it:');
  for (const part of beyondEmulators) report.say(`  ${part}: ${optionalParts[part]}`);
  report.say(
    'not tried, because the emulator does it in its own way: preflights, caches, throttling, TTL and recovery',
  );
  return emulator;
}

async function prepare(report: Report, emulator: Emulator): Promise<Trial> {
  const project = await ProjectCopy.ofTree('project');
  await addSeed(project, earlyStory);
  await project.set('machines', { [machine.name]: machine.role });
  const cdk = new Cdk(emulator);
  report.say('cdk bootstrap');
  await cdk.bootstrap(project);
  const aws = new Aws(emulator.url);
  const stage = new Stage(aws, emulator.url);
  const nobody = { name: '', role: 'contributor', password: '', token: '' } as const;
  return {
    report,
    emulator,
    aws,
    cdk,
    people: new People(emulator),
    stage,
    desk: new Desk(stage),
    project,
    cast: { contributor: nobody, editor: nobody },
    clockwork: [],
  };
}

/** Whatever ends the run early counts as a promise that was not kept. */
function breakOff(report: Report, error: unknown, emulator: Emulator | undefined): void {
  report.breaks(emulator ? 'the test goes on to the end' : 'the test can begin', whole(error));
  if (error instanceof Stop && error.output) print('The last that the command said:', error.output, 40);
}

const whole = (error: unknown): string =>
  String(error instanceof Stop ? error.message : error instanceof Error ? error.stack : error);

function print(whose: string, text: string, lines: number): void {
  process.stdout.write(`${whose}\n${indented(text.trimEnd().split('\n').slice(-lines).join('\n'))}\n`);
}

function verdict({ passed, broken, seconds }: Report): void {
  const took = `${Math.round(seconds)} s`;
  if (broken.length === 0) {
    process.stdout.write(
      `All ${passed} promises were kept, in ${took}. Next: npm run deploy, with AWS credentials; docs/deploy.md has the rest.\n`,
    );
    return;
  }
  process.stdout.write(`${broken.length} of ${passed + broken.length} promises were broken, in ${took}:\n`);
  for (const { step, promise } of broken) process.stdout.write(`  ${step}: ${promise}\n`);
  process.stdout.write(
    'Each one says above what was found. docs/emulator.md says where the emulator differs from AWS.\n',
  );
}

/** A part that breaks down does not keep the next from being tried. */
async function tryAll(trial: Trial): Promise<void> {
  const { report } = trial;
  for (const part of parts) {
    const broken = report.broken.length;
    await part(trial).catch((error) => {
      if (error instanceof Stop) throw error;
      report.breaks('this part goes on to its end', whole(error));
    });
    if (report.broken.length === broken) continue;
    const errors = await errorsLogged(trial.stage).catch(() => []);
    if (errors.length > 0) print('The last errors that functions logged, some of them provoked:', errors.join('\n'), 5);
  }
}

async function main(report: Report): Promise<void> {
  let emulator: Emulator | undefined;
  try {
    emulator = await start(report);
    await tryAll(await prepare(report, emulator));
  } catch (error) {
    breakOff(report, error, emulator);
  }
  if (emulator && report.broken.length > 0) print('The last that the emulator said:', emulator.logTail(30), 30);
  await emulator?.stop();
}

leaveNothingBehind();
const { values } = parseArgs({ options: { json: { type: 'string' } } });
const report = new Report();
await main(report);
verdict(report);
if (values.json) {
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify({ passed: report.passed, failed: report.broken.length })}\n`);
}
process.exitCode = report.broken.length === 0 ? 0 : 1;
