import type { Answer } from '../support/desk.ts';
import { clock, second } from './clock.ts';
import { describe } from './describe.ts';
import { tell } from './differences.ts';
import { carryOut, create } from './effects.ts';
import type { Article, Kept } from './model.ts';
import { type Newsroom, numbered } from './newsroom.ts';
import { notePointers } from './public-effects.ts';
import { lookAgain } from './reactions.ts';
import { refusals } from './refusals.ts';
import { articleIn, callOf, type Request } from './requests.ts';
import type { Tables } from './tables.ts';

/** Asks for it, does it in the model, and compares the answer with what the model says. */
export async function perform(newsroom: Newsroom, request: Request): Promise<string[]> {
  const { story, keyed, tables: before } = newsroom;
  const words = describe(request);
  const answer = await newsroom.call(...callOf(request));
  story.push(`${numbered(story)} ${words} → ${answer.status} ${answer.json?.code ?? ''}`.trimEnd());
  await lookAgain(newsroom);
  const problems = answerProblems(newsroom, request, answer);
  if (request.key !== undefined) keyed.push(request);
  return [...problems.wrong, ...(problems.changes ? [] : untouched(before, newsroom.tables))];
}

/** What is wrong with the answer, and whether it may tell of a change. */
function answerProblems(newsroom: Newsroom, request: Request, answer: Answer): { wrong: string[]; changes: boolean } {
  const { world } = newsroom;
  const reasons = refusals(world, request, clock.now());
  const earlier = reasons.includes('forbidden') ? undefined : keptAnswer(newsroom, request);
  if (earlier) {
    const isSame = earlier.request === JSON.stringify(callOf(request));
    const wrong = isSame ? replayProblems(earlier, answer) : refusalProblems(['idempotency_key_reused'], answer);
    return { wrong, changes: false };
  }
  // What is to be pointed at is noted before it turns out whose the address is.
  if (request.act === 'publish' && reasons.every((reason) => reason === 'slug_taken'))
    notePointers(world, request.article, request.article.revisions.at(-1)?.related ?? []);
  if (reasons.length > 0) return { wrong: refusalProblems(reasons, answer), changes: false };
  const { status, json } = answer;
  if (status >= 300)
    return { wrong: [`${status} ${json.code}, and nothing speaks against it: ${json.detail}`], changes: true };
  keep(newsroom, request, answer, apply(newsroom, request, answer));
  return { wrong: [], changes: true };
}

function keptAnswer({ world }: Newsroom, { who, key }: Request): Kept | undefined {
  const kept = key === undefined ? undefined : world.kept.get(`${who.sub}#${key}`);
  return kept && kept.expiresAt > clock.now() ? kept : undefined;
}

const daySeconds = 24 * 3600;

function keep({ world }: Newsroom, request: Request, { status, body }: Answer, article: Article | undefined): void {
  if (request.key === undefined || !article) return;
  const expiresAt = (Math.floor(clock.now() / second) + daySeconds) * second;
  const sent = JSON.stringify(callOf(request));
  world.kept.set(`${request.who.sub}#${request.key}`, { request: sent, status, body, expiresAt, article });
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

/**
 * What is refused changes nothing. That somebody wanted to point at a story may be noted all the same, and what reactions
 * count and preview links change beside it.
 */
function untouched(before: Tables, after: Tables): string[] {
  return (['editorial', 'content'] as const).flatMap((table) => {
    const keys = new Set([...before[table].keys(), ...after[table].keys()]);
    return [...keys].flatMap((key) => {
      const isSame = before[table].get(key)?.raw === after[table].get(key)?.raw;
      const isBeside = /^COUNTS#|^PREVIEW#| COUNTED$| POINTER#| PREVIEW#/.test(key);
      return isSame || isBeside ? [] : [`${key} was changed by what was refused or answered before`];
    });
  });
}
