import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

export type TemporaryFolder = {
  /** The path of a file or folder in it. */
  at(...names: string[]): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
};

/** A folder of this test file's own, gone when its tests are done. */
export function useTemporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const at = (...names: string[]) => join(folder, ...names);
  return {
    at,
    async write(name, content) {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), content);
      return at(name);
    },
  };
}
