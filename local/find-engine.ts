import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { StartError } from './start-error.ts';

type Machine = { platform: string; arch: string; path: string };

const thisMachine = (): Machine => ({
  platform: process.platform,
  arch: process.arch,
  path: process.env.PATH ?? '',
});

/**
 * The file of the embedded DynamoDB engine: from the npm package for this machine, else `dynoxide` on the PATH.
 * Throws a StartError that says what to do when there is neither.
 */
export async function findEngine(machine: Machine = thisMachine()): Promise<string> {
  const file = machine.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const name = `@dynoxide/${machine.platform}-${machine.arch}`;
  const found = fromPackage(`${name}/${file}`) ?? (await fromPath(machine.path, file));
  if (found !== undefined) return found;
  throw new StartError(
    `The embedded DynamoDB engine is missing: run "npm ci" to install ${name}, or put "dynoxide" on the PATH, or set ` +
      'DYNAMODB_ENDPOINT to where a DynamoDB answers.',
  );
}

function fromPackage(specifier: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(specifier);
  } catch {
    return undefined;
  }
}

async function fromPath(path: string, file: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, file);
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return undefined;
}
