import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ran, run } from './command.ts';
import { account, type Emulator, region } from './emulator.ts';
import type { ProjectCopy } from './project-copy.ts';
import { Stop } from './report.ts';

export const stackName = 'Dateline-dev';
const ofStage = ['-c', 'stage=dev', '-c', 'emulator=true'];
/** CDK's own check of a template takes seconds, and finds nothing that it did not find in the first one. */
const unvalidated = { CDK_VALIDATION: 'false' };

export type Deployed = { succeeded: boolean; output: string; outputs: Record<string, string> };

/** The commands of whoever deploys, run for real. */
export class Cdk {
  readonly #emulator: Emulator;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  async bootstrap(copy: ProjectCopy): Promise<void> {
    const { code, output } = await this.#cdk(copy, ['bootstrap', `aws://${account}/${region}`]);
    if (code !== 0) throw new Stop('cdk bootstrap failed.', essential(output));
  }

  async destroy(copy: ProjectCopy): Promise<void> {
    const { code, output } = await this.#cdk(copy, ['destroy', ...ofStage, '--force']);
    if (code !== 0) throw new Stop('cdk destroy failed.', essential(output));
  }

  async #cdk(copy: ProjectCopy, args: string[]): Promise<Ran> {
    return await run(join(copy.folder, 'node_modules', '.bin', 'cdk'), [...args, '--no-notices'], {
      cwd: copy.folder,
      env: { ...this.#emulator.environment, ...unvalidated },
    });
  }

  /** `npm run deploy` of the stage dev. `validated` has CDK check the template. */
  async deploy(copy: ProjectCopy, { validated = false } = {}): Promise<Deployed> {
    const file = join(copy.folder, 'outputs.json');
    const options = [...ofStage, '--require-approval', 'never', '--outputs-file', file];
    const { code, output } = await run('npm', ['run', '--silent', 'deploy', '--', ...options], {
      cwd: copy.folder,
      env: { ...this.#emulator.environment, ...(validated ? {} : unvalidated) },
    });
    const succeeded = code === 0;
    const outputs = succeeded ? JSON.parse(await readFile(file, 'utf8'))[stackName] : {};
    return { succeeded, output: essential(output), outputs };
  }

  /** @throws Stop, for a deployment without which the test can't go on. */
  async mustDeploy(copy: ProjectCopy, options: { validated?: boolean } = {}): Promise<Deployed> {
    const deployed = await this.deploy(copy, options);
    if (!deployed.succeeded) throw new Stop('cdk deploy failed.', deployed.output);
    return deployed;
  }
}

/** Without the line for each resource that went well. */
function essential(output: string): string {
  const lines = output.split('\n');
  return lines.filter((line) => !/_IN_PROGRESS |_COMPLETE |: (start|success): /.test(line)).join('\n');
}
