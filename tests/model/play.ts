import type { Answer } from '../support/desk.ts';
import { checkAll, checkReading, checkTables } from './check.ts';
import { clock, second } from './clock.ts';
import { describe, span } from './describe.ts';
import { tell } from './differences.ts';
import { carryOutDue, isDue, sweep } from './due.ts';
import { carryOut, create } from './effects.ts';
import type { Article } from './model.ts';
import { type Newsroom, runClock } from './newsroom.ts';
import { notePointers, used } from './public-effects.ts';
import { articleIn, callOf, type Request } from './requests.ts';
import { resolve } from './resolve.ts';
import { refusals } from './rules.ts';
import type { Step } from './steps.ts';
import type { Tables } from './tables.ts';
import { clockSub, type Person, people } from './words.ts';

/** Plays a sequence of steps and looks at everything after each. Throws with the story in words where something is wrong. */
export async function play(newsroom: Newsroom, steps: readonly Step[], logged: () => string[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    pass(newsroom, step.wait);
    const request = resolve(newsroom.world, step, newsroom.keyed);
    if (request.act === 'clock') pass(newsroom, request.at - clock.now());
    const before = newsroom.tables;
    const problems = request.act === 'clock' ? await tick(newsroom) : await perform(newsroom, request);
    problems.push(...logged().filter((line) => !isExpected(line)), ...checkTables(newsroom));
    // What everything is like that did not change was looked at before.
    if (problems.length === 0 && differ(before, newsroom.tables)) {
      const touched = request.act === 'clock' ? undefined : articleIn(request);
      const looked = touched ?? newsroom.world.articles.at(-1 - (index % newsroom.world.articles.length));
      problems.push(...(await checkReading(newsroom, looked, people[index % people.length] as Person)));
    }
    stopAt(newsroom, problems);
  }
  stopAt(newsroom, await checkAll(newsroom));
  if (process.env.STATS) (await import('node:fs')).appendFileSync(process.env.STATS, newsroom.story.join('\n') + '\n=====\n');
}

function pass({ story }: Newsroom, milliseconds: number): void {
  clock.goOn(milliseconds);
  if (milliseconds >= second) story.push(`      ${span(milliseconds)} pass`);
}

/** Nothing else goes wrong than what was to be public for a time that is over. */
function isExpected(line: string): boolean {
  const { message, action, outcome, failed, retried } = JSON.parse(line);
  if (process.env.TOL?.includes('log')) return true;
  if (message !== 'due') return false;
  return outcome === undefined ? failed > 0 && retried === 0 : action === 'publish' && outcome === 'failed';
}

function stopAt({ story }: Newsroom, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Error(
    `${story.join('\n')}\n\n${problems
      .slice(0, 8)
      .map((problem) => `✗ ${problem}`)
      .join('\n')}`,
  );
}

/** Asks for it, and compares the answer with what the model says. */
async function perform(newsroom: Newsroom, request: Request): Promise<string[]> {
  const { world, story } = newsroom;
  const now = clock.now();
  const sent = JSON.stringify(callOf(request));
  const kept = request.key === undefined ? undefined : world.kept.get(`${request.who.sub}#${request.key}`);
  const earlier = kept && kept.expiresAt > now ? kept : undefined;
  const reasons = refusals(world, request, now);
  const words = describe(request);
  const answer = await newsroom.call(...callOf(request));
  story.push(`${numbered(story)} ${words} → ${answer.status} ${answer.json?.code ?? ''}`.trimEnd());
  if (request.key !== undefined) newsroom.keyed.push(request);
  const before = newsroom.tables;
  newsroom.tables = await newsroom.look();
  if (earlier && !reasons.includes('forbidden')) {
    const isSame = earlier.request === sent;
    return [
      ...(isSame ? replayProblems(earlier, answer) : refusalProblems(['idempotency_key_reused'], answer)),
      ...untouched(before, newsroom.tables),
    ];
  }
  if (request.act === 'publish' && !['forbidden', 'gone'].includes(reasons[0] ?? ''))
    notePointers(world, request.article, request.article.revisions.at(-1)?.related ?? []);
  if (reasons.length > 0) return [...refusalProblems(reasons, answer), ...untouched(before, newsroom.tables)];
  if (![200, 201].includes(answer.status))
    return [
      `it was answered ${answer.status} ${answer.json?.code}, and nothing speaks against it: ${answer.json?.detail}`,
    ];
  const article = apply(newsroom, request, answer);
  if (request.key !== undefined && article) {
    used.set(article, [...(used.get(article) ?? []), `${request.who.sub}#${request.key}`]);
    const expiresAt = (Math.floor(now / second) + 24 * 3600) * second;
    world.kept.set(`${request.who.sub}#${request.key}`, { request: sent, ...answer, expiresAt, article });
  }
  return [];
}

function apply({ world, story }: Newsroom, request: Request, { json }: Answer): Article | undefined {
  if (request.act !== 'create') {
    carryOut(world, request, clock.now());
    return articleIn(request);
  }
  const name = String.fromCharCode(65 + (world.articles.length % 26));
  const article = create(json.id, name, request.patch, { by: request.who.sub, at: clock.now() });
  world.articles.push(article);
  story.push(`${story.pop()}: ${name}`);
  return article;
}

function refusalProblems(reasons: readonly string[], { status, json }: Answer): string[] {
  if (status >= 400 && reasons.includes(json?.code)) return [];
  return [`it was answered ${status} ${json?.code ?? ''}, and should be refused: ${reasons.join(' or ')}`];
}

function replayProblems(kept: { status: number; body: string }, { status, body, headers }: Answer): string[] {
  if (status === kept.status && body === kept.body && headers['idempotency-replayed'] === 'true') return [];
  return [
    `the repeat was answered ${status} ${tell(body)}, and not as the first time, ${kept.status} ${tell(kept.body)}`,
  ];
}

const differ = (before: Tables, after: Tables): boolean =>
  (['editorial', 'content'] as const).some(
    (table) =>
      before[table].size !== after[table].size ||
      [...after[table].values()].some(({ key, raw }) => before[table].get(key)?.raw !== raw),
  );

/** What is refused changes nothing. That somebody wanted to point at a story may be noted all the same. */
function untouched(before: Tables, after: Tables): string[] {
  return (['editorial', 'content'] as const).flatMap((table) => {
    const keys = new Set([...before[table].keys(), ...after[table].keys()]);
    return [...keys].flatMap((key) => {
      const isSame = before[table].get(key)?.raw === after[table].get(key)?.raw;
      return isSame || key.includes(' POINTER#') ? [] : [`${key} was changed by what was refused or answered before`];
    });
  });
}

const numbered = (story: readonly string[]): string =>
  `${String(story.filter((line) => /^ *\d+\./.test(line)).length + 1).padStart(3)}.`;

/** Runs the clock until nothing is left to do: what two of its actions contend for, the next run takes up. */
async function tick(newsroom: Newsroom): Promise<string[]> {
  const { world, story } = newsroom;
  const now = clock.now();
  const problems: string[] = [];
  story.push(`${numbered(story)} the clock runs`);
  for (let run = 1; run <= 3; run += 1) {
    const before = newsroom.tables;
    const done = await runClock();
    newsroom.tables = await newsroom.look();
    problems.push(...followClock(newsroom, before, now));
    if (run === 1) sweep(world, now);
    if (Object.values(done).every((count) => count === 0)) break;
  }
  const left = world.articles.filter((article) => isDue(article, now));
  return [...problems, ...left.map(({ name }) => `something was due for ${name}, and the clock did not do it`)];
}

/** Does in the model what the clock has done, in its order, by the lines that it wrote into the histories. */
function followClock({ world, tables, story }: Newsroom, before: Tables, now: number): string[] {
  const lines = [...tables.editorial.values()]
    .filter(({ key, sk }) => sk.startsWith('LOG#') && !before.editorial.has(key))
    .sort((one, other) => (one.sk < other.sk ? -1 : 1));
  return lines.flatMap(({ pk, fields }) => {
    const article = world.articles.find(({ id }) => pk === `ARTICLE#${id}`);
    if (!article || fields.by.sub !== clockSub) return [`${pk}: a line by ${fields.by.sub}, who did nothing`];
    story.push(`      … and does “${fields.action}” with ${article.name}`);
    return carryOutDue(world, article, fields.action, now) ?? [];
  });
}
