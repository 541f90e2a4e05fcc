import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { withSetting } from '../../tools/deployment/project-copy.ts';
import { startProxy } from '../../tools/deployment/proxy.ts';
import { Report, Stop } from '../../tools/deployment/report.ts';
import { groupIsGone } from '../../tools/deployment/scratch.ts';

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the report', () => {
  beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
  afterEach(() => void jest.restoreAllMocks());

  test('counts what is kept, remembers what is broken, and goes on', async () => {
    const report = new Report();
    report.begin('A part');
    await report.check('the first is kept', () => undefined);
    await report.check('the second is broken', async () => {
      throw new Error('not so', { cause: new Error('because') });
    });
    await report.check('the third is kept', async () => undefined);
    expect(report.passed).toBe(2);
    expect(report.broken).toEqual([
      { step: 'A part', promise: 'the second is broken', why: 'Error: not so (because)' },
    ]);
  });

  test('does not count what has to be put right first', async () => {
    const report = new Report();
    const checked = report.check('it is kept', () => {
      throw new Stop('Python is missing.');
    });
    await expect(checked).rejects.toThrow('Python is missing.');
    expect(report.broken).toEqual([]);
  });
});

describe('a setting of the stage dev', () => {
  const stages = () => readFile(fileOf('infra/stages.ts'), 'utf8');
  const prodOf = (text: string) => text.slice(text.indexOf('\n  prod: {'));

  test('gets another value, and prod keeps its own', async () => {
    const before = await stages();
    const after = withSetting(before, 'logRetentionDays', 15);
    expect(after.match(/^ {4}logRetentionDays: .*$/gm)?.[0]).toBe('    logRetentionDays: 15,');
    expect(after.split('\n')).toHaveLength(before.split('\n').length);
    expect(prodOf(after)).toBe(prodOf(before));
  });

  test('is added where there was none', async () => {
    const before = await stages();
    const after = withSetting(before, 'existingTables', { editorial: 'a', content: 'b' });
    expect(after).toContain('\n  dev: {\n    existingTables: {"editorial":"a","content":"b"},\n');
    expect(after.split('\n')).toHaveLength(before.split('\n').length + 1);
    expect(prodOf(after)).toBe(prodOf(before));
  });
});

test('the emulator and all that it needs are pinned', async () => {
  const lines = (await readFile(fileOf('tools/deployment/emulator-requirements.txt'), 'utf8')).trimEnd().split('\n');
  const packages = lines.filter((line) => !line.startsWith('#'));
  expect(packages.length).toBeGreaterThan(10);
  for (const line of packages) expect(line).toMatch(/^[a-z0-9-]+==[0-9][0-9.a-z]*$/);
});

test('the proxy says that a request came over TLS, and passes on the rest as it is', async () => {
  const emulator = createServer(async (request, reply) => {
    const body = await text(request);
    const { method, url, headers } = request;
    reply.writeHead(201, { 'x-kept': 'yes' }).end(JSON.stringify({ method, url, headers, body }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => emulator.once('listening', resolve));
  const proxy = await startProxy((emulator.address() as AddressInfo).port);
  const answer = await fetch(`${proxy.url}/path?query=1`, { method: 'PUT', body: 'sent', headers: { 'x-own': '1' } });
  expect([answer.status, answer.headers.get('x-kept')]).toEqual([201, 'yes']);
  expect(await answer.json()).toMatchObject({
    method: 'PUT',
    url: '/path?query=1',
    body: 'sent',
    headers: { 'x-own': '1', 'x-forwarded-proto': 'https', host: new URL(proxy.url).host },
  });
  await proxy.close();
  await new Promise((resolve) => emulator.close(resolve));
});

test('a run that is told to stop ends what it started, and removes its folder', async () => {
  const script = `
    import { spawn } from 'node:child_process';
    import { endsWithRun, leaveNothingBehind, scratchFolder } from ${JSON.stringify(fileOf('tools/deployment/scratch.ts'))};
    leaveNothingBehind();
    const child = spawn('sleep', ['600'], { detached: true });
    endsWithRun(child.pid);
    console.log(JSON.stringify({ group: child.pid, folder: scratchFolder() }));
  `;
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => run.once('close', resolve));
  const lines = createInterface({ input: run.stdout });
  const first = await new Promise<string>((resolve) => lines.once('line', resolve));
  const { group, folder } = JSON.parse(first) as { group: number; folder: string };
  expect([groupIsGone(group), existsSync(folder)]).toEqual([false, true]);
  run.kill('SIGTERM');
  expect(await ended).toBe(143);
  expect(existsSync(folder)).toBe(false);
  expect(groupIsGone(group)).toBe(true);
});
