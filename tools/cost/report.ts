import { stages } from '../../infra/stages.ts';
import type { Usage } from './bill.ts';
import { type Inventory, inventoryOf } from './inventory.ts';
import type { Measurements } from './measured.ts';
import type { Basis } from './month.ts';

/** Everything that the page and the picture are made of. */
export type Report = Basis & {
  /** Of each stage that is in `infra/stages.ts`. */
  idle: readonly { stage: string; inventory: Inventory }[];
  /** What a stage has more when it has a firewall of its own. */
  firewall: Usage;
};

/** What the sizes are worked out for: the stage that readers use. */
export const pricedStage = 'prod';

export function reportOf(measurements: Measurements): Report {
  const idle = Object.entries(stages).map(([stage, settings]) => ({ stage, inventory: inventoryOf(settings) }));
  const priced = idle.find(({ stage }) => stage === pricedStage);
  if (!priced) throw new Error(`infra/stages.ts has no ${pricedStage}.`);
  return { measurements, inventory: priced.inventory, idle, firewall: firewallUsage() };
}

/** Counted from the template of a stage that differs in this alone; its web ACL is in the one Region that may have it. */
function firewallUsage(): Usage {
  const settings = stages[pricedStage];
  const firewall = { requestsPerAddress: 2_000 };
  const { standing } = inventoryOf({ ...settings, region: 'us-east-1', edge: { ...settings.edge, firewall } });
  return { webAcls: standing.webAcls ?? 0, firewallRules: standing.firewallRules ?? 0 };
}
