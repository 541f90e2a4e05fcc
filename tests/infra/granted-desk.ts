import { expect } from '@jest/globals';
import { type FunctionId, type RouteId, routes } from '../../contract/routes/index.ts';
import { type Answer, type Call, type Desk, useDesk } from '../support/desk.ts';
import { type TestEngine, useEngine } from '../support/engine.ts';
import { useProxy } from '../support/proxy.ts';
import { GrantUses } from './grant-uses.ts';

/** Which functions each file of tests takes through all that they may do. */
export const walked = {
  'grants.test.ts': [
    'create-article',
    'import-wire-copy',
    'update-article',
    'publish-article',
    'unpublish-article',
    'load-seeds',
    'rerender-articles',
  ],
  'grants-desk.test.ts': [
    'read-articles',
    'review-article',
    'schedule-article',
    'kill-article',
    'trash-article',
    'purge-article',
    'lock-article',
    'read-taxonomy',
    'change-sections',
  ],
  'grants-clock.test.ts': ['run-due'],
  'grants-previews.test.ts': ['change-preview-links', 'get-preview'],
  'grants-readers.test.ts': [
    'list-published-articles',
    'get-published-article',
    'read-versions',
    'list-changes',
    'get-feed',
    'count-published',
  ],
} as const satisfies Record<string, readonly FunctionId[]>;

type Article = { id: string; version: number; revision: number; publication: { slug: string } | null };

/** A desk of which all that it asks of the tables is held against the grants. */
export type GrantedDesk = {
  engine: TestEngine;
  /** Where the tables answer and all that they are asked is noted. */
  endpoint: () => string;
  desk: Desk;
  uses: GrantUses;
  /** Whatever this does, the function does. */
  does: <Result>(id: FunctionId, work: () => Promise<Result>) => Promise<Result>;
  calls: (route: RouteId, call?: Call) => Promise<Answer>;
  /** The same with the article's id and version; it has to go well, and gives the article as it is then. */
  changes: (route: RouteId, article: Article, call?: Call) => Promise<Article>;
  draft: (fields?: Record<string, unknown>) => Promise<Article>;
  published: (fields?: Record<string, unknown>) => Promise<Article>;
};

// The embedded engine refuses nobody. So that no grant is missed before AWS refuses a newsroom, what each function asks of
// the tables is recorded on the way, and held against what its role allows.
export function useGrantedDesk(): GrantedDesk {
  const engine = useEngine();
  const proxy = useProxy(() => engine.endpoint);
  const desk = useDesk(engine, () => proxy.endpoint);
  const uses = new GrantUses(engine);
  const granted: GrantedDesk = {
    engine,
    desk,
    uses,
    endpoint: () => proxy.endpoint,
    async does(id, work) {
      proxy.seen.length = 0;
      const result = await work();
      expect(proxy.seen.length).toBeGreaterThan(0);
      expect(uses.note(id, proxy.seen)).toEqual([]);
      return result;
    },
    calls: (route, call) => granted.does(routes[route].function, () => desk.call(route, call)),
    async changes(route, { id, version }, call = {}) {
      const path = { articleId: id, ...call.path };
      const headers = { 'if-match': `"${version}"`, ...call.headers };
      const { status, json, body } = await granted.calls(route, { ...call, path, headers });
      expect({ route, status, body }).toMatchObject({ route, status: 200 });
      return json;
    },
    async draft(fields = {}) {
      const body = { headline: 'Granted', section: 'world', body: { text: 'One.\n\nTwo.' }, ...fields };
      const { status, json } = await granted.calls('createArticle', { body });
      expect({ status, json }).toMatchObject({ status: 201 });
      return json;
    },
    published: async (fields) => await granted.changes('publishArticle', await granted.draft(fields)),
  };
  return granted;
}
