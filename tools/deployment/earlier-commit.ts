import { run } from './command.ts';
import { root } from './project-copy.ts';

/** What decides how content is stored. */
const shape = ['store/tables.ts', 'store/keys.ts', 'store/layout.ts', 'store/items.ts'];

export type EarlierCommit = { hash: string; title: string };

/**
 * The newest commit that stores content in another way than the tree does, as far as these files tell, and that can be
 * deployed.
 * @returns why there is none, otherwise.
 */
export async function earlierCommit(): Promise<EarlierCommit | { none: string }> {
  const log = await git('log', '--format=%H %h %s', '--', ...shape);
  if (log.code !== 0)
    return { none: `git knows no earlier commit that could be deployed first (${log.output.trim()})` };
  for (const line of log.stdout.split('\n').filter(Boolean)) {
    const [hash = '', ...title] = line.split(' ');
    const isSame = (await git('diff', '--quiet', hash, '--', ...shape)).code === 0;
    const isDeployable = (await git('cat-file', '-e', `${hash}:cdk.json`)).code === 0;
    if (!isSame && isDeployable) return { hash, title: title.join(' ') };
  }
  if ((await git('rev-parse', '--is-shallow-repository')).stdout.trim() === 'true')
    return {
      none: 'the history is shallow and ends before such a commit: git fetch --unshallow, and run this again',
    };
  return { none: `no commit that can be deployed has other ${shape.join(', ')}` };
}

async function git(...args: string[]) {
  return await run('git', args, { cwd: root, env: process.env, seconds: 30 });
}
