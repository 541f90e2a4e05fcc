import type { StageSettings } from '../../infra/stage-settings.ts';
import { type Resource, synthesize } from '../../tests/infra/synthesized.ts';
import type { Usage } from './bill.ts';
import type { Memory } from './estimates.ts';
import { daysAMonth } from './sizes.ts';

/** What a deployed stage is, as far as its bill depends on it: counted from the template that would be deployed. */
export type Inventory = {
  /** What is paid for by the month, used or not. */
  standing: Usage;
  /** How often a month rules call functions by the clock. */
  scheduledRuns: number;
  /** How many resources of each type there are, those that cost nothing while nobody uses them included. */
  resources: Readonly<Record<string, number>>;
  /** Of the dashboard with the most. More than 50, and none of the free ones covers it. */
  dashboardMetrics: number;
  /** Edge functions that a request for content, and one of an editor, runs. */
  edgeFunctions: { content: number; editorial: number };
  edgeKeepsLogs: boolean;
  accessLogFormats: { content: string; editorial: string };
  memory: Memory;
  settings: StageSettings;
};

/** What each resource of a type costs by the month, whether it is used or not. */
const standingCosts: Readonly<Record<string, (resource: Resource) => Usage>> = {
  'AWS::CloudWatch::Alarm': (alarm) => ({ alarmMetrics: alarmMetrics(alarm) }),
  'AWS::CloudWatch::Dashboard': () => ({ dashboards: 1 }),
  'AWS::SecretsManager::Secret': () => ({ secrets: 1 }),
  'AWS::WAFv2::WebACL': ({ Properties }) => ({ webAcls: 1, firewallRules: Properties.Rules?.length ?? 0 }),
  'AWS::Cognito::UserPoolClient': ({ Properties }) =>
    Properties.AllowedOAuthFlows?.includes('client_credentials') ? { machineClients: 1 } : {},
};

/**
 * These cost by what they do and what they hold, and nothing while they stand idle and empty. A rule is one of them by
 * itself; what it starts by the clock is paid for at night too, and counted as `scheduledRuns`.
 */
const freeWhileIdle =
  /^AWS::(DynamoDB::GlobalTable|Logs::\w+|IAM::\w+|Events::Rule|Lambda::(Function|Version|Permission|EventSourceMapping|EventInvokeConfig)|Cognito::\w+|ApiGatewayV2::\w+|SQS::\w+|SNS::\w+|CloudFront::\w+|S3::Bucket|S3::BucketPolicy|Route53::RecordSet|CDK::Metadata)$|^Custom::/;

/** @throws Error that names a type of resource of which nobody has said what it costs. */
export function inventoryOf(settings: StageSettings): Inventory {
  const { resources, all } = synthesize({ settings });
  const standing: Usage = {};
  const counts: Record<string, number> = {};
  for (const resource of Object.values(resources)) {
    counts[resource.Type] = (counts[resource.Type] ?? 0) + 1;
    for (const [id, quantity] of Object.entries(standingOf(resource, resources)) as [keyof Usage, number][])
      standing[id] = (standing[id] ?? 0) + quantity;
  }
  const [content = '', editorial = ''] = ['ContentApi', 'EditorialApi'].map((api) => accessLogFormat(all, api));
  return {
    standing,
    scheduledRuns: all('AWS::Events::Rule').reduce((sum, [, rule]) => sum + runsOf(rule), 0),
    resources: counts,
    dashboardMetrics: Math.max(0, ...all('AWS::CloudWatch::Dashboard').map(([, one]) => dashboardMetrics(one))),
    edgeFunctions: edgeFunctions(all),
    edgeKeepsLogs: edgeKeepsLogs(all),
    accessLogFormats: { content, editorial },
    memory: settings.memory,
    settings,
  };
}

function standingOf(resource: Resource, resources: Readonly<Record<string, Resource>>): Usage {
  if (resource.Type === 'AWS::Lambda::Alias') return keptWarm(resource, resources);
  const cost = standingCosts[resource.Type];
  if (cost) return cost(resource);
  if (freeWhileIdle.test(resource.Type)) return {};
  throw new Error(`What a ${resource.Type} costs while nobody uses it has to be said in tools/cost/inventory.ts.`);
}

/** Instances that stand ready are paid for by the second, by their memory. */
function keptWarm({ Properties }: Resource, resources: Readonly<Record<string, Resource>>): Usage {
  const instances = Properties.ProvisionedConcurrencyConfig?.ProvisionedConcurrentExecutions ?? 0;
  const memory = resources[Properties.FunctionName?.Ref]?.Properties.MemorySize ?? 0;
  return instances === 0 ? {} : { provisionedConcurrency: instances * (memory / 1024) * daysAMonth * 86_400 };
}

const minutesOf = { minute: 1, hour: 60, day: 1440 } as const;

/** How often a month a rule calls its targets by the clock. @throws Error for one that does not say so by a rate. */
function runsOf({ Properties }: Resource): number {
  const { ScheduleExpression: schedule, Targets: targets = [] } = Properties;
  if (schedule === undefined) return 0;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  if (!unit) throw new Error(`How often ${schedule} is has to be said in tools/cost/inventory.ts.`);
  return (targets.length * daysAMonth * 1440) / (Number(count) * minutesOf[unit as keyof typeof minutesOf]);
}

type All = (type: string) => [string, Resource][];

/** An alarm over an expression is billed for each metric in it. */
function alarmMetrics({ Properties }: Resource): number {
  const metrics = (Properties.Metrics ?? []) as { MetricStat?: object }[];
  return Math.max(1, metrics.filter((metric) => metric.MetricStat).length);
}

/** Metrics that the widgets draw; those that are computed from others have no name of their own. */
function dashboardMetrics({ Properties }: Resource): number {
  const { widgets } = JSON.parse(joined(Properties.DashboardBody)) as {
    widgets: { properties: { metrics?: unknown[][] } }[];
  };
  const drawn = widgets.flatMap(({ properties }) => properties.metrics ?? []);
  return drawn.filter(([name]) => typeof name === 'string').length;
}

/** Text of the template, with a letter for each value that only a deployment knows. */
function joined(text: string | { 'Fn::Join': [string, (string | object)[]] }): string {
  if (typeof text === 'string') return text;
  const [separator, parts] = text['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'x')).join(separator);
}

function accessLogFormat(all: All, api: string): string {
  const found = all('AWS::ApiGatewayV2::Stage').find(([id]) => id.startsWith(api));
  return found?.[1].Properties.AccessLogSettings?.Format ?? '';
}

type Behavior = { PathPattern?: string; FunctionAssociations?: object[] };

function edgeFunctions(all: All): Inventory['edgeFunctions'] {
  const [distribution] = all('AWS::CloudFront::Distribution');
  const { CacheBehaviors = [], DefaultCacheBehavior = {} } = distribution?.[1].Properties.DistributionConfig ?? {};
  const behaviors = CacheBehaviors as Behavior[];
  const runFor = (path: string): number => {
    const behavior = behaviors.find(({ PathPattern = '' }) => matches(PathPattern, path)) ?? DefaultCacheBehavior;
    return behavior.FunctionAssociations?.length ?? 0;
  };
  return { content: runFor('/content/v1/articles/a-slug'), editorial: runFor('/editorial/v1/articles') };
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/^\/?/, '/')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(path);
}

function edgeKeepsLogs(all: All): boolean {
  const logging = all('AWS::CloudFront::Distribution').some(
    ([, { Properties }]) => Properties.DistributionConfig.Logging,
  );
  return logging || all('AWS::Logs::DeliverySource').length > 0;
}
