import { type ActionId, actionIds } from './actions.ts';
import { accessLogBytes, billedMilliseconds, estimates, partOf, platformLogBytes } from './estimates.ts';
import { dollars, kilobytes, price, table, units, whole } from './format.ts';
import { type Price, prices } from './prices.ts';
import type { Report } from './report.ts';

const actionNames: Readonly<Record<ActionId, string>> = {
  readArticle: 'Read a story that the edge has not',
  readListing: 'Read a page of 20 that the edge has not',
  create: 'Create a story',
  edit: 'Save an edit',
  submit: 'Submit for review',
  approve: 'Approve',
  schedule: 'Schedule a publication',
  publish: 'Publish for the first time',
  publishAgain: 'Publish an update',
  withdraw: 'Withdraw',
  kill: 'Kill',
  listDesk: 'Open the desk’s list, 20 lines',
  openAtDesk: 'Open a story at the desk',
  followPublication: '→ follow a first publication',
  followPublicationAgain: '→ follow an update',
  followTakedown: '→ follow a withdrawal or a kill',
  clockIdle: 'Clock: nothing is due',
  clockPublishes: 'Clock: publish what was scheduled',
  clockSweeps: 'Clock: clear up after a kill',
};

export function actionsSection({ measurements }: Report): string {
  const rows = actionIds.map((id) => {
    const { requests, readUnits, writeUnits, replyBytes, logBytes, storedInTables, storedInIndexes, purgedPaths } =
      measurements[id];
    const bytes = (value: number) => (value === 0 ? '' : whole(value));
    return [
      actionNames[id],
      told(requests),
      units(readUnits),
      units(writeUnits),
      bytes(replyBytes),
      bytes(logBytes),
      bytes(storedInTables + storedInIndexes).replace('-', '−'),
      purgedPaths === 0 ? '' : whole(purgedPaths),
    ];
  });
  const header = ['each of these once', 'requests', 'read units', 'write units', 'reply', 'log', 'stored', 'paths'];
  return `## What an action takes

Measured with the seed story (with five tags, three topics and two places) through the real functions: requests to the
database, its units, bytes of the reply (gzipped to readers, plain to the desk), of our log lines, and of what is stored for good, and paths to purge.
The killed story is one that another points at, which is rendered anew. A change of
what is public calls ${measurements.followPublication.invocations} functions: one forgets it at the edge, one counts it. A run of the clock that does something writes ${measurements.clockPublishes.metrics} metrics
of its own; one that finds nothing due writes nothing at all.

${table(header, rows, [0, 1])}

Read units are what the engine reports. Write units are worked out from the items before and after by DynamoDB’s rules, and
agree with the engine’s: a transaction doubles what the table takes and not what its indexes take, an item counts as the
larger of its old and its new self, and an index whose entry moves is written twice. AWS’s pages say the first of these
without a word about indexes; all of it was [measured on DynamoDB](https://github.com/nubo-db/dynoxide/pull/188) by others. If indexes
were doubled too, a publication would take ${whole(measurements.publish.indexWriteUnits)} units more. An \`Idempotency-Key\` adds one read and one written item.`;
}

const operations: Readonly<Record<string, string>> = {
  TransactWriteItems: 'transaction',
  GetItem: 'get',
  Query: 'query',
  BatchGetItem: 'batch',
};
const named = (operation: string): string => operations[operation] ?? operation;

/** `query, 3 × get, transaction`: what comes several times in a row is told once. */
export function told(requests: readonly string[]): string {
  const runs: { name: string; times: number }[] = [];
  for (const name of requests.map(named)) {
    const last = runs.at(-1);
    if (last?.name === name) last.times += 1;
    else runs.push({ name, times: 1 });
  }
  return runs
    .map(({ name, times }) => (times > 2 ? `${times} × ${name}` : Array(times).fill(name).join(', ')))
    .join(', ');
}

export function formulaSection({ inventory }: Report): string {
  const { memory, settings } = inventory;
  return `## The formula

For each action: how often it is done in 30 days × what it takes × the price, less the allowance where there is one.

- **Database** = Σ count × units × price of a unit.
- **Archive** = bytes that a year’s stories leave, with 100 for each item and index entry, × price of storage, and without the
  indexes once more for continuous backups. It is that of the end of the first year, and grows by as much each year.
- **Functions** = invocations, and Σ count × billed seconds × memory (${memory.content} MB for content, ${memory.editorial} MB for the desk and for what follows
  publications).
- **APIs** = reads that the edge does not answer, and all requests of the desk.
- **Edge** = all reads and requests of the desk; bytes of their replies with headers; one edge function for each read; the
  access log’s bytes for ${settings.edge.accessLogDays ?? 0} days.
- **Purges** = paths of updates and withdrawals beyond the free ones.
- **Logs** = our line, Lambda’s two and API Gateway’s one, taken in once and kept ${settings.logRetentionDays} days. They are priced as written; AWS
  bills what it keeps compressed, so that this part will be less.
- **Clock** = its ${whole(inventory.scheduledRuns)} runs a month, in the lines of functions, database and logs; each story that it publishes and each
  kill that it clears up after is counted as a run more. What it takes down, and the trash that it empties, are not.
- **Alarms, dashboard, secrets** = what the template has. **Metrics** = those that the clock writes, for the whole of a month
  in which anything was due; AWS bills the hours in which they were. **Users** = people who sign in.`;
}

export function estimatesSection(report: Report): string {
  const { measurements, inventory } = report;
  const { memory, accessLogFormats } = inventory;
  const rows = actionIds.map((id) => {
    const milliseconds = billedMilliseconds(id, measurements[id], memory);
    const seconds = (milliseconds / 1000) * (memory[partOf(id)] / 1024);
    return [
      actionNames[id],
      price(estimates.coreMilliseconds[id]),
      `${memory[partOf(id)]} MB`,
      whole(milliseconds),
      price(seconds),
    ];
  });
  const { startsOfAHundred: starts, startMilliseconds: start } = estimates;
  return `## Estimates

None of these was measured on AWS. Each is a constant in \`tools/cost/estimates.ts\`, chosen high; a deployment’s own logs
have the true ones.

Billed duration = core milliseconds × ${estimates.slowerCore} for a slower core ÷ the share of a core that the memory gives (memory ÷ ${whole(estimates.coreMemory)} MB),
and ${estimates.readWait} ms for each read, ${estimates.transactionWait} ms for a transaction, ${estimates.purgeWait} ms for a purge, and the share of starts: ${starts.content} of a hundred of
${start.content} ms for content, ${starts.editorial} of ${start.editorial} ms for the desk, ${starts.clock} for the clock, which is called often enough to stay warm. Starts are billed since August 2025. Core milliseconds are of warm bundles on two
shared cores, rounded up; \`npm run bench\` measures those of reads.

${table(['', 'core ms', 'memory', 'billed ms', 'GB-seconds'], rows)}

- Lambda’s own log lines: ${platformLogBytes} bytes an invocation, by their published schema.
- API Gateway’s access log: ${accessLogBytes(accessLogFormats.content)} bytes for content and ${accessLogBytes(accessLogFormats.editorial)} for the desk, by the template’s format with values of
  usual length.
- The edge’s access log: ${estimates.edgeLogBytes} bytes a request, gzipped. Headers of a reply: ${kilobytes(estimates.headerBytes)} kB.`;
}

const verifications: Readonly<Record<Price['verified'], string>> = {
  'published page': 'that page',
  'other sources': 'others who quote it',
  'not found': 'neither',
};

export function pricesSection(): string {
  const rows = Object.values(prices as Record<string, Price>).map(({ tiers, unit, free, source, verified }) => [
    unit,
    tiers.map(({ upTo, each }) => tierText(each, upTo, tiers.length)).join('; '),
    free === 0 ? '' : whole(free),
    `[${source.name}](${source.url})`,
    verifications[verified],
  ]);
  return `## Prices

USD. “Free” is what an account has each month for ever. The last column says what was at hand when a price was looked up: a
copy of the page that is named, others who quote it, since that page fills in its numbers as it is opened, or neither. Check
those two before you rely on them. For machine clients sources differ: Cognito’s guide now names their tokens alone, so the 6 USD may be gone.

${table(['unit', 'price', 'free', 'published on', 'looked up in'], rows, [0, 1, 3, 4])}`;
}

function tierText(each: number, upTo: number, tiers: number): string {
  if (each === 0) return 'nothing';
  const shown = each < 0.001 ? `${price(each * 1_000_000)} a million` : each < 0.01 ? price(each) : dollars3(each);
  if (tiers === 1) return shown;
  return Number.isFinite(upTo) ? `${shown} up to ${whole(upTo)}` : `${shown} above`;
}

const dollars3 = (value: number): string => (Number.isInteger(value * 100) ? dollars(value) : price(value));
