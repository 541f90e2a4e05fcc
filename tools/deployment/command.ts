import { spawn } from 'node:child_process';
import { endGroup, endsWithRun } from './scratch.ts';

export type Ran = {
  code: number | null;
  stdout: string;
  /** Standard output and standard error, as they came. */
  output: string;
};

export type Surroundings = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Standard input. */
  input?: string;
  /** After which it is ended. */
  seconds?: number;
};

/** Runs a command in a process group of its own, so that it can be ended together with whatever it starts. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env, input = '', seconds = 180 }: Surroundings,
): Promise<Ran> {
  const child = spawn(command, args, { cwd, env, detached: true });
  const ran: Ran = { code: null, stdout: '', output: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ran.stdout += text;
    ran.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ran.output += text;
  });
  // It may end without reading.
  child.stdin.on('error', () => {}).end(input);
  if (child.pid === undefined) return new Promise((_, reject) => child.once('error', reject));
  const group = child.pid;
  endsWithRun(group);
  const timer = setTimeout(() => {
    ran.output += `\nIt was ended because it took more than ${seconds} s.\n`;
    endGroup(group);
  }, seconds * 1000);
  ran.code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  endGroup(group);
  return ran;
}
