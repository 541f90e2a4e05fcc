import { formats } from '../../contract/formats.ts';
import type { Answer, Call, Desk } from '../support/desk.ts';
import { difference } from './differences.ts';
import type { Article, World } from './model.ts';
import type { Newsroom } from './newsroom.ts';
import { standingAt } from './standing.ts';
import { readable, type Token, tokensIn } from './words.ts';

type RouteId = Parameters<Desk['call']>[0];

/**
 * What an answer has to be: `says` at least, and of what somebody wrote `tokens` and nothing else, `must` of them being
 * there, which are all of them where it is not said.
 */
export type Wanted = { status: number; says?: unknown; tokens?: readonly Token[]; must?: readonly Token[] };

/** Somebody who reads what is public, and notes what is wrong with it. */
export type Reader = {
  world: World;
  problems: string[];
  /** Versions that they came across, of stories that may have gone since. */
  bookmarks: Newsroom['bookmarks'];
  counts: Newsroom['stream']['counts'];
  /** Which of several ways to ask is taken this time. */
  turn: number;
  /** Whether everything is asked for. */
  whole: boolean;
  ask: (route: RouteId, call: Call, wanted: Wanted) => Promise<Answer>;
  expect: (what: string, wanted: unknown, found: unknown) => void;
};

const otherForms = Object.keys(formats).filter((format) => format !== 'json');
/** A form beside JSON, another one each time. */
export const formFor = ({ turn }: Pick<Reader, 'turn'>, index: number): string =>
  otherForms[(turn + index) % otherForms.length] ?? 'text';

/** Some of these, others each time, unless everything is asked for. */
export function chosen<Item>(
  { turn, whole }: Pick<Reader, 'turn' | 'whole'>,
  items: readonly Item[],
  count: number,
): Item[] {
  const turned = items.map((_, index) => items[(turn + index) % items.length] as Item);
  return whole ? turned : turned.slice(0, count);
}

export function readerOf(newsroom: Newsroom, turn: number, whole: boolean): Reader {
  const { call, world, bookmarks, stream } = newsroom;
  const problems: string[] = [];
  const expect: Reader['expect'] = (what, wanted, found) => {
    const wrong = difference(wanted, found);
    if (wrong) problems.push(`${what}: ${wrong}`);
  };
  const ask: Reader['ask'] = async (route, asked, wanted) => {
    const answer = await call(route, asked);
    const what = `${route} ${Object.values(asked.path ?? {}).join(' ')} ${asked.query ?? ''}`.trimEnd();
    expect(what, wanted.status, answer.status);
    if (wanted.says !== undefined) expect(what, wanted.says, answer.json);
    problems.push(...tokenProblems(what, answer, wanted));
    return answer;
  };
  return { world, problems, bookmarks, counts: stream.counts, turn, whole, ask, expect };
}

function tokenProblems(what: string, answer: Answer, { tokens = [], must = tokens }: Wanted): string[] {
  const found = new Set(tokensIn(wordsOf(answer)));
  const extra = [...found].filter((token) => !tokens.includes(token));
  const lost = must.filter((token) => !found.has(token));
  return [
    ...extra.map((token) => `${what} gives ${readable(token)} away`),
    ...lost.map((token) => `${what} lacks ${readable(token)}`),
  ];
}

/** Whatever can be read in an answer: its body, with texts that were cut into words put together, and its headers. */
function wordsOf({ body, json, headers }: Answer): string {
  const together: string[] = [];
  const lookIn = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('words' in value && Array.isArray(value.words))
      for (const left of ['added', 'removed'])
        together.push(value.words.flatMap(({ type, text }) => (type === left ? [] : [text])).join(''));
    for (const inner of Object.values(value)) lookIn(inner);
  };
  lookIn(json);
  return [body, ...together, ...Object.values(headers).map(decoded)].join('\n');
}

function decoded(header: string): string {
  try {
    return `${header} ${decodeURIComponent(header)}`;
  } catch {
    return header;
  }
}

/** Asks about a story at one of its addresses: `live` is what is wanted while it stands there. */
export async function askAbout(
  { ask, expect }: Reader,
  { article, slug, route, path = {}, query = '' }: About,
  live: Wanted,
): Promise<Answer | undefined> {
  const standing = standingAt(article, slug);
  const call = { path: { slug, ...path }, query };
  if (standing.status === 200) return await ask(route, call, live);
  const tokens = standing.status === 410 ? standing.tokens : [];
  const { headers } = await ask(route, call, { status: standing.status, tokens });
  if (standing.status !== 301) return undefined;
  const [place, search = ''] = (headers.location ?? '').split('?');
  expect(`${route} at ${slug} leads on`, [standing.slug, query], [place?.split('/')[4], search]);
  return undefined;
}

export type About = {
  article: Article;
  slug: string;
  route: RouteId;
  path?: Record<string, string>;
  query?: string;
};
