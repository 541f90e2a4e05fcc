/**
 * What AWS publishes for us-east-1, in US dollars. Never a price from memory alone: `source` is the page that states it,
 * and `verified` says how it was looked up: in a copy of that page, in others who quote it, or in vain. Free allowances are those that do not end after a year.
 */
export type Price = {
  /** Dollars for one `unit`, tier by tier: `upTo` is where a tier ends, in units a month, the allowance included. */
  tiers: readonly Tier[];
  unit: string;
  /** Units a month that cost nothing. Shared by everything in the account, where there is one. */
  free: number;
  source: Source;
  verified: 'published page' | 'other sources' | 'not found';
};

export type Tier = { upTo: number; each: number };

/** When the prices were looked up. */
export const lookedUp = '2026-11';

export const region = 'us-east-1';

const sources = {
  dynamodb: {
    name: 'Amazon DynamoDB pricing for on-demand capacity',
    url: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  lambda: { name: 'AWS Lambda pricing', url: 'https://aws.amazon.com/lambda/pricing/' },
  apiGateway: { name: 'Amazon API Gateway pricing', url: 'https://aws.amazon.com/api-gateway/pricing/' },
  cloudFront: { name: 'Amazon CloudFront pricing', url: 'https://aws.amazon.com/cloudfront/pricing/' },
  cloudWatch: { name: 'Amazon CloudWatch pricing', url: 'https://aws.amazon.com/cloudwatch/pricing/' },
  cognito: { name: 'Amazon Cognito pricing', url: 'https://aws.amazon.com/cognito/pricing/' },
  secretsManager: { name: 'AWS Secrets Manager pricing', url: 'https://aws.amazon.com/secrets-manager/pricing/' },
  waf: { name: 'AWS WAF pricing', url: 'https://aws.amazon.com/waf/pricing/' },
  s3: { name: 'Amazon S3 pricing', url: 'https://aws.amazon.com/s3/pricing/' },
} as const satisfies Record<string, { name: string; url: string }>;
type Source = (typeof sources)[keyof typeof sources];

const million = 1_000_000;
const flat = (each: number): readonly Tier[] => [{ upTo: Number.POSITIVE_INFINITY, each }];
const terabyte = 1_024;

export const prices = {
  writeUnits: {
    tiers: flat(0.625 / million),
    unit: 'write request unit',
    free: 0,
    source: sources.dynamodb,
    verified: 'other sources',
  },
  readUnits: {
    tiers: flat(0.125 / million),
    unit: 'read request unit',
    free: 0,
    source: sources.dynamodb,
    verified: 'other sources',
  },
  tableStorage: {
    tiers: flat(0.25),
    unit: 'GB-month of tables and indexes',
    free: 25,
    source: sources.dynamodb,
    verified: 'published page',
  },
  continuousBackups: {
    tiers: flat(0.2),
    unit: 'GB-month of tables with point-in-time recovery',
    free: 0,
    source: sources.dynamodb,
    verified: 'other sources',
  },
  invocations: {
    tiers: flat(0.2 / million),
    unit: 'invocation',
    free: million,
    source: sources.lambda,
    verified: 'published page',
  },
  computing: {
    tiers: [
      { upTo: 7_500_000_000, each: 0.0000133334 },
      { upTo: Number.POSITIVE_INFINITY, each: 0.0000120001 },
    ],
    unit: 'GB-second on arm64, start-up included',
    free: 400_000,
    source: sources.lambda,
    verified: 'other sources',
  },
  scheduledRuns: {
    // Of CloudWatch Events, as EventBridge was called: "All events except custom events are included".
    tiers: flat(0),
    unit: 'call by a scheduled rule of the default event bus',
    free: 0,
    source: sources.cloudWatch,
    verified: 'published page',
  },
  provisionedConcurrency: {
    tiers: flat(0.0000033334),
    unit: 'GB-second of provisioned concurrency on arm64',
    free: 0,
    source: sources.lambda,
    verified: 'not found',
  },
  apiRequests: {
    tiers: [
      { upTo: 300 * million, each: 1 / million },
      { upTo: Number.POSITIVE_INFINITY, each: 0.9 / million },
    ],
    unit: 'request of an HTTP API, up to 512 kB',
    free: 0,
    source: sources.apiGateway,
    verified: 'other sources',
  },
  edgeRequests: {
    tiers: flat(0.01 / 10_000),
    unit: 'HTTPS request at the edge in North America or Europe',
    free: 10 * million,
    source: sources.cloudFront,
    verified: 'other sources',
  },
  edgeTransfer: {
    tiers: [
      { upTo: 10 * terabyte, each: 0.085 },
      { upTo: 50 * terabyte, each: 0.08 },
      { upTo: 150 * terabyte, each: 0.06 },
      { upTo: Number.POSITIVE_INFINITY, each: 0.04 },
    ],
    unit: 'GB from the edge to North America or Europe',
    free: terabyte,
    source: sources.cloudFront,
    verified: 'published page',
  },
  edgeFunctions: {
    tiers: flat(0.1 / million),
    unit: 'run of a CloudFront function',
    free: 2 * million,
    source: sources.cloudFront,
    verified: 'other sources',
  },
  purgedPaths: {
    tiers: flat(0.005),
    unit: 'path of an invalidation',
    free: 1_000,
    source: sources.cloudFront,
    verified: 'published page',
  },
  logIngestion: {
    tiers: [
      { upTo: 10 * terabyte, each: 0.5 },
      { upTo: 30 * terabyte, each: 0.25 },
      { upTo: 50 * terabyte, each: 0.1 },
      { upTo: Number.POSITIVE_INFINITY, each: 0.05 },
    ],
    unit: 'GB of logs taken in',
    free: 5,
    source: sources.cloudWatch,
    verified: 'other sources',
  },
  logStorage: {
    tiers: flat(0.03),
    unit: 'GB-month of logs kept',
    free: 0,
    source: sources.cloudWatch,
    verified: 'other sources',
  },
  alarmMetrics: {
    tiers: flat(0.1),
    unit: 'metric in an alarm',
    free: 10,
    source: sources.cloudWatch,
    verified: 'other sources',
  },
  customMetrics: {
    // By the hour in which it is written; whoever counts whole months counts too many.
    tiers: [
      { upTo: 10_000, each: 0.3 },
      { upTo: Number.POSITIVE_INFINITY, each: 0.1 },
    ],
    unit: 'metric of one’s own',
    free: 0,
    source: sources.cloudWatch,
    verified: 'other sources',
  },
  dashboards: {
    tiers: flat(3),
    unit: 'dashboard of up to 50 metrics',
    free: 3,
    source: sources.cloudWatch,
    verified: 'other sources',
  },
  activeUsers: {
    tiers: flat(0.015),
    unit: 'person who signs in during a month (Essentials)',
    free: 10_000,
    source: sources.cognito,
    verified: 'other sources',
  },
  machineClients: {
    tiers: flat(6),
    unit: 'machine client',
    free: 0,
    source: sources.cognito,
    verified: 'other sources',
  },
  machineTokens: {
    tiers: flat(0.00225),
    unit: 'token for a machine',
    free: 0,
    source: sources.cognito,
    verified: 'other sources',
  },
  secrets: {
    tiers: flat(0.4),
    unit: 'secret',
    free: 0,
    source: sources.secretsManager,
    verified: 'other sources',
  },
  webAcls: { tiers: flat(5), unit: 'web ACL', free: 0, source: sources.waf, verified: 'other sources' },
  firewallRules: { tiers: flat(1), unit: 'rule of a web ACL', free: 0, source: sources.waf, verified: 'other sources' },
  firewalledRequests: {
    tiers: flat(0.6 / million),
    unit: 'request that a web ACL looks at',
    free: 0,
    source: sources.waf,
    verified: 'other sources',
  },
  objectStorage: {
    tiers: flat(0.023),
    unit: 'GB-month of S3 Standard',
    free: 0,
    source: sources.s3,
    verified: 'not found',
  },
} as const satisfies Record<string, Price>;

export type PriceId = keyof typeof prices;
