// npm run check: everything that is checked without running the product, with progress and a verdict.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

type Check = { name: string; command: string; options: string[]; remedy: string };

const checks: Check[] = [
  {
    name: 'format and lint',
    command: bin('biome'),
    options: ['check', '--error-on-warnings'],
    remedy: 'npm run fix mends what can be mended without thought',
  },
  {
    name: 'import law',
    command: process.execPath,
    options: ['tools/import-law.ts'],
    remedy: 'CONTRIBUTING.md says who may know whom',
  },
  { name: 'types', command: bin('tsc'), options: ['-p', '.'], remedy: 'mend the types' },
  {
    name: 'contract drift',
    command: process.execPath,
    options: ['tools/openapi.ts', '--check'],
    remedy: 'npm run openapi, and commit the result',
  },
  {
    name: 'OpenAPI lint',
    command: bin('redocly'),
    options: ['lint', 'contract/openapi.json'],
    remedy: 'mend contract/openapi.ts or the routes',
  },
];

async function run({ command, options }: Check): Promise<{ passed: boolean; output: string }> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const child = spawn(command, options, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  return { passed: code === 0, output };
}

let failed = 0;
for (const check of checks) {
  const started = performance.now();
  const { passed, output } = await run(check);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${passed ? '✓' : '✗'} ${check.name} (${seconds} s)\n`);
  if (passed) continue;
  failed += 1;
  process.stdout.write(`${output.trim()}\nTo mend it: ${check.remedy}.\n\n`);
}
process.stdout.write(
  failed === 0 ? 'All checks passed. Next: npm test.\n' : `${failed} of ${checks.length} checks failed.\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
