import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { claimDataFolder } from '../../local/data-folder.ts';
import { processIdentity } from '../../local/process-identity.ts';
import { untilGone } from './processes.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const folder = useTemporaryFolder();

test('is one Dateline’s at a time', async () => {
  const mine = await claimDataFolder(folder.at('shared'));
  await expect(claimDataFolder(folder.at('shared'))).rejects.toThrow(
    `The data folder ${folder.at('shared')} is in use by another Dateline (process ${process.pid}): stop that one, or set ` +
      'DATELINE_DATA to another folder.',
  );
  mine.release();
  const next = await claimDataFolder(folder.at('shared'));
  mine.release();
  await expect(claimDataFolder(folder.at('shared'))).rejects.toThrow('is in use');
  next.release();
});

test('goes to one of many that start at the same time', async () => {
  const claims = await Promise.allSettled(Array.from({ length: 10 }, () => claimDataFolder(folder.at('raced'))));
  const won = claims.flatMap((claim) => (claim.status === 'fulfilled' ? [claim.value] : []));
  expect(won).toHaveLength(1);
  won[0]?.release();
});

test('is taken over from a process that is gone, and its engine is ended', async () => {
  const orphan = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000); process.stdout.write("up")']);
  await once(orphan.stdout, 'data');
  const pid = orphan.pid ?? 0;
  const identity = await processIdentity(pid);
  const lock = { server: { pid: process.pid, identity: 'of an earlier process' }, engine: { pid, identity } };
  await folder.write('left/running.json', JSON.stringify(lock));
  const taken = await claimDataFolder(folder.at('left'));
  await untilGone(pid);
  taken.release();
});

test('leaves a process alone that has the id of an engine that is gone', async () => {
  const lock = {
    server: { pid: process.pid, identity: 'of an earlier process' },
    engine: { pid: process.pid, identity: 'of an earlier engine' },
  };
  await folder.write('reused/running.json', JSON.stringify(lock));
  const taken = await claimDataFolder(folder.at('reused'));
  expect(await processIdentity(process.pid)).toBeDefined();
  taken.release();
});

test('is taken over when its lock says nothing', async () => {
  await folder.write('torn/running.json', '{"server":');
  const taken = await claimDataFolder(folder.at('torn'));
  const lock = JSON.parse(await readFile(folder.at('torn', 'running.json'), 'utf8'));
  expect(lock.server.pid).toBe(process.pid);
  taken.release();
});

test('says in one sentence that it cannot be written', async () => {
  const file = await folder.write('a-file', '');
  await expect(claimDataFolder(`${file}/data`)).rejects.toThrow(
    `The data folder ${file}/data cannot be written (ENOTDIR): mend it, or set DATELINE_DATA to another one, or to ` +
      ':memory: to keep nothing.',
  );
});
