// The CDK app: `cdk deploy` deploys Dateline-dev, `cdk deploy -c stage=prod` Dateline-prod, wherever the caller's AWS
// credentials point or the stage says. `-c emulator=true` leaves out what AWS emulators can't take.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Annotations, App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { placeholdersIn } from './check-settings.ts';
import { DatelineStack } from './dateline-stack.ts';
import { SetupError } from './setup-error.ts';
import { stageNamed } from './stages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function main(): void {
  const app = new App();
  const stage = String(app.node.tryGetContext('stage') ?? 'dev');
  const emulated = isEmulated(app.node.tryGetContext('emulator'));
  const settings = stageNamed(stage, { emulated });
  const commit = currentCommit();
  const stack = new DatelineStack(app, `Dateline-${stage}`, {
    stage,
    settings,
    bundles: `${root}dist/functions`,
    ...(commit ? { commit } : {}),
  });
  // `npm run deploy` is strict: it stops at this, and `npm run synth` goes on.
  const placeholders = placeholdersIn(settings);
  if (placeholders.length > 0)
    Annotations.of(stack).addWarningV2(
      'dateline:placeholder',
      `infra/stages.ts still has example.com, which is nobody's, in ${placeholders.join(', ')} of ${stage}. Write your own there.`,
    );
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

/** Anything but these two words is a slip, and would deploy what was not meant. */
function isEmulated(given: unknown): boolean {
  if (given === undefined || given === 'false') return false;
  if (given === 'true') return true;
  throw new SetupError(`-c emulator= takes true or false, and not ${JSON.stringify(given)}.`);
}

/** The commit that is checked out, or undefined outside of a repository: a download can be deployed too. */
function currentCommit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
