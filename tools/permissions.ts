// npm run permissions: writes docs/permissions.md from the synthesized stack, and prints it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DatelineStack } from '../infra/dateline-stack.ts';
import { permissionsIn, permissionsPage } from '../infra/permission-matrix.ts';
import { stageNamed } from '../infra/stages.ts';
import { buildIfStale, distFolder } from './build.ts';

process.env.CDK_VALIDATION = 'false';
await buildIfStale();
const outdir = await mkdtemp(join(tmpdir(), 'dateline-permissions-'));
const stack = new DatelineStack(new App({ outdir }), 'Dateline-dev', {
  stage: 'dev',
  settings: stageNamed('dev'),
  bundles: distFolder,
});
const { Resources } = Template.fromStack(stack).toJSON();
const page = permissionsPage(permissionsIn(stack, Resources));
await rm(outdir, { recursive: true });
await writeFile(fileURLToPath(new URL('../docs/permissions.md', import.meta.url)), page);
process.stdout.write(`${page}\nWritten to docs/permissions.md. Next: read what changed, and commit it.\n`);
