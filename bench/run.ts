// npm run bench: the design's numbers, as ratios within one run on this machine. Never part of the tests: a ratio of two
// timings still varies by a tenth on a busy machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startLocal } from '../local/start-local.ts';
import { bareSubject, ourSubjects, putBareItems, type Subject, seedSlug } from './subjects.ts';
import { compareThroughput, median } from './throughput.ts';

const runs = 15;
const warmCalls = 2000;
const invoke = fileURLToPath(new URL('./invoke.ts', import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

type Timing = { coldMs: number; warmUs: number };

async function timeOnce({ bundle, eventFile }: Subject): Promise<Timing> {
  const child = spawn(process.execPath, [invoke, bundle, eventFile, String(warmCalls)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  await once(child, 'close');
  const { statusCode, ...timing } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}');
  if (statusCode !== 200) throw new Error(`${bundle} answered ${statusCode}: ${output}`);
  return timing;
}

/** Medians of interleaved runs, so that a machine that slows down slows all of them. */
async function timeAll(subjects: Subject[]): Promise<Map<string, Timing>> {
  const timings = new Map<string, Timing[]>(subjects.map(({ name }) => [name, []]));
  for (let run = 1; run <= runs; run += 1) {
    for (const subject of subjects) timings.get(subject.name)?.push(await timeOnce(subject));
    process.stderr.write(`\r  cold and warm: ${run} of ${runs}`);
  }
  process.stderr.write('\n');
  return new Map(
    [...timings].map(([name, all]) => [
      name,
      { coldMs: median(all.map((timing) => timing.coldMs)), warmUs: median(all.map((timing) => timing.warmUs)) },
    ]),
  );
}

const verdicts: { what: string; measured: number; budget: number; atLeast?: boolean }[] = [];

process.stdout.write = new Proxy(process.stdout.write, {
  // The functions' own log lines would drown the table.
  apply: (write, self, [chunk, ...rest]) =>
    String(chunk).startsWith('{"level":"info"') ? true : Reflect.apply(write, self, [chunk, ...rest]),
});

const system = await startLocal({ port: 0 });
try {
  const endpoint = system.engine?.endpoint ?? '';
  const table = process.env.CONTENT_TABLE ?? '';
  const story = (await (await fetch(`${system.url}/content/v1/articles/${seedSlug}`)).json()) as object;
  const page = (await (await fetch(`${system.url}/content/v1/articles`)).json()) as { items: object[] };
  await putBareItems(endpoint, table, story, page.items[0] ?? {});
  await publishTwenty(system.url, await system.token('editor', 'ana'));

  const [bareGet, bareList] = [await bareSubject('bare-get'), await bareSubject('bare-list')];
  const ours = await ourSubjects();
  const empty: Subject = { name: 'empty runner', bundle: 'none', eventFile: bareGet.eventFile, bytes: 0 };
  say(`Median of ${runs} interleaved runs; cold is over an empty runner, warm is CPU over ${warmCalls} calls.\n`);
  const timings = await timeAll([empty, bareGet, ...ours]);
  const floor = timings.get('bare-get') ?? { coldMs: 1, warmUs: 1 };
  const nothing = timings.get('empty runner')?.coldMs ?? 0;
  say('handler               kB    cold ms  of bare  warm µs  of bare');
  for (const { name, bytes } of [bareGet, ...ours]) {
    const { coldMs, warmUs } = timings.get(name) ?? floor;
    const cold = (coldMs - nothing) / (floor.coldMs - nothing);
    const warm = warmUs / floor.warmUs;
    const columns = [
      (bytes / 1000).toFixed(1).padStart(7),
      (coldMs - nothing).toFixed(1).padStart(9),
      cold.toFixed(2).padStart(8),
      warmUs.toFixed(0).padStart(8),
      warm.toFixed(2).padStart(8),
    ];
    say(`${name.padEnd(18)}${columns.join(' ')}`);
    if (name === 'bare-get') continue;
    verdicts.push({
      what: `${name}: cold start over bare`,
      measured: cold,
      budget: name === 'editorial article' ? 1.15 : 0.55,
    });
    if (name !== 'editorial article')
      verdicts.push({ what: `${name}: warm CPU over bare`, measured: warm, budget: 0.5 });
    if (name !== 'editorial article')
      verdicts.push({ what: `${name}: bundle, kB`, measured: bytes / 1000, budget: 60 });
  }
  for (const [what, path, bare, budget] of [
    ['article GET', `/content/v1/articles/${seedSlug}`, bareGet, 3],
    ['page of 20', '/content/v1/articles', bareList, 2],
  ] as const) {
    const { ours: rate, bare: bareRate } = await compareThroughput(system.url, path, bare);
    say(`${what}: ${Math.round(rate)} requests/s, bare ${Math.round(bareRate)}`);
    verdicts.push({ what: `${what}: requests/s over bare`, measured: rate / bareRate, budget, atLeast: true });
  }
} finally {
  await system.stop();
}

async function publishTwenty(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let count = 1; count <= 20; count += 1) {
    const body = JSON.stringify({
      headline: `Bench story ${count}`,
      deck: 'A deck of usual length, as a desk would write it for a teaser on the front page.',
      section: 'world',
      body: { text: 'Text.' },
    });
    const draft = await fetch(`${url}/editorial/v1/articles`, { method: 'POST', headers, body });
    await fetch(`${url}${draft.headers.get('location')}/publish`, {
      method: 'POST',
      headers: { ...headers, 'if-match': '"1"' },
    });
  }
}

say('');
for (const { what, measured, budget, atLeast } of verdicts) {
  const holds = atLeast ? measured >= budget : measured <= budget;
  say(`${holds ? '✓' : '✗'} ${what}: ${measured.toFixed(2)} (budget ${atLeast ? '≥' : '≤'} ${budget})`);
}
const missed = verdicts.filter(({ measured, budget, atLeast }) => (atLeast ? measured < budget : measured > budget));
say(
  missed.length === 0
    ? '\nAll budgets hold on this machine.'
    : `\n${missed.length} budgets are missed. Run again on an idle machine before you believe it.`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
