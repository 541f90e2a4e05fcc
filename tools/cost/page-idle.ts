import { added, costOf, totalOf, type Usage } from './bill.ts';
import { dollars, table } from './format.ts';
import type { Inventory } from './inventory.ts';
import type { PriceId } from './prices.ts';
import { prices } from './prices.ts';
import type { Report } from './report.ts';

/** The most metrics that a free dashboard may have. */
export const freeDashboardMetrics = 50;

/**
 * What a stage costs while nobody uses it, with nothing taken off but the dashboards: an account has three for nothing, and
 * each stage has one.
 */
export function idleCost({ standing, dashboardMetrics }: Inventory): number {
  const dashboards =
    dashboardMetrics <= freeDashboardMetrics ? costOf('dashboards', standing.dashboards ?? 0, 'used up') : 0;
  return totalOf(standing, 'used up') - dashboards;
}

export function idleSection({ idle, firewall }: Report): string {
  return `## What it costs idle

Counted from the template of each stage: number × price, and in the last column both stages in one account that gives its
free allowances to them alone.

${idleTable(idle)}

So a stage that nobody uses stays below 2 USD **as long as its dashboard is one of the three that each account has for
nothing** (of up to ${freeDashboardMetrics} metrics; ours has ${Math.max(...idle.map(({ inventory }) => inventory.dashboardMetrics))}). An account that has three others pays 3 USD more for it, and nothing
that a stack can do avoids that but having no dashboard. The secret is what CloudFront shows to the APIs; it has no allowance.

Everything else in the template costs nothing while it does nothing: ${idleTypes(idle[0]?.inventory)}. Reading the
table’s stream is free for Lambda, empty log groups, queues and tables hold no bytes, and there is no rule that runs by the
clock.

## What a firewall costs

${firewallSentence(firewall)}`;
}

/** What stands in each stage, and in both together. */
function idleTable(idle: Report['idle']): string {
  const stages = idle.map(({ stage }) => `\`${stage}\``);
  const together = added(...idle.map(({ inventory }) => inventory.standing));
  const ids = Object.keys(together) as PriceId[];
  const rows = ids.map((id) => [
    prices[id].unit,
    ...idle.map(({ inventory }) => standingCell(id, inventory.standing)),
    dollars(costOf(id, together[id] ?? 0, 'ours')),
  ]);
  const total = (allowances: 'ours' | 'used up') =>
    idle.map(({ inventory }) => dollars(totalOf(inventory.standing, allowances)));
  return table(
    ['USD a month', ...stages, 'both, allowances taken off'],
    [
      ...rows,
      ['Total, nothing taken off', ...total('used up'), ''],
      [
        '**Total, the free dashboard taken off**',
        ...idle.map(({ inventory }) => `**${dollars(idleCost(inventory))}**`),
        '',
      ],
      ['Total, all allowances taken off', ...total('ours'), dollars(totalOf(together, 'ours'))],
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
