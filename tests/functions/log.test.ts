import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const desk = useDesk(useEngine());

let written: string[];
beforeEach(() => {
  written = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const secrets = {
  body: { headline: 'secret-headline', internalNote: 'secret-note' },
  headers: { authorization: 'Bearer secret-token' },
};

test('a request is one JSON line that says what, who, how it ended and how long it took', async () => {
  const answer = await desk.call('createArticle', secrets);
  expect(written).toHaveLength(1);
  expect(JSON.parse(written[0] ?? '')).toEqual({
    level: 'info',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    message: 'request',
    requestId: answer.headers['x-request-id'],
    route: 'createArticle',
    method: 'POST',
    status: 201,
    outcome: 'ok',
    durationMs: expect.any(Number),
    actor: 'sub-ana',
    articleId: answer.json.id,
  });
});

test('neither a body nor a token is ever in it, whatever goes wrong', async () => {
  await desk.call('createArticle', secrets);
  await desk.call('createArticle', { ...secrets, body: { ...secrets.body, unknown: 'secret-field' } });
  await desk.call('createArticle', { ...secrets, body: '{"headline": "secret-headline' });
  const table = process.env.EDITORIAL_TABLE;
  process.env.EDITORIAL_TABLE = 'no-such-table';
  expect((await desk.call('createArticle', secrets)).status).toBe(500);
  process.env.EDITORIAL_TABLE = table;
  expect(written).toHaveLength(4);
  expect(written.join('')).not.toContain('secret');
  expect(JSON.parse(written[3] ?? '')).toMatchObject({
    outcome: 'unexpected',
    error: expect.stringContaining('ResourceNotFound'),
  });
});
