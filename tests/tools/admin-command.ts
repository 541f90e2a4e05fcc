import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import type { FakeAws } from './admin-fake-aws.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Ended = { code: number | null; stdout: string; stderr: string };
type Surroundings = {
  aws?: FakeAws;
  /** Standard input, which nobody is at. */
  input?: string;
  environment?: Record<string, string>;
};

/** Runs the command as npm does, and knows nothing of the AWS settings of whoever runs the tests. */
export async function admin(args: readonly string[], { aws, input = '', environment }: Surroundings): Promise<Ended> {
  const child = spawn(process.execPath, ['tools/admin/admin.ts', ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_REGION: 'eu-west-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...(aws && { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }),
      // Halves the time that it takes to load the SDK.
      NODE_COMPILE_CACHE: `${root}dist/compile-cache`,
      ...environment,
    },
  });
  // It may end without reading.
  child.stdin.on('error', () => {}).end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  for (const secret of input.split('\n').filter(Boolean)) expect(stdout + stderr).not.toContain(secret);
  expect(stderr).not.toMatch(/^ +at /m);
  return { code: code as number | null, stdout, stderr };
}
