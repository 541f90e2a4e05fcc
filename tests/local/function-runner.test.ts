import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { functionRunner } from '../../local/function-runner.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const folder = useTemporaryFolder();
const root = fileURLToPath(new URL('../..', import.meta.url));
const timeoutMs = 10_000;

const counting = `let count = 0; export const handler = (event, context) => ({
  event, count: ++count, name: context.functionName, left: context.getRemainingTimeInMillis() });`;

test('imports a bundle once and hands it event and context', async () => {
  await folder.write('one/counts/index.mjs', counting);
  const runner = functionRunner({ folder: folder.at('one'), timeoutMs });
  await runner.invoke('counts', {});
  const second = (await runner.invoke('counts', { a: 1 })) as { left: number };
  expect(second).toMatchObject({ event: { a: 1 }, count: 2, name: 'counts' });
  expect(second.left).toBeGreaterThan(9_000);
  expect(second.left).toBeLessThanOrEqual(timeoutMs);
});

test('gives a function no more than its time', async () => {
  await folder.write('two/hangs/index.mjs', 'export const handler = () => new Promise(() => undefined);');
  const runner = functionRunner({ folder: folder.at('two'), timeoutMs: 5 });
  await expect(runner.invoke('hangs', {})).rejects.toThrow('Task timed out after 0.005 seconds');
});

test('hands on what a function throws, whether it is async or not', async () => {
  await folder.write('three/throws/index.mjs', "export const handler = () => { throw new Error('sync'); };");
  await folder.write('three/rejects/index.mjs', "export const handler = async () => { throw new Error('async'); };");
  const runner = functionRunner({ folder: folder.at('three'), timeoutMs });
  await expect(runner.invoke('throws', {})).rejects.toThrow('sync');
  await expect(runner.invoke('rejects', {})).rejects.toThrow('async');
});

test('says which function is not there or is none', async () => {
  await folder.write('four/empty/index.mjs', 'export const other = 1;');
  const runner = functionRunner({ folder: folder.at('four'), timeoutMs });
  await expect(runner.invoke('empty', {})).rejects.toThrow('empty/index.mjs exports no handler.');
  await expect(runner.invoke('missing', {})).rejects.toThrow(/missing/);
});

test('serves with new bundles after a reload, and with the old ones when a new one is broken', async () => {
  const file = await folder.write('five/says/index.mjs', '');
  // In a process of its own: Jest keeps the text of what it has imported, whatever is asked behind the question mark.
  const script = `
    import { writeFileSync } from 'node:fs';
    import { functionRunner } from './local/function-runner.ts';
    const says = (text) => writeFileSync(${JSON.stringify(file)}, text);
    const part = (word) => writeFileSync(${JSON.stringify(folder.at('five/says/part.mjs'))}, 'export const word = ' + JSON.stringify(word));
    const runner = functionRunner({ folder: ${JSON.stringify(folder.at('five'))}, timeoutMs: 1000 });
    const heard = [];
    says('export const handler = () => "first";');
    heard.push(await runner.invoke('says', {}));
    says('export const handler = async () => (await import("./part.mjs")).word;');
    part('second');
    heard.push(await runner.invoke('says', {}));
    await runner.reload();
    heard.push(await runner.invoke('says', {}));
    part('third');
    await runner.reload();
    heard.push(await runner.invoke('says', {}));
    says('export const other = 1;');
    heard.push(await runner.reload().catch((error) => error.message));
    heard.push(await runner.invoke('says', {}));
    process.stdout.write(JSON.stringify(heard));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  const refusal = 'says/index.mjs exports no handler.';
  expect(JSON.parse(stdout)).toEqual(['first', 'first', 'second', 'third', refusal, 'third']);
});
