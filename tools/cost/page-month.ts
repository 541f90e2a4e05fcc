import { costOf, totalOf } from './bill.ts';
import { difference, dollars, price, short, table, units, whole } from './format.ts';
import { countsOf, monthOf, readsOf, storiesOf } from './month.ts';
import { prices } from './prices.ts';
import { pricedStage, type Report } from './report.ts';
import { type ServiceId, serviceCost, services } from './services.ts';
import { daysAMonth, daysKept, type Size, sizes } from './sizes.ts';
import { differenceOf, variantsWith } from './variants.ts';

/** A line of the bill, for each size. */
export type BillLine = { id: ServiceId; name: string; costs: readonly number[] };

/** The lines that cost something at some size. */
export function billLines(report: Report): BillLine[] {
  const months = sizes.map((size) => monthOf(size, report));
  return services
    .map(({ id, name }) => ({ id, name, costs: months.map((month) => serviceCost(id, month, 'ours')) }))
    .filter(({ costs }) => costs.some((cost) => cost > 0));
}

export function monthSection(report: Report): string {
  const months = sizes.map((size) => monthOf(size, report));
  const names = sizes.map(({ name }) => name);
  const lines = billLines(report).map(({ name, costs }) => [name, ...costs.map(dollars)]);
  const perStory = sizes.map((size, index) => totalOf(months[index] ?? {}, 'ours') / storiesOf(size));
  const bold = (text: string) => `**${text}**`;
  return `## A month at three sizes

![${pictureSummary(report)}](cost.svg)

${table(
  ['USD a month', ...names],
  [
    ...lines,
    [bold('Total'), ...months.map((month) => bold(dollars(totalOf(month, 'ours'))))],
    ['for each story', ...perStory.map((cost) => (cost < 0.1 ? cost.toFixed(3) : dollars(cost)))],
    ['where others use up the free allowances', ...months.map((month) => dollars(totalOf(month, 'used up')))],
  ],
)}

The stage is \`${pricedStage}\` as it stands in \`infra/stages.ts\`, in an account of its own: the allowances that AWS gives each
account for ever are taken off once. The last line is for an account whose other systems use them up.

These are the sizes. Each line is an assumption; put your own into \`tools/cost/sizes.ts\`. Whatever readers ask for counts as a
story or a page of a listing; [what else there is](#what-a-read-takes) is asked for less.

${sizesTable(report)}

${dominance(report)}`;
}

function sizesTable(report: Report): string {
  const row = (what: string, of: (size: Size) => string): string[] => [what, ...sizes.map(of)];
  const { readArticle, readListing } = report.measurements;
  const bytes = `${whole(readArticle.replyBytes)} and ${whole(readListing.replyBytes)}`;
  return table(
    ['', ...sizes.map(({ name }) => name)],
    [
      row('new stories a day', (size) => whole(size.articlesADay)),
      row('edits before the first publication', (size) => units(size.editsAnArticle)),
      row('updates of a published story, each with one more edit', (size) => units(size.updatesAnArticle)),
      row('submitted and approved, of a hundred stories', (size) => units(size.reviewedOfAHundred)),
      row('published by the clock, of a hundred stories', (size) => units(size.scheduledOfAHundred)),
      row('withdrawn, of a hundred stories', (size) => units(size.withdrawnOfAHundred)),
      row('killed a month', (size) => units(size.killedAMonth)),
      row('requests for content a day, at the edge', (size) => short(size.readsADay)),
      row('listings among a hundred of these', (size) => units(size.listingsOfAHundred)),
      row('answered by the edge, of a hundred', (size) => units(size.hitsOfAHundred)),
      row('bytes of a story and of a page of 20, gzipped', () => bytes),
      row('desk lists opened a day', (size) => whole(size.deskListsADay)),
      row('stories opened at the desk a day', (size) => whole(size.deskReadsADay)),
      row('people who sign in', (size) => whole(size.users)),
      row(`GB kept after ${daysKept} days`, (size) => (monthOf(size, report).tableStorage ?? 0).toFixed(1)),
    ],
  );
}

/** A sentence a size: what most of its bill is for. */
function dominance(report: Report): string {
  const lines = billLines(report);
  const sentences = sizes.map((size, index) => {
    const total = totalOf(monthOf(size, report), 'ours');
    const [most, next] = lines.toSorted((one, other) => (other.costs[index] ?? 0) - (one.costs[index] ?? 0));
    const part = (line: BillLine | undefined) =>
      `${line?.name} (${Math.round((100 * (line?.costs[index] ?? 0)) / total)} %)`;
    return `${size.name}: most goes to ${part(most)}, then ${part(next)}.`;
  });
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

export function variantsSection(report: Report): string {
  const variants = variantsWith(report.firewall);
  const rows = variants.map((variant) => [
    variant.what,
    variant.where,
    ...sizes.map((size) => difference(differenceOf(variant, size, report))),
  ]);
  return `## What changes it

${table(['USD a month more or less', 'setting', ...sizes.map(({ name }) => name)], rows, [0, 1])}

**Purges** do not shrink with size: ${price(costOf('purgedPaths', 1, 'used up'))} USD for each path beyond ${whole(prices.purgedPaths.free)} a month, and every update of a
published story is a path. ${purgeSentence(report)} With \`takedowns\` an update shows within the minute that the edge keeps a story
([ADR 10](adr/0010-what-is-purged.md)); what is withdrawn is purged either way.

**Reads** cost what the edge charges for a request. What it can’t answer itself comes on top, at about
${dollars(missCost(report) * 1_000_000)} USD a million.

**Longer stories** take write units by the kB: the seed story is of usual length, and one of three times its length takes
about three times the units of its largest items. At these sizes reads and writes of the database are at most
${databasePart(report)} % of the bill.`;
}

/** For the size that spends the largest part of its bill on them. */
function purgeSentence(report: Report): string {
  const parts = sizes.map((size, index) => ({ size, part: partOf('purges', report, index) }));
  const most = parts.toSorted((one, other) => other.part - one.part)[0];
  if (!most || most.part === 0) return '';
  const updates = whole(countsOf(most.size, report.inventory).publishAgain / daysAMonth);
  return `With ${updates} updates a day a ${most.size.name.toLowerCase()} spends ${Math.round(most.part * 100)} % of its bill on them.`;
}

const databasePart = (report: Report): number =>
  Math.ceil(100 * Math.max(...sizes.map((_, index) => partOf('database', report, index))));

/** From 0 to 1: how much of the bill of a size one line is. */
export function partOf(id: ServiceId, report: Report, index: number): number {
  const lines = billLines(report);
  const total = lines.reduce((sum, { costs }) => sum + (costs[index] ?? 0), 0);
  return (lines.find((line) => line.id === id)?.costs[index] ?? 0) / total;
}

/** Dollars for one read that the edge passes on, without allowances: the API, the function, the database, and the logs. */
function missCost(report: Report): number {
  const [size] = sizes;
  if (!size) return 0;
  const lost: Size = { ...size, hitsOfAHundred: size.hitsOfAHundred - 10 };
  const cost = (one: Size): number => totalOf(monthOf(one, report), 'used up');
  return (cost(lost) - cost(size)) / (readsOf(size) / 10);
}

/** The picture in words. */
export function pictureSummary(report: Report): string {
  const totals = sizes.map((size) => `${size.name} ${dollars(totalOf(monthOf(size, report), 'ours'))} USD`);
  return `What a month costs: ${totals.join(', ')}; the table below has each part`;
}
