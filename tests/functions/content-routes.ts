import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import type { Parameter } from '../../contract/parameters.ts';
import type { Route } from '../../contract/route.ts';
import { type RouteId, routes } from '../../contract/routes/index.ts';
import { problemSchema } from '../../contract/schemas/problem.ts';
import type { Answer, Call } from '../support/desk.ts';
import type { Newsroom } from './newsroom.ts';

/** Every route that the public reads content from, whoever adds one. */
export const contentRoutes = (Object.values(routes) as Route[]).filter(({ path }) => path.startsWith('/content/'));
export const withParameter = (name: string): Route[] =>
  contentRoutes.filter(({ query }) => query?.[name] !== undefined);
export const aboutAStory = contentRoutes.filter(({ pathParameters }) => pathParameters?.slug !== undefined);

export type Content = {
  /** A path on which each route finds something. */
  path: Record<string, string>;
  /** The slugs of stories that were killed, taken back, and are called otherwise now. */
  killed: string;
  withdrawn: string;
  renamed: string;
  /**
   * Asks by GET and by HEAD. Throws unless both are answered as any content is: with a status that says whose fault it is,
   * headers that go over a wire, CORS among them, and nothing of how it came about.
   */
  ask: (route: Route, call?: Call) => Promise<Answer>;
};

/** Something of everything that is published, and an eye on what is logged meanwhile. */
export function useContent({ act, call, published }: Newsroom): Content {
  const content: Content = {
    path: {},
    killed: 'a-killed-story',
    withdrawn: 'a-withdrawn-story',
    renamed: 'a-renamed-story',
    async ask(route, options = {}) {
      const id = route.id as RouteId;
      const path = { ...content.path, ...options.path };
      // What tells when it was asked is to tell the same by both.
      const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
      const answer = await call(id, { ...options, path });
      const { status, headers, body } = await call(id, { ...options, path, method: 'HEAD' });
      clock.mockRestore();
      assertAnswered(answer);
      expect({ status, body, headers: lasting(headers) }).toEqual({
        status: answer.status,
        body: '',
        headers: lasting(answer.headers),
      });
      return answer;
    },
  };
  const logged: string[] = [];
  beforeAll(async () => {
    const subjects = { topics: ['medtop:20000065'], tags: ['Flood'], people: ['Ana'], language: 'en-GB' };
    for (let count = 0; count < 2; count += 1) await published(subjects);
    const renamed = await published({ ...subjects, slug: content.renamed });
    const { id } = renamed;
    let story = await act('updateArticle', renamed, { body: { slug: 'a-story' } });
    for (const deck of ['Corrected.', 'Corrected again.']) {
      story = await act('updateArticle', story, { body: { deck } });
      story = await act('publishArticle', story, { body: { kind: 'correction', note: 'It was wrong.' } });
    }
    const killed = await published({ ...subjects, slug: content.killed });
    await act('killArticle', killed, { role: 'admin', body: { notice: 'It was untrue.' } });
    await act('unpublishArticle', await published({ ...subjects, slug: content.withdrawn }));
    const { json } = await call('listArticleVersions', { path: { slug: 'a-story' } });
    content.path = { articleId: id, slug: 'a-story', version: json.items[0].id, feed: 'latest.rss' };
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  });
  afterAll(() => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => !line.startsWith('{"level":"info"'))).toEqual([]);
  });
  return content;
}

const lasting = ({ 'x-request-id': _, ...headers }: Record<string, string>) => headers;

/** Of what the answer was made with: it may hold what was asked, which the tests therefore don’t ask with these. */
const inside =
  /\\n +at |file:|node:|\/functions\/|\.ts\b|Error\b|dynamo|LIST#|SLUG#|ARTICLE#|VERSION#|CHANGES#|"(?:pk|sk|gz)"|arn:aws/i;

export function assertAnswered({ status, headers, body, json }: Answer): void {
  const isExpected = [200, 301, 304, 400, 404, 406, 410].includes(status);
  expect({ isExpected, status, body: body.slice(0, 1000) }).toMatchObject({ isExpected: true });
  expect(headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': expect.stringContaining('etag'),
    'cache-control': expect.any(String),
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
  });
  for (const [name, value] of Object.entries(headers))
    expect(`${name}: ${value}`).toMatch(/^[a-z0-9-]+: [\x20-\x7e]+$/);
  // API Gateway's limit (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
  expect(JSON.stringify(headers).length).toBeLessThan(10_240);
  if (status < 400) return;
  expect(headers['content-type']).toBe('application/problem+json');
  const { errors = [], detail } = problemSchema.parse(json);
  if (status === 400 || status === 406) {
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error.detail).not.toBe('');
  }
  expect(detail.length).toBeLessThanOrEqual(2000);
  expect(body.length).toBeLessThan(50_000);
  expect(body).not.toMatch(inside);
}

/** The pointers of a refusal. */
export const named = ({ json }: Answer): string[] =>
  (json?.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);

/** A value that the parameter takes. */
export function sampleOf(parameter: Parameter): string {
  if (parameter.type === 'integer') return String(parameter.minimum);
  if (parameter.type === 'enum') return parameter.values[0] ?? '';
  if (parameter.type === 'list') return parameter.values?.[0] ?? parameter.example ?? '';
  if (parameter.type === 'instant') return '2022-01-06T12:00:00Z';
  if (parameter.type === 'boolean') return 'true';
  return parameter.example ?? 'x';
}
