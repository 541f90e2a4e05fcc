import { type Allowances, costOf, type Usage } from './bill.ts';
import type { PriceId } from './prices.ts';

/** The lines of a month's bill, in the order in which they are told. */
export const services = [
  {
    id: 'edge',
    name: 'Edge: requests and transfer',
    prices: ['edgeRequests', 'edgeTransfer', 'edgeFunctions', 'objectStorage'],
  },
  { id: 'purges', name: 'Purges at the edge', prices: ['purgedPaths'] },
  { id: 'apis', name: 'APIs', prices: ['apiRequests'] },
  {
    id: 'functions',
    name: 'Functions',
    prices: ['invocations', 'computing', 'scheduledRuns', 'provisionedConcurrency'],
  },
  { id: 'database', name: 'Database: reads and writes', prices: ['readUnits', 'writeUnits'] },
  { id: 'archive', name: 'Archive and its backup', prices: ['tableStorage', 'continuousBackups'] },
  { id: 'logs', name: 'Logs', prices: ['logIngestion', 'logStorage'] },
  {
    id: 'standing',
    name: 'Alarms, metrics, dashboard, secrets, users',
    prices: [
      'alarmMetrics',
      'customMetrics',
      'dashboards',
      'secrets',
      'activeUsers',
      'machineClients',
      'machineTokens',
    ],
  },
  { id: 'firewall', name: 'Firewall', prices: ['webAcls', 'firewallRules', 'firewalledRequests'] },
] as const satisfies readonly { id: string; name: string; prices: readonly PriceId[] }[];

export type ServiceId = (typeof services)[number]['id'];

/** Dollars a month of one service. */
export function serviceCost(id: ServiceId, usage: Usage, allowances: Allowances): number {
  const service = services.find((candidate) => candidate.id === id);
  const billed: readonly PriceId[] = service?.prices ?? [];
  return billed.reduce((sum, price) => sum + costOf(price, usage[price] ?? 0, allowances), 0);
}
