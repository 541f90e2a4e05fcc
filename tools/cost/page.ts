import { wrapped } from './format.ts';
import { actionsSection, estimatesSection, formulaSection, pricesSection } from './page-basis.ts';
import { idleSection } from './page-idle.ts';
import { monthSection, variantsSection } from './page-month.ts';
import { readsSection } from './page-reads.ts';
import { lookedUp, region } from './prices.ts';
import type { Report } from './report.ts';

/** docs/cost.md: the same text for the same measurements, prices, sizes and stack. */
export function costPage(report: Report): string {
  const sections = [
    `# What it costs

US dollars a month at AWS’s published prices of ${region}, looked up ${lookedUp}, before tax. \`npm run cost -- --write\` wrote this
page and its picture: it runs each action on the embedded engine, counts what it takes, counts the stack’s own template, and
multiplies. \`npm run cost -- --check\` fails when any of that has changed.

What is measured is requests, capacity and bytes. How long Lambda bills is not: nothing here was run on AWS, so those
are [estimates](#estimates), chosen high.`,
    monthSection(report),
    variantsSection(report),
    idleSection(report),
    readsSection(report),
    actionsSection(report),
    formulaSection(report),
    estimatesSection(report),
    pricesSection(),
    `## What is not in it

- Tax, support plans, and whatever else the account runs.
- Images: Dateline keeps their addresses, not their bytes.
- The domain and its hosted zone, and the site that shows the stories.
- Repeats: requests that fail are billed like any other, and a transaction that is refused still takes its units.
- Deployments, which take cents: the loader’s few transactions, bundles in the bootstrap bucket.
- What people look up: queries of CloudWatch Logs Insights are billed by the data that they read.
- Readers outside North America and Europe: the edge’s requests and transfer cost more there.
- Bodies on their way from the edge to the desk’s API, which take cents.
- Discounts: free tiers that end, Savings Plans, CloudFront’s flat-rate plans, which take other limits in exchange.`,
  ];
  return `${wrapped(sections.join('\n\n'))}\n`;
}
