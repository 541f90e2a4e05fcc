import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../contract/roles.ts';
import { type Ran, run } from './command.ts';
import type { Emulator } from './emulator.ts';
import { root } from './project-copy.ts';

export type Person = { name: string; role: Role; password: string; token: string };

/** Of the stage dev, by the project's own command. */
export class People {
  readonly #emulator: Emulator;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  /** Makes a user and asks for a token, as whoever runs the newsroom does. */
  async join(name: string, role: Role): Promise<Person> {
    const password = `Aa1-${randomUUID()}`;
    const email = `${name}@example.org`;
    const options = ['--name', name, '--email', email, '--role', role, '--password-stdin'];
    const { code, output } = await this.admin(['create-user', ...options], password);
    assert.equal(code, 0, `npm run admin -- create-user ended with ${code}:\n${output}`);
    return { name, role, password, token: await this.tokenOf(name, password) };
  }

  async tokenOf(name: string, password: string): Promise<string> {
    const { code, stdout, output } = await this.admin(['token', '--name', name, '--password-stdin'], password);
    assert.equal(code, 0, `npm run admin -- token ended with ${code}:\n${output}`);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/, 'Standard output has the token and nothing else.');
    return stdout.trim();
  }

  async admin(args: readonly string[], password = ''): Promise<Ran> {
    return await run('npm', ['run', '--silent', 'admin', '--', ...args], {
      cwd: root,
      env: this.#emulator.environment,
      input: `${password}\n`,
    });
  }
}
