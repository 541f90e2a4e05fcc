import { readFile, stat } from 'node:fs/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { decodeJwt, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { roleOf } from '../../contract/roles.ts';
import { clientId, createIdentity, type Identity, issuer } from '../../local/identity.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

const folder = useTemporaryFolder();
const ana = { role: 'editor', name: 'ana' } as const;

let identity: Identity;
beforeAll(() => {
  identity = createIdentity({ keyPath: folder.at('token-key.json') });
});

/** A token of any claims, signed with the identity's own key. */
async function signed(claims: JWTPayload): Promise<string> {
  await identity.keySet();
  const key = await importJWK(JSON.parse(await readFile(folder.at('token-key.json'), 'utf8')), 'ES256');
  return await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key);
}

test('a token has the claims of a Cognito access token', async () => {
  const { token, expiresAt } = await identity.issueToken(ana);
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({
    'cognito:groups': ['editor'],
    client_id: clientId,
    iss: issuer,
    token_use: 'access',
    username: 'ana',
  });
  expect(new Date((claims.exp ?? 0) * 1000).toISOString()).toBe(expiresAt);
});

test('its claims are handed on as text, arrays as API Gateway writes them', async () => {
  const { token } = await identity.issueToken(ana);
  const claims = (await identity.verifyToken(token)) ?? {};
  expect(claims['cognito:groups']).toBe('[editor]');
  expect(claims.exp).toMatch(/^\d+$/);
  expect(roleOf(claims)).toBe('editor');
  const several = await signed({
    iss: issuer,
    client_id: clientId,
    exp: 4e9,
    'cognito:groups': ['editor', 'contributor'],
  });
  expect((await identity.verifyToken(several))?.['cognito:groups']).toBe('[editor contributor]');
});

test('a name is the same person on every machine, and nobody else', async () => {
  const elsewhere = createIdentity();
  const subjects = await Promise.all([
    identity.issueToken(ana),
    elsewhere.issueToken({ role: 'admin', name: 'ana' }),
    identity.issueToken({ role: 'editor', name: 'Ana' }),
  ]);
  const [first, again, other] = subjects.map(({ token }) => decodeJwt(token).sub);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('a token outlives a restart, and its key is nobody else’s to read', async () => {
  const { token } = await identity.issueToken(ana);
  const restarted = createIdentity({ keyPath: folder.at('token-key.json') });
  expect(await restarted.verifyToken(token)).toMatchObject({ username: 'ana' });
  expect((await stat(folder.at('token-key.json'))).mode & 0o777).toBe(0o600);
});

test('the key set tells the public half only', async () => {
  const { keys } = await identity.keySet();
  expect(keys).toEqual([expect.objectContaining({ kty: 'EC', alg: 'ES256', kid: expect.any(String) })]);
  expect(keys[0]).not.toHaveProperty('d');
});

const good = { iss: issuer, client_id: clientId, exp: 4e9, sub: 'x' };
const refused: Record<string, () => Promise<string>> = {
  'no token at all': async () => 'not.a.token',
  'an expired one': async () => (await identity.issueToken(ana, -1)).token,
  'one that another key signed': async () => (await createIdentity().issueToken(ana)).token,
  'one with `alg: none`': async () => new UnsecuredJWT(good).encode(),
  'one of another issuer': () => signed({ ...good, iss: 'https://elsewhere.example' }),
  'one for another client': () => signed({ ...good, client_id: 'another' }),
  'one that never expires': () => signed({ iss: issuer, client_id: clientId }),
  'one with changed claims': async () => {
    const [header, , signature] = (await signed(good)).split('.');
    return [header, Buffer.from(JSON.stringify({ ...good, sub: 'y' })).toString('base64url'), signature].join('.');
  },
};

test.each(Object.entries(refused))('refuses %s', async (_name, make) => {
  expect(await identity.verifyToken(await make())).toBeUndefined();
});

test('takes what the refused ones are variations of', async () => {
  expect(await identity.verifyToken(await signed(good))).toMatchObject({ sub: 'x' });
});

test('says in one sentence that the key is damaged', async () => {
  const keyPath = await folder.write('damaged.json', '{"kty":');
  await expect(createIdentity({ keyPath }).issueToken(ana)).rejects.toThrow(
    `The key in ${keyPath} is damaged: delete it, and get new tokens.`,
  );
});
