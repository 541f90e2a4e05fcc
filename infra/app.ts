// The CDK app: `cdk deploy` deploys Dateline-dev, `cdk deploy -c stage=prod` Dateline-prod, wherever the caller's AWS
// credentials point.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { DatelineStack } from './dateline-stack.ts';
import { SetupError } from './setup-error.ts';
import { stageNamed } from './stages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function main(): void {
  const app = new App();
  const stage = String(app.node.tryGetContext('stage') ?? 'dev');
  const commit = currentCommit();
  new DatelineStack(app, `Dateline-${stage}`, {
    settings: stageNamed(stage),
    bundles: `${root}dist/functions`,
    ...(commit ? { commit } : {}),
  });
  app.synth();
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
