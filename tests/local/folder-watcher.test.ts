import { rename } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { watchFolders } from '../../local/folder-watcher.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const folder = useTemporaryFolder();

test('sees a file that was replaced, written again, and one in a new folder', async () => {
  await folder.write('src/deep/file.ts', '1');
  let seen = Promise.withResolvers<void>();
  let awaited = '';
  const watcher = await watchFolders([folder.at('src')], (path) => {
    if (path === awaited) seen.resolve();
  });
  const expectChange = async (path: string, change: () => Promise<unknown>) => {
    seen = Promise.withResolvers();
    awaited = path;
    await change();
    await seen.promise;
  };
  const file = folder.at('src', 'deep', 'file.ts');
  await folder.write('draft.ts', '2');
  await expectChange(file, () => rename(folder.at('draft.ts'), file));
  await expectChange(file, () => folder.write('src/deep/file.ts', '3'));
  await expectChange(folder.at('src', 'new'), () => folder.write('src/new/other.ts', '4'));
  await watcher.refresh();
  await expectChange(folder.at('src', 'new', 'other.ts'), () => folder.write('src/new/other.ts', '5'));
  watcher.close();
  expect(awaited).toBe(folder.at('src', 'new', 'other.ts'));
});
