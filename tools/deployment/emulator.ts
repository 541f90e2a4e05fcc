import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Doorway, startProxy } from './proxy.ts';
import { Stop } from './report.ts';
import { endGroup, endsWithRun, groupIsGone, scratchFolder } from './scratch.ts';

const binaries = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
export const region = 'us-east-1';
export const account = '000000000000';
/** The emulator's root user: whoever deploys may do everything, and what is deployed may do what its roles say. */
export const rootUser = { accessKeyId: 'test', secretAccessKey: 'test' };

/** An AWS that nobody here wrote, on loopback. */
export class Emulator {
  readonly url: string;
  /** Of whoever works against it: no setting of this machine's own AWS gets through. */
  readonly environment: NodeJS.ProcessEnv;
  readonly #proxy: Doorway;
  readonly #group: number;
  readonly #state: string;
  readonly #log: string;

  private constructor(proxy: Doorway, group: number) {
    const folder = scratchFolder();
    this.url = proxy.url;
    this.#proxy = proxy;
    this.#group = group;
    this.#state = join(folder, 'state');
    this.#log = join(folder, 'emulator.log');
    this.environment = callersEnvironment(this.url, folder);
  }

  static async start(python: string): Promise<Emulator> {
    const folder = scratchFolder();
    const state = join(folder, 'state');
    await mkdir(state);
    const port = await freePort();
    const proxy = await startProxy(port);
    const log = openSync(join(folder, 'emulator.log'), 'a');
    const child = spawn(python, ['-m', 'ministack'], {
      cwd: state,
      env: emulatorEnvironment(port, proxy.url, folder),
      stdio: ['ignore', log, log],
      // A process group of its own, to be ended with all that it starts.
      detached: true,
    });
    closeSync(log);
    const group = await new Promise<number>((resolve, reject) =>
      child.once('error', reject).once('spawn', () => resolve(child.pid ?? 0)),
    );
    endsWithRun(group);
    const emulator = new Emulator(proxy, group);
    await emulator.#answers();
    return emulator;
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 300 && !groupIsGone(this.#group); tries += 1) {
      const answer = await fetch(`${this.url}/_ministack/health`);
      const { auth } = (await answer.json().catch(() => ({}))) as { auth?: string };
      if (answer.ok && auth !== 'enabled') throw new Stop('The AWS emulator does not enforce IAM.', this.logTail(40));
      if (answer.ok) return;
      await pause(100);
    }
    throw new Stop('The AWS emulator did not start.', this.logTail(40));
  }

  logTail(lines: number): string {
    return readFileSync(this.#log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** The private key that a user pool signs access tokens with (PEM), as nobody gets it from AWS. */
  async signingKey(userPoolId: string): Promise<string> {
    return await readFile(join(this.#state, 'cognito-pool-keys', `${userPoolId}-access.pem`), 'utf8');
  }

  /** Ends it with all that it started. */
  async stop(): Promise<void> {
    endGroup(this.#group);
    await this.#proxy.close();
    for (let tries = 0; tries < 100 && !groupIsGone(this.#group); tries += 1) await pause(50);
    if (!groupIsGone(this.#group)) throw new Error('A process of the emulator is still there.');
  }
}

function emulatorEnvironment(port: number, proxy: string, folder: string): NodeJS.ProcessEnv {
  return {
    // Its functions run with the first node there.
    PATH: `${binaries}:${process.env.PATH}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    TMPDIR: join(folder, 'tmp'),
    STATE_DIR: join(folder, 'state'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: region,
    // Has it check signatures and enforce IAM.
    AUTH: 'true',
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
    LAMBDA_EXECUTOR: 'local',
    // Its functions inherit this.
    AWS_ENDPOINT_URL: proxy,
    AWS_ACCESS_KEY_ID: rootUser.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootUser.secretAccessKey,
  };
}

function callersEnvironment(url: string, folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_|DATELINE_|npm_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: rootUser.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootUser.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    CI: 'true',
    CDK_HOME: join(folder, 'cdk'),
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    TMPDIR: join(folder, 'tmp'),
    // npm writes a log into the home folder for each script that fails, and some fail here on purpose.
    npm_config_logs_dir: join(folder, 'npm'),
    npm_config_update_notifier: 'false',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port.');
  return address.port;
}
