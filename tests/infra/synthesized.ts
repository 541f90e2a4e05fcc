import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type CfnElement } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import type { FunctionId } from '../../contract/routes/index.ts';
import { DatelineStack } from '../../infra/dateline-stack.ts';
import { grants } from '../../infra/grants.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { stages } from '../../infra/stages.ts';

// CloudFormation's own checks cost seconds a synth; `cdk synth` makes them.
process.env.CDK_VALIDATION = 'false';

export const functionIds = Object.keys(grants) as FunctionId[];

/** A resource of the template, as far as tests look into one. */
export type Resource = {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties are as deep as they like
  Properties: Record<string, any>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};

/** How a stack differs from that of the dev stage. */
type Variation = {
  settings?: StageSettings;
  seed?: string;
  /** A function that has no bundle. */
  unbuilt?: FunctionId;
};

/** The stack in an app of its own, as it would be deployed, with stubs for bundles: tests need no build. */
export function inApp<Result>(
  { settings = stages.dev, seed = 'a seed', unbuilt }: Variation,
  look: (stack: DatelineStack, app: App) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-synth-'));
  try {
    const bundles = join(folder, 'bundles');
    writeStubs(bundles, seed);
    if (unbuilt) rmSync(join(bundles, unbuilt, 'index.mjs'));
    const app = new App({ outdir: join(folder, 'cdk.out'), context: cdkContext() });
    return look(new DatelineStack(app, 'Dateline-test', { stage: 'test', settings, bundles, commit: 'c0ffee' }), app);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The stack and its template. */
export function synthesize(variation: Variation = {}): {
  stack: DatelineStack;
  template: Template;
  resources: Record<string, Resource>;
  logicalId: (construct: IConstruct) => string;
  /** Every resource of a type, as [logical id, resource]. */
  all: (type: string) => [string, Resource][];
  /** The files that would be uploaded. */
  assets: string[];
} {
  return inApp(variation, (stack, app) => {
    const template = Template.fromStack(stack);
    const { Resources: resources } = template.toJSON() as { Resources: Record<string, Resource> };
    return {
      stack,
      template,
      resources,
      logicalId: (construct) => stack.getLogicalId(construct.node.defaultChild as CfnElement),
      assets: readdirSync(app.outdir, { encoding: 'utf8', recursive: true }).filter((file) =>
        file.startsWith('asset.'),
      ),
      all: (type) => Object.entries(resources).filter(([, resource]) => resource.Type === type),
    };
  });
}

function writeStubs(bundles: string, seed: string): void {
  for (const id of functionIds) {
    mkdirSync(join(bundles, id), { recursive: true });
    writeFileSync(join(bundles, id, 'index.mjs'), `export const handler = async () => '${id}';\n`);
    writeFileSync(join(bundles, id, 'index.mjs.map'), '{}\n');
  }
  mkdirSync(join(bundles, 'load-seeds', 'seeds'));
  writeFileSync(join(bundles, 'load-seeds', 'seeds', 'story.txt'), seed);
}

/** The flags that `cdk deploy` has from cdk.json: the template tested is then the one deployed. */
function cdkContext(): Record<string, unknown> {
  const config = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  return config.context;
}
