import { checkedSettings } from './check-settings.ts';
import { SetupError } from './setup-error.ts';
import type { OptionalPart, StageSettings } from './stage-settings.ts';

/** The deployments there are: `cdk deploy` is dev, `cdk deploy -c stage=prod` is prod. docs/deploy.md explains each setting. */
export const stages = {
  dev: {
    publication: {
      name: 'Dateline dev',
      siteUrlTemplate: 'http://localhost:3000/{section}/{slug}',
      language: 'en',
      timeZone: 'UTC',
    },
    editorialOrigins: ['http://localhost:3000', 'http://localhost:5173'],
    machines: {},
    keepsData: true,
    terminationProtection: false,
    logRetentionDays: 14,
    memory: { content: 512, editorial: 1024 },
    concurrency: { reserved: {}, provisioned: {} },
    throttle: { content: { rateLimit: 100, burstLimit: 200 }, editorial: { rateLimit: 50, burstLimit: 100 } },
    edge: {},
    alarms: {
      runbookUrl: 'docs/runbook.md',
      thresholds: {
        contentFailures: 5,
        editorialFailures: 5,
        contentMilliseconds: 3000,
        editorialMilliseconds: 5000,
        reactionLagSeconds: 300,
        lateSeconds: 180,
      },
    },
    leavesOut: [],
  },
  prod: {
    publication: {
      name: 'Dateline',
      siteUrlTemplate: 'https://www.example.com/{section}/{slug}',
      language: 'en',
      timeZone: 'UTC',
    },
    editorialOrigins: ['https://desk.example.com'],
    machines: {},
    keepsData: true,
    terminationProtection: true,
    logRetentionDays: 90,
    memory: { content: 512, editorial: 1024 },
    concurrency: { reserved: {}, provisioned: {} },
    throttle: { content: { rateLimit: 2000, burstLimit: 4000 }, editorial: { rateLimit: 200, burstLimit: 400 } },
    edge: { accessLogDays: 30 },
    alarms: {
      email: 'operations@example.com',
      runbookUrl: 'https://git.example.com/newsroom/dateline/blob/main/docs/runbook.md',
      thresholds: {
        contentFailures: 5,
        editorialFailures: 3,
        contentMilliseconds: 1500,
        editorialMilliseconds: 4000,
        reactionLagSeconds: 120,
        lateSeconds: 120,
      },
    },
    leavesOut: [],
  },
} as const satisfies Record<string, StageSettings>;

/**
 * What an AWS emulator can't take: `-c emulator=true` leaves it out of any stage, and the deployment test prints
 * this list.
 */
export const beyondEmulators: readonly OptionalPart[] = ['savedQueries'];

/**
 * The settings of a stage, checked; with `emulated`, without what emulators can't take.
 * @throws SetupError that names the stages there are, when there is none of this name, or the settings that are wrong.
 */
export function stageNamed(name: string, { emulated = false } = {}): StageSettings {
  if (!isStage(name)) {
    const known = Object.keys(stages).join(', ');
    throw new SetupError(
      `There is no stage "${name}". Pass -c stage=<name> with one of: ${known}; see infra/stages.ts.`,
    );
  }
  const settings = checkedSettings(name, stages[name]);
  return emulated ? { ...settings, leavesOut: [...new Set([...settings.leavesOut, ...beyondEmulators])] } : settings;
}

function isStage(name: string): name is keyof typeof stages {
  return Object.hasOwn(stages, name);
}
