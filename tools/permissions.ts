// npm run permissions: writes docs/permissions.md from the synthesized stack, and prints it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, type CfnElement } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { FunctionId } from '../contract/routes/index.ts';
import { DatelineStack } from '../infra/dateline-stack.ts';
import { permissionsIn, permissionsPage } from '../infra/permission-matrix.ts';
import { stageNamed } from '../infra/stages.ts';
import { buildIfStale, distFolder } from './build.ts';

/** The page of docs/permissions.md for this stack. */
export function permissionsOf(stack: DatelineStack): string {
  const { Resources } = Template.fromStack(stack).toJSON();
  const logicalId = (construct: { node: { defaultChild?: unknown } }) =>
    stack.getLogicalId(construct.node.defaultChild as CfnElement);
  const lambdas = Object.entries(stack.functions.byId).map(([id, { lambda }]) => [id, logicalId(lambda)]);
  const { editorial, content } = stack.tables;
  return permissionsPage(
    permissionsIn(stack, Resources, {
      lambdas: Object.fromEntries(lambdas) as Record<FunctionId, string>,
      tables: { [logicalId(editorial)]: 'editorial', [logicalId(content)]: 'content' },
    }),
  );
}

if (import.meta.main) {
  process.env.CDK_VALIDATION = 'false';
  await buildIfStale();
  const outdir = await mkdtemp(join(tmpdir(), 'dateline-permissions-'));
  const stack = new DatelineStack(new App({ outdir }), 'Dateline-dev', {
    stage: 'dev',
    settings: stageNamed('dev'),
    bundles: distFolder,
  });
  const page = permissionsOf(stack);
  await rm(outdir, { recursive: true });
  await writeFile(fileURLToPath(new URL('../docs/permissions.md', import.meta.url)), page);
  process.stdout.write(`${page}\nWritten to docs/permissions.md. Next: read what changed, and commit it.\n`);
}
