import { gunzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, jest, test } from '@jest/globals';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Role } from '../../contract/roles.ts';
import type { RouteId } from '../../contract/routes/index.ts';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { problemSchema } from '../../contract/schemas/problem.ts';
import { handler as runDue } from '../../functions/run-due/handler.ts';
import { systemTiming } from '../../store/retry.ts';
import { type Answer, type Call, type Desk, useDesk } from '../support/desk.ts';
import type { TestEngine } from '../support/engine.ts';

type Seen = Pick<EditorialArticle, 'id' | 'version'>;

/** The desk, with an eye on what every action needs: the version that was seen, the time, and what is stored. */
export type Newsroom = Desk & {
  /** Based on the article as it was seen. Throws unless it was done. */
  act: (route: RouteId, article: Seen, call?: Call) => Promise<EditorialArticle>;
  /** As `act`, whatever comes of it. */
  attempt: (route: RouteId, article: Seen, call?: Call) => Promise<Answer>;
  get: (article: Pick<Seen, 'id'>, call?: Call) => Promise<EditorialArticle>;
  /** The lines of an article's history, the last first. */
  history: (article: Pick<Seen, 'id'>, call?: Call) => Promise<Answer['json'][]>;
  everything: () => Promise<Record<'editorial' | 'content', Record<string, unknown>[]>>;
};

export const ifMatch = ({ version }: Pick<Seen, 'version'>) => ({ 'if-match': `"${version}"` });
export const nobody = '017e2f42-9600-7747-8640-000000000000';

export function useNewsroom(engine: TestEngine, endpoint?: () => string): Newsroom {
  const desk = useDesk(engine, endpoint);
  const attempt = (route: RouteId, article: Seen, { path, headers, ...call }: Call = {}) =>
    desk.call(route, {
      path: { articleId: article.id, ...path },
      headers: { ...ifMatch(article), ...headers },
      ...call,
    });
  const done = ({ status, json }: Answer, route: RouteId) => {
    if (status !== 200) throw new Error(`${route}: ${JSON.stringify(json)}`);
    return json;
  };
  const scan = async (TableName: string) => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await engine.client.send(
        new ScanCommand({ TableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  };
  return {
    ...desk,
    attempt,
    act: async (route, article, call) => done(await attempt(route, article, call), route),
    get: async ({ id }, call) =>
      done(await desk.call('getArticle', { path: { articleId: id }, ...call }), 'getArticle'),
    history: async ({ id }, call) =>
      done(await desk.call('getHistory', { path: { articleId: id }, query: 'limit=100', ...call }), 'getHistory').items,
    everything: async () => {
      const [editorial = [], content = []] = await Promise.all([engine.editorialTable, engine.contentTable].map(scan));
      return { editorial, content };
    },
  };
}

/** The keys of the items that hold this text, packed or not. */
export function itemsWith(text: string, items: readonly Record<string, unknown>[]): string[] {
  const unpacked = (value: unknown) => (value instanceof Uint8Array ? gunzipSync(value).toString('utf8') : value);
  return items.flatMap((item) => {
    const values = Object.values(item).map(unpacked);
    return JSON.stringify(values).includes(text) ? [`${item.pk} ${item.sk}`] : [];
  });
}

const realNow = Date.now;
let passed = 0;

/** Lets time pass, for the system and the test alike. It never goes back within a file, as it does nowhere else. */
export function timePasses({ minutes = 0, seconds = 0, days = 0 }): void {
  passed += ((days * 24 * 60 + minutes) * 60 + seconds) * 1000;
  const now = () => realNow() + passed;
  jest.spyOn(Date, 'now').mockImplementation(now);
  jest.spyOn(systemTiming, 'now').mockImplementation(now);
}

/** An instant from now, to the second, as the API writes it. */
export function inMinutes(minutes: number): string {
  return new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * 60_000).toISOString();
}

/** What the rule does every minute. */
export async function runClock(milliseconds = 60_000) {
  return await runDue({}, { awsRequestId: 'clock-1', getRemainingTimeInMillis: () => milliseconds });
}

/** Both rounds of what follows the change of many stories. */
export async function runSweeps(): Promise<void> {
  expect((await runClock()).swept).toBeGreaterThan(0);
  timePasses({ seconds: 20 });
  await runClock();
}

afterAll(() => {
  jest.restoreAllMocks();
});

export type Refusal = {
  name: string;
  call: Call | (() => Call | Promise<Call>);
  status: number;
  code: ErrorCode;
  /** The field that the problem has to name. */
  pointer?: string;
  detail?: RegExp;
};

/** A test for each: the problem says what was wrong, and nothing was written. */
export function testRefusals({ call, everything }: Newsroom, route: RouteId, refusals: Refusal[]): void {
  test.each(refusals)(`${route} refuses $name: $status $code`, async (refusal) => {
    const options = typeof refusal.call === 'function' ? await refusal.call() : refusal.call;
    const before = await everything();
    const { status, json, headers } = await call(route, options);
    expect({ status, code: json?.code }).toEqual({ status: refusal.status, code: refusal.code });
    expect(headers['content-type']).toBe('application/problem+json');
    const { errors = [], detail } = problemSchema.parse(json);
    if (refusal.pointer !== undefined) expect(errors.map(({ pointer }) => pointer)).toContain(refusal.pointer);
    if (refusal.detail) expect(detail).toMatch(refusal.detail);
    expect(await everything()).toEqual(before);
  });
}

/** What every change of an article is guarded by. `call` would be done, were it not for this. */
export function guards(article: () => Seen, call: Call, weaker: Role | 'none'): Refusal[] {
  const path = () => ({ articleId: article().id, ...call.path });
  const headers = () => ({ ...ifMatch(article()), ...call.headers });
  return [
    {
      name: 'a change without If-Match',
      call: () => ({ ...call, path: path() }),
      status: 428,
      code: 'precondition_required',
    },
    {
      name: 'a stale If-Match',
      call: () => ({ ...call, path: path(), headers: { ...headers(), 'if-match': '"999"' } }),
      status: 412,
      code: 'version_conflict',
      detail: /at version/,
    },
    {
      name: 'an If-Match that is none',
      call: () => ({ ...call, path: path(), headers: { ...headers(), 'if-match': '*' } }),
      status: 400,
      code: 'invalid_request',
      pointer: 'If-Match',
    },
    {
      name: `the role ${weaker}`,
      call: () => ({ ...call, path: path(), headers: headers(), role: weaker }),
      status: 403,
      code: 'forbidden',
    },
    {
      name: 'an article that is not there',
      call: () => ({ ...call, path: { ...path(), articleId: nobody }, headers: headers() }),
      status: 404,
      code: 'not_found',
    },
    {
      name: 'an id that is none',
      call: () => ({ ...call, path: { ...path(), articleId: 'x' }, headers: headers() }),
      status: 400,
      code: 'invalid_request',
      pointer: 'articleId',
    },
    {
      name: 'an unknown parameter',
      call: () => ({ ...call, path: path(), headers: headers(), query: 'dry=1' }),
      status: 400,
      code: 'invalid_request',
      pointer: '?dry',
    },
  ];
}

/** Of a body: `[name, body, pointer]`. */
export function badBodies(article: () => Seen, call: Call, bodies: [string, unknown, string][]): Refusal[] {
  return bodies.map(([name, body, pointer]) => ({
    name,
    call: () => ({ ...call, path: { articleId: article().id, ...call.path }, headers: ifMatch(article()), body }),
    status: 400,
    code: 'invalid_request',
    pointer,
  }));
}
