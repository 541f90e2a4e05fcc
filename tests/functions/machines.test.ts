import { afterEach, describe, expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.ts';
import { useEngine } from '../support/engine.ts';

const desk = useDesk(useEngine());

/** What Cognito puts into a token for client credentials: no user, the client's id twice, and its scopes. */
const machine = (scope: string) => ({ sub: '4kclient', client_id: '4kclient', token_use: 'access', scope });

const body = { headline: 'Sent by a machine', section: 'world', body: { text: 'Text.' } };

afterEach(() => {
  delete process.env.MACHINE_CLIENTS;
});

describe('a machine', () => {
  test('has the role of its scope, and stands in the history by the name that the stage gives it', async () => {
    process.env.MACHINE_CLIENTS = '{"archive":"7other","wire-ingest":"4kclient"}';
    const { status, json } = await desk.call('createArticle', { body, claims: machine('dateline/contributor') });
    expect(status).toBe(201);
    expect(json.createdBy).toEqual({ sub: '4kclient', username: 'wire-ingest' });
    const publish = { path: { articleId: json.id }, headers: { 'if-match': '"1"' } };
    expect((await desk.call('publishArticle', { ...publish, claims: machine('dateline/contributor') })).status).toBe(
      403,
    );
    expect((await desk.call('publishArticle', { ...publish, claims: machine('dateline/editor') })).status).toBe(200);
  });

  test('that the stage does not name goes by its client’s id', async () => {
    const { json } = await desk.call('createArticle', { body, claims: machine('dateline/contributor') });
    expect(json.createdBy.username).toBe('4kclient');
  });

  test('without one of our scopes may do nothing', async () => {
    const { status } = await desk.call('createArticle', { body, claims: machine('https://other/contributor') });
    expect(status).toBe(403);
  });
});
