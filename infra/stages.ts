import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { PublicationSettings } from '../contract/environment.ts';
import { SetupError } from './setup-error.ts';

/** What may differ between two deployments of the same code. */
export type StageSettings = {
  publication: PublicationSettings;
  /** Where browsers may call the editorial API from. Content answers any origin. */
  editorialOrigins: readonly string[];
  logRetention: RetentionDays;
  /**
   * Whether tables, users and logs outlive the stack, and tables and users refuse to be deleted. Only a stage that
   * nobody will miss says false.
   */
  keepsData: boolean;
  /** MB. Lambda gives CPU in proportion: 1,769 MB is one core (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). */
  memory: { content: number; editorial: number };
  /** Requests a second of each API, all callers together; above it API Gateway answers 429. */
  throttle: { content: Required<ThrottleSettings>; editorial: Required<ThrottleSettings> };
};

/** The deployments there are: `cdk deploy` is dev, `cdk deploy -c stage=prod` is prod. */
export const stages = {
  dev: {
    publication: { siteUrlTemplate: 'http://localhost:3000/{section}/{slug}', language: 'en', timeZone: 'UTC' },
    editorialOrigins: ['http://localhost:3000', 'http://localhost:5173'],
    logRetention: RetentionDays.TWO_WEEKS,
    keepsData: true,
    memory: { content: 512, editorial: 1024 },
    throttle: { content: { rateLimit: 100, burstLimit: 200 }, editorial: { rateLimit: 50, burstLimit: 100 } },
  },
  prod: {
    publication: { siteUrlTemplate: 'https://www.example.com/{section}/{slug}', language: 'en', timeZone: 'UTC' },
    editorialOrigins: ['https://desk.example.com'],
    logRetention: RetentionDays.THREE_MONTHS,
    keepsData: true,
    memory: { content: 512, editorial: 1024 },
    throttle: { content: { rateLimit: 2000, burstLimit: 4000 }, editorial: { rateLimit: 200, burstLimit: 400 } },
  },
} as const satisfies Record<string, StageSettings>;

/**
 * The settings of a stage.
 * @throws SetupError that names the stages there are, when there is none of this name.
 */
export function stageNamed(name: string): StageSettings {
  if (!isStage(name)) {
    const known = Object.keys(stages).join(', ');
    throw new SetupError(
      `There is no stage "${name}". Pass -c stage=<name> with one of: ${known}; see infra/stages.ts.`,
    );
  }
  return stages[name];
}

function isStage(name: string): name is keyof typeof stages {
  return Object.hasOwn(stages, name);
}
