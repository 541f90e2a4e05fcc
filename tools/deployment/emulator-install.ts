import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { installPython } from '../python-environment.ts';

const requirements = fileURLToPath(new URL('./emulator-requirements.txt', import.meta.url));

/** Name and version, as they are installed. */
export async function emulatorName(): Promise<string> {
  const [, version] = /^ministack==(.+)$/m.exec(await readFile(requirements, 'utf8')) ?? [];
  return `ministack ${version}`;
}

/**
 * Installs the emulator, once.
 * @returns the path of the Python that has it.
 * @throws Stop that says what to install first.
 */
export function installEmulator(say: (text: string) => void): Promise<string> {
  const emulator = { whole: 'The AWS emulator', requirements, cache: 'dateline-emulator', script: 'test:deploy' };
  return installPython(emulator, say);
}
