import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod/mini';
import { roles } from '../contract/roles.ts';
import { routes } from '../contract/routes/index.ts';
import { grants } from './grants.ts';

/**
 * What may differ between two deployments of the same code. Each rule says what is allowed, in words that follow the name
 * of the setting; `checkedSettings` applies them at every synth, since nothing compiles `stages.ts` before it is deployed.
 */

/** Parts of the stack that a stage can go without, and what it then lacks. */
export const optionalParts = {
  edge: 'CloudFront with its cache policies, edge function, origin lock, firewall and purges; callers ask the APIs',
  machineTokens: 'the token endpoint for machines, with its domain and clients; people sign in as ever',
  savedQueries: 'the saved queries of CloudWatch Logs Insights; docs/runbook.md has their texts',
} as const;
export type OptionalPart = keyof typeof optionalParts;

const whole = (minimum: number, maximum: number, unit = '') => {
  const allowed = `must be a whole number from ${minimum} to ${maximum}${unit && ` (${unit})`}`;
  return z
    .number(allowed)
    .check(z.refine((value) => Number.isInteger(value) && value >= minimum && value <= maximum, allowed));
};

/** HTTP APIs of an account share 10,000 requests a second and a burst of 5,000, unless AWS raised it. */
const throttle = z.strictObject({ rateLimit: whole(1, 10_000, 'requests a second'), burstLimit: whole(1, 5_000) });

const siteUrlTemplate = z.string().check(
  z.refine((value) => {
    const names = [...value.matchAll(/\{(\w*)\}/g)].map((match) => match[1] ?? '');
    const known = names.every((name) => ['slug', 'section', 'id', 'language'].includes(name));
    const url = URL.parse(value.replaceAll(/[{}]/g, ''));
    return known && names.some((name) => name === 'slug' || name === 'id') && /^https?:$/.test(url?.protocol ?? '');
  }, 'must be an http or https URL with {slug} or {id} in it, and may have {section} and {language}'),
);

const language = z
  .string()
  .check(
    z.refine((value) => succeeds(() => Intl.getCanonicalLocales(value)), 'must be a BCP 47 tag such as en or pt-BR'),
  );

const timeZone = z
  .string()
  .check(
    z.refine(
      (value) => succeeds(() => new Intl.DateTimeFormat('en', { timeZone: value })),
      'must be an IANA time zone such as Europe/Madrid',
    ),
  );

const origin = z
  .string()
  .check(
    z.refine(
      (value) => URL.parse(value)?.origin === value && /^https?:/.test(value),
      'must be an origin such as https://desk.example.org, without a path and without a slash at its end',
    ),
  );

const httpsUrl = z
  .string()
  .check(
    z.refine(
      (value) => URL.parse(value)?.protocol === 'https:',
      'must be an https URL such as https://hub.example.org/',
    ),
  );

const domainName = z
  .string()
  .check(z.regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain name such as cms.example.org'));

const email = z.email('must be an e-mail address');

const retentionDays = Object.values(RetentionDays).filter((value) => typeof value === 'number' && value < 9999);
const retention = z
  .number()
  .check(
    z.refine(
      (value) => retentionDays.includes(value),
      `must be a number of days that CloudWatch Logs knows: ${retentionDays.join(', ')}`,
    ),
  );

const perFunction = (minimum: number, maximum: number, names: readonly string[]) =>
  z
    .record(z.string(), whole(minimum, maximum))
    .check(
      z.refine(
        (value) => Object.keys(value).every((name) => names.includes(name)),
        `may name these functions: ${names.join(', ')}`,
      ),
    );

const domain = z.strictObject({
  names: z.array(domainName).check(z.minLength(1, 'must have at least one domain name')),
  /** Of AWS Certificate Manager. CloudFront takes certificates of us-east-1 only, wherever the stage is. */
  certificateArn: z
    .string()
    .check(
      z.regex(
        /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
        'must be the ARN of an ACM certificate in us-east-1',
      ),
    ),
  /** With it the stack makes the DNS records; without it somebody does. */
  hostedZone: z.optional(
    z.strictObject({
      id: z.string().check(z.regex(/^Z[A-Z0-9]+$/, 'must be a Route 53 hosted zone id')),
      name: domainName,
    }),
  ),
});

/** Of its own, made in this stack, or one that is there already. */
const firewall = z.union(
  [
    z.strictObject({
      /** Requests for content from one address in five minutes; above it, CloudFront answers 403. */
      requestsPerAddress: whole(100, 2_000_000_000, 'requests in five minutes'),
    }),
    z.strictObject({
      webAclArn: z
        .string()
        .check(
          z.regex(
            /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/,
            'must be the ARN of a web ACL of scope CLOUDFRONT, which lives in us-east-1',
          ),
        ),
    }),
  ],
  'must be { requestsPerAddress } or { webAclArn }',
);

const tableName = z.string().check(z.regex(/^[\w.-]{3,255}$/, 'must be the name of a DynamoDB table'));

export const stageSettingsSchema = z.strictObject({
  /** Where it is deployed. Absent: wherever the caller's credentials point. */
  region: z.optional(z.string().check(z.regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be an AWS Region such as eu-west-1'))),
  publication: z.strictObject({
    name: z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'must be at most 100 characters')),
    /** The page of an article on the site that shows it. */
    siteUrlTemplate,
    /** What the newsroom writes in, for articles that do not say. */
    language,
    /** Where the newsroom's day begins, for datelines without a year. */
    timeZone,
    /** Whether readers may have what was public before: versions, their changes, `?at=`. Absent: they may. */
    showsEarlierVersions: z.optional(z.boolean()),
    /** The WebSub hub that feeds name, which somebody has to tell of what is published. Absent: they name none. */
    feedHub: z.optional(httpsUrl),
  }),
  /** Whether nobody approves, schedules or publishes a text that they edited themselves. Absent: anybody may. */
  fourEyes: z.optional(z.boolean()),
  /** Where browsers may call the editorial API from. Content answers any origin. */
  editorialOrigins: z.array(origin),
  /** Machine clients and their roles: they get tokens for client credentials. Cognito charges for each, see docs/cost.md. */
  machines: z
    .record(z.string(), z.enum(roles))
    .check(
      z.refine(
        (value) => Object.keys(value).every((name) => /^[a-z][a-z0-9-]{1,60}$/.test(name)),
        'must name machines in lower-case letters, digits and hyphens, such as wire-ingest',
      ),
    ),
  /**
   * Whether tables, users and logs outlive the stack, and tables and users refuse to be deleted. Only a stage that
   * nobody will miss says false.
   */
  keepsData: z.boolean(),
  /** Whether CloudFormation refuses to delete the stack. */
  terminationProtection: z.boolean(),
  /** Tables that are there already, after a restore or a removed stack: used, and neither made nor changed. */
  existingTables: z.optional(
    z.strictObject({
      editorial: tableName,
      content: tableName,
      /** Of the content table: reactions read it. `aws dynamodb describe-table` names it as LatestStreamArn. */
      contentStreamArn: z
        .string()
        .check(
          z.regex(
            /^arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/[\w.-]+\/stream\/.+$/,
            'must be the ARN of a table’s stream',
          ),
        ),
    }),
  ),
  logRetentionDays: retention,
  /** MB. Lambda gives CPU in proportion: 1,769 MB is one core (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). */
  memory: z.strictObject({ content: whole(128, 10_240, 'MB'), editorial: whole(128, 10_240, 'MB') }),
  /**
   * By function. Both count against the account's concurrent executions, of which a new account has 10 and others 1,000;
   * what is reserved for one function is taken from all others. Provisioned instances are paid for while idle.
   */
  concurrency: z.strictObject({
    reserved: perFunction(0, 10_000, Object.keys(grants)),
    // Only APIs call the alias that stands before provisioned instances.
    provisioned: perFunction(1, 10_000, [...new Set(Object.values(routes).map((route) => route.function))]),
  }),
  /**
   * Requests a second of each API, all callers together; above it API Gateway answers 429. Previews have as many as the desk,
   * which makes their links.
   */
  throttle: z.strictObject({ content: throttle, editorial: throttle }),
  edge: z.strictObject({
    domain: z.optional(domain),
    firewall: z.optional(firewall),
    /**
     * The numbers of the keys that CloudFront sends to the APIs and that their functions take; docs/edge.md changes them in
     * three deployments. Absent: the first, on both sides. `accepted: []` leaves the APIs open.
     */
    keys: z.optional(z.strictObject({ sent: whole(1, 9999), accepted: z.array(whole(1, 9999)) })),
    /**
     * What is purged when it changes, at 0.005 USD a path beyond 1,000 a month: each story that is published again, or
     * only what is taken down. Absent: every-change.
     */
    purges: z.optional(z.enum(['every-change', 'takedowns'])),
    /** How long the edge's access logs are kept, which hold readers' addresses. Absent: none are written. */
    accessLogDays: z.optional(whole(1, 3650, 'days')),
  }),
  alarms: z.strictObject({
    /** Who is told. AWS asks for a confirmation first. Absent: nobody is, until someone subscribes to the topic. */
    email: z.optional(email),
    /** Where the alarms' links into docs/runbook.md lead. */
    runbookUrl: z.string().check(z.minLength(1, 'must say where docs/runbook.md can be read')),
    thresholds: z.strictObject({
      /** Failed requests (5xx) in five minutes. */
      contentFailures: whole(1, 1_000_000),
      editorialFailures: whole(1, 1_000_000),
      /** Of the slowest hundredth of requests, in milliseconds. */
      contentMilliseconds: whole(50, 29_000),
      editorialMilliseconds: whole(50, 29_000),
      /** Seconds that reactions may lag behind publications. After 900 a purge that is late is given up. */
      reactionLagSeconds: whole(1, 900),
      /** Seconds after its time that something is published or taken down. The clock looks each minute. */
      lateSeconds: whole(60, 3600),
    }),
  }),
  /** What this stage goes without; see `optionalParts`. */
  leavesOut: z.array(z.enum(Object.keys(optionalParts) as OptionalPart[])),
});

export type StageSettings = z.output<typeof stageSettingsSchema>;

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
