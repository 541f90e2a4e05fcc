import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The whole system as `npm start` runs it, in a process of its own that can be killed. */
export type System = {
  url: string;
  /** The engine's. */
  endpoint: string;
  enginePid: number;
  tokens: { contributor: string; editor: string };
  server: ChildProcess;
};

/** `dataFolder` keeps the data; without one nothing is kept. */
export async function startSystem(dataFolder = ':memory:'): Promise<System> {
  const script = fileURLToPath(new URL('./system-process.ts', import.meta.url));
  const server = spawn(process.execPath, [script, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const ready = new Promise<Omit<System, 'server'>>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('ready ') && resolve(JSON.parse(line.slice('ready '.length))));
    server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)));
  });
  return { server, ...(await ready) };
}

export async function stopSystem({ server }: System): Promise<void> {
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}

/** A power cut: server and engine at once, in the middle of whatever they do. */
export async function killSystem({ server, enginePid }: System): Promise<void> {
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  try {
    process.kill(enginePid, 'SIGKILL');
  } catch {
    // Its watchdog was quicker.
  }
  await gone;
}
