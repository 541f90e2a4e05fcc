import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.ts';
import { Stop } from './report.ts';
import { scratchFolder } from './scratch.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a copy goes without: it builds for itself, and packages are linked. */
const leftOut = /^(node_modules|dist|cdk\.out.*|coverage|\.git|\.dateline)$/;

/** The project in a folder of its own, where it can be changed and deployed without touching the tree. */
export class ProjectCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** As the tree is now, uncommitted changes included. */
  static async ofTree(name: string): Promise<ProjectCopy> {
    return await ProjectCopy.#of(root, name);
  }

  static async ofCommit(commit: string, name: string): Promise<ProjectCopy> {
    const copy = await ProjectCopy.#empty(name);
    const archive = join(scratchFolder(), `${name}.tar`);
    const { env } = process;
    for (const [command, ...args] of [
      ['git', '-C', root, 'archive', '--format=tar', '-o', archive, commit],
      ['tar', '-xf', archive, '-C', copy.folder],
    ] as const) {
      const { code, output } = await run(command, args, { cwd: root, env });
      if (code !== 0) throw new Stop(`The commit ${commit} could not be taken out of the repository.`, output);
    }
    return copy;
  }

  /** Another one, to be changed on its own. */
  async copy(name: string): Promise<ProjectCopy> {
    return await ProjectCopy.#of(this.folder, name);
  }

  static async #of(source: string, name: string): Promise<ProjectCopy> {
    const copy = await ProjectCopy.#empty(name);
    await cp(source, copy.folder, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !leftOut.test(path.slice(join(source, '/').length)),
    });
    return copy;
  }

  static async #empty(name: string): Promise<ProjectCopy> {
    const folder = join(scratchFolder(), name);
    await mkdir(folder);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new ProjectCopy(folder);
  }

  async read(file: string): Promise<string> {
    return await readFile(join(this.folder, file), 'utf8');
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
  }

  async remove(file: string): Promise<void> {
    await rm(join(this.folder, file));
  }

  /** Replaces a text that has to be there once at least. */
  async replace(file: string, text: string | RegExp, by: string): Promise<void> {
    const before = await this.read(file);
    const after = before.replace(text, () => by);
    if (after === before) throw new Stop(`${file} has no ${text} any more: tools/deployment/ has to be told of it.`);
    await this.write(file, after);
  }

  /** Sets a setting of the stage dev. */
  async set(setting: string, value: unknown): Promise<void> {
    const before = await this.read('infra/stages.ts');
    await this.write('infra/stages.ts', withSetting(before, setting, value));
  }
}

/** The text of infra/stages.ts with another value of a setting of dev that stands on a line of its own, or with one more. */
export function withSetting(stages: string, setting: string, value: unknown): string {
  const line = `    ${setting}: ${JSON.stringify(value)},`;
  const [, start = '', dev = '', rest = ''] = /^(.*\n {2}dev: \{\n)(.*?\n)( {2}\},\n.*)$/s.exec(stages) ?? [];
  if (!dev) throw new Stop('infra/stages.ts has no stage dev any more: tools/deployment/ has to be told of it.');
  const others = dev.split('\n').filter((other) => !other.startsWith(`    ${setting}: `));
  return `${start}${line}\n${others.join('\n')}${rest}`;
}
