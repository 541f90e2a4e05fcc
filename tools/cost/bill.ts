import { type Price, type PriceId, prices } from './prices.ts';

/** Whether the account's free allowances are there for this stage alone, or used up by others. */
export type Allowances = 'ours' | 'used up';

/** How many units of each price a month takes. */
export type Usage = Partial<Record<PriceId, number>>;

/** What a quantity costs a month, in dollars: tiers are counted from the first unit, the free ones included. */
export function costOf(id: PriceId, quantity: number, allowances: Allowances): number {
  const { tiers, free }: Price = prices[id];
  const from = allowances === 'ours' ? free : 0;
  let cost = 0;
  let begin = 0;
  for (const { upTo, each } of tiers) {
    const billed = Math.min(quantity, upTo) - Math.max(begin, from);
    if (billed > 0) cost += billed * each;
    begin = upTo;
  }
  return cost;
}

/** The same for all of a month's usage. */
export function totalOf(usage: Usage, allowances: Allowances): number {
  return Object.entries(usage).reduce((sum, [id, quantity]) => sum + costOf(id as PriceId, quantity, allowances), 0);
}

/** The usage of one price, or of several together. */
export function added(...usages: readonly Usage[]): Usage {
  const total: Usage = {};
  for (const usage of usages)
    for (const [id, quantity] of Object.entries(usage) as [PriceId, number][]) total[id] = (total[id] ?? 0) + quantity;
  return total;
}
