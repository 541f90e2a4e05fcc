import { added, costOf, totalOf, type Usage } from './bill.ts';
import { billedMilliseconds } from './estimates.ts';
import { dollars, table, units, whole } from './format.ts';
import type { Inventory } from './inventory.ts';
import { type Basis, idleUsage } from './month.ts';
import type { PriceId } from './prices.ts';
import { prices } from './prices.ts';
import type { Report } from './report.ts';

/** The most metrics that a free dashboard may have. */
export const freeDashboardMetrics = 50;

/**
 * What a stage costs while nobody uses it, with nothing taken off but the dashboards: an account has three for nothing, and
 * each stage has one.
 */
export function idleCost(basis: Basis): number {
  const { standing, dashboardMetrics } = basis.inventory;
  const dashboards =
    dashboardMetrics <= freeDashboardMetrics ? costOf('dashboards', standing.dashboards ?? 0, 'used up') : 0;
  return totalOf(idleUsage(basis), 'used up') - dashboards;
}

export function idleSection(report: Report): string {
  const { idle, firewall } = report;
  const alarms = Math.max(...idle.map(({ inventory }) => inventory.standing.alarmMetrics ?? 0));
  return `## What it costs idle

Counted from the template of each stage: number × price, and in the last column both stages in one account that gives its
free allowances to them alone. The clock runs at night too: its line has what its runs take that find nothing to do.

${idleTable(report)}

So a stage that nobody uses stays below 2 USD **as long as its dashboard is one of the three that each account has for
nothing** (of up to ${freeDashboardMetrics} metrics; ours has ${Math.max(...idle.map(({ inventory }) => inventory.dashboardMetrics))}). An account that has three others pays 3 USD more for it, and nothing
that a stack can do avoids that but having no dashboard. The secret is what CloudFront shows to the APIs; it has no allowance.

${alarms} alarms are some more than the ten that an account has for nothing, and ${dollars(costOf('alarmMetrics', alarms, 'ours'))} USD a month. Four of them are about the clock:
nobody asks for what happens by itself, so nobody would notice that it does not.

Everything else in the template costs nothing while it does nothing: ${idleTypes(idle[0]?.inventory)}. Reading the
table’s stream is free for Lambda, and empty log groups, queues and tables hold no bytes. The rule itself is free: AWS lists all
events but custom ones as included. ${clockSentence(report)}

## What a firewall costs

${firewallSentence(firewall)}`;
}

/** What a month of the clock takes. */
function clockSentence({ measurements, inventory }: Report): string {
  const { requests, readUnits, logBytes } = measurements.clockIdle;
  const milliseconds = billedMilliseconds('clockIdle', measurements.clockIdle, inventory.memory);
  return `Each of its ${whole(inventory.scheduledRuns)} calls a month is an invocation, ${milliseconds} ms of ${inventory.memory.editorial} MB by estimate, ${requests.length} eventually consistent query
of ${units(readUnits)} read units, ${logBytes === 0 ? 'no line of ours' : `${logBytes} bytes of ours`} in the log, and Lambda’s two. Metrics of its own it writes in months alone in which something is due.`;
}

/** What stands in each stage, and in both together. */
function idleTable({ idle, measurements }: Report): string {
  const stages = idle.map(({ stage }) => `\`${stage}\``);
  const usages = idle.map(({ inventory }) => idleUsage({ measurements, inventory }));
  const runs = idle.map(({ inventory }) => idleUsage({ measurements, inventory: { ...inventory, standing: {} } }));
  const standing = added(...idle.map(({ inventory }) => inventory.standing));
  const rows = (Object.keys(standing) as PriceId[]).map((id) => [
    prices[id].unit,
    ...idle.map(({ inventory }) => standingCell(id, inventory.standing)),
    dollars(costOf(id, standing[id] ?? 0, 'ours')),
  ]);
  const total = (allowances: 'ours' | 'used up') => usages.map((usage) => dollars(totalOf(usage, allowances)));
  const withoutDashboard = idle.map(({ inventory }) => `**${dollars(idleCost({ measurements, inventory }))}**`);
  const clock = runs.map((run) => dollars(totalOf(run, 'used up')));
  return table(
    ['USD a month', ...stages, 'both, allowances taken off'],
    [
      ...rows,
      ['the clock’s runs, with nothing to do', ...clock, dollars(totalOf(added(...runs), 'ours'))],
      ['Total, nothing taken off', ...total('used up'), ''],
      ['**Total, the free dashboard taken off**', ...withoutDashboard, ''],
      ['Total, all allowances taken off', ...total('ours'), dollars(totalOf(added(...usages), 'ours'))],
    ],
  );
}

function standingCell(id: PriceId, standing: Usage): string {
  const quantity = standing[id] ?? 0;
  return quantity === 0
    ? '0'
    : `${quantity} × ${dollars(costOf(id, 1, 'used up'))} = ${dollars(costOf(id, quantity, 'used up'))}`;
}

function idleTypes(inventory: Inventory | undefined): string {
  const count = (type: string): number => inventory?.resources[type] ?? 0;
  return [
    `${count('AWS::DynamoDB::GlobalTable')} tables`,
    `${count('AWS::Lambda::Function')} functions`,
    `${count('AWS::ApiGatewayV2::Api')} APIs`,
    `${count('AWS::CloudFront::Distribution')} distribution`,
    `${count('AWS::Logs::LogGroup')} log groups`,
    `${count('AWS::SQS::Queue')} queue`,
    `${count('AWS::SNS::Topic')} topic`,
    `${count('AWS::Cognito::UserPool')} user pool`,
    `${count('AWS::Events::Rule')} rule`,
  ].join(', ');
}

function firewallSentence(firewall: Usage): string {
  const { webAcls = 0, firewallRules = 0 } = firewall;
  const standing = dollars(totalOf(firewall, 'used up'));
  const requests = dollars(costOf('firewalledRequests', 1_000_000, 'used up'));
  return `It is not in the figures above. \`edge.firewall\` with a web ACL of its own is ${webAcls} web ACL and ${firewallRules} rules, ${standing} USD a month
idle, and ${requests} USD for each million requests that reach the edge. What that comes to at each size is in the table
above. A web ACL that the account has already, named by its ARN,
adds the requests alone.`;
}
