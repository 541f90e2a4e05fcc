import { routes } from '../../contract/routes/index.ts';
import { costOf } from './bill.ts';
import { dollars, table, units } from './format.ts';
import { told } from './page-basis.ts';
import { type ReadId, readIds, readOf } from './reads.ts';
import type { Report } from './report.ts';

/** What may be asked without a token, and what each of it takes. */
export function readsSection(report: Report): string {
  const million = (id: ReadId) => {
    const { readUnits } = report.measurements[id];
    return dollars(costOf('readUnits', readUnits * 1_000_000, 'used up'));
  };
  return `## What a read takes

Requests to the database and their read units, of what the edge has not: measured with the seed story in a newsroom that has a
hundred others like it. “At most” is what \`tests/store/read-costs.test.ts\` holds each route to, with rows of the largest and
stories of the seed’s length. What can make it more is in the last column.

${readsTable(report)}

**None of it grows with the archive** but the index of the sitemap, by a line for each day. \`npm run test:scale\` asks each
route with 100 and with 100,000 stories: the requests are the same, and so are the units of all that answers the same. A page
after the fifty-thousandth story takes what the first page takes. The news sitemap grows with what is published in 48 hours.

A million of them cost ${million('story')} USD of read units for stories, ${million('latest')} for pages of one dimension, and ${million('ofTagAndPlace')} for pages of a tag and a
place, which are the dearest: each of the hundred rows that are looked at is looked up in the other listing. A function, an API
and the edge come on top, as with any read. What is tried again is asked for again: what DynamoDB throttles, and a slug that
two reads tell different things of. All reads are eventually consistent but those of a preview.`;
}

/** What takes the same, one after the other, is one row. */
function readsTable({ measurements }: Report): string {
  const rows: { whats: string[]; cells: string[] }[] = [];
  for (const id of readIds) {
    const { route, what, units: most, grows } = readOf(id);
    const { requests, readUnits } = measurements[id];
    const cells = [`\`${routes[route].path}\``, told(requests) || 'none', units(readUnits), units(most), grows];
    const last = rows.at(-1);
    if (last?.cells.join() === cells.join()) last.whats.push(what);
    else rows.push({ whats: [what], cells });
  }
  return table(
    ['', 'route', 'requests', 'read units', 'at most', 'what makes it more'],
    rows.map(({ whats, cells }) => [whats.join('; '), ...cells]),
    [0, 1, 2, 5],
  );
}
