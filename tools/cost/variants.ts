import { added, totalOf, type Usage } from './bill.ts';
import type { Inventory } from './inventory.ts';
import { type Basis, monthOf, readsOf } from './month.ts';
import { daysAMonth, type Size } from './sizes.ts';

/** What somebody may decide, and what it then adds to a month or takes from it. */
export type Variant = { what: string; where: string; month: (size: Size, basis: Basis) => Usage };

const withSettings = (basis: Basis, settings: Partial<Inventory['settings']>): Basis => ({
  ...basis,
  inventory: { ...basis.inventory, settings: { ...basis.inventory.settings, ...settings } },
});

/** A token lasts an hour, and a program that runs always needs one more each hour. */
const tokensAMonth = daysAMonth * 24;
const hitsLost = 10;
const longestUsualRetention = 365;

/** `firewall` is what a stage has more with one of its own, counted from its template. */
export function variantsWith(firewall: Usage): readonly Variant[] {
  return [
    {
      what: 'Purge takedowns alone; updates show when the edge’s minute is over',
      where: "`edge.purges: 'takedowns'`",
      month: (size, basis) =>
        monthOf(size, withSettings(basis, { edge: { ...basis.inventory.settings.edge, purges: 'takedowns' } })),
    },
    {
      what: `The edge answers ${hitsLost} of a hundred reads less`,
      where: '`s-maxage` in the content functions',
      month: (size, basis) => monthOf({ ...size, hitsOfAHundred: size.hitsOfAHundred - hitsLost }, basis),
    },
    {
      what: 'Keep logs for a year',
      where: `\`logRetentionDays: ${longestUsualRetention}\``,
      month: (size, basis) => monthOf(size, withSettings(basis, { logRetentionDays: longestUsualRetention })),
    },
    {
      what: 'Keep no access log of the edge',
      where: 'no `edge.accessLogDays`',
      month: (size, basis) =>
        added(monthOf(size, basis), { objectStorage: -(monthOf(size, basis).objectStorage ?? 0) }),
    },
    {
      what: 'A firewall',
      where: '`edge.firewall`',
      month: (size, basis) =>
        added(monthOf(size, basis), firewall, {
          firewalledRequests: monthOf(size, basis).edgeRequests ?? readsOf(size),
        }),
    },
    {
      what: 'A machine that asks for a token every hour',
      where: '`machines`',
      month: (size, basis) => added(monthOf(size, basis), { machineClients: 1, machineTokens: tokensAMonth }),
    },
  ];
}

/** Dollars a month more, or less, than without it, where the free allowances are this stage's own. */
export function differenceOf({ month }: Variant, size: Size, basis: Basis): number {
  return totalOf(month(size, basis), 'ours') - totalOf(monthOf(size, basis), 'ours');
}
