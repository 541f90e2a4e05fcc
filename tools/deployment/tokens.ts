import assert from 'node:assert/strict';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  importPKCS8,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { articles } from './desk.ts';
import type { Trial } from './trial.ts';

/** What stands in for a token, and how the editorial API answers it. */
type Attempt = { what: string; token: () => Promise<string | undefined>; status: 401 | 403 };

/** Nobody gets in with anything but an access token of this pool, for this client, in its time, with a role. */
export async function tokens(trial: Trial): Promise<void> {
  const { report, stage } = trial;
  report.begin('Tokens');
  await report.check(
    'an access token of the pool is taken, and one that the test signs with the pool’s key as well',
    async () => {
      assert.equal((await stage.editorial(articles, { token: trial.cast.editor.token })).status, 200);
      assert.equal((await stage.editorial(articles, { token: await signed(trial, {}) })).status, 200);
    },
  );
  for (const { what, token, status } of attempts(trial))
    await report.check(`${what} is refused with ${status}`, async () => {
      const answer = await stage.editorial(articles, { token: await token() });
      assert.equal(answer.status, status, `It answered ${answer.status}: ${answer.text}`);
    });
}

function attempts(trial: Trial): Attempt[] {
  const now = Math.floor(Date.now() / 1000);
  return [
    { what: 'no token', token: async () => undefined, status: 401 },
    { what: 'something that is no token', token: async () => 'editor', status: 401 },
    { what: 'a token that is signed with another key', token: () => forged(trial), status: 401 },
    { what: 'a token whose claims were changed', token: async () => tampered(trial), status: 401 },
    { what: 'a token without a signature (alg: none)', token: async () => unsigned(trial), status: 401 },
    { what: 'an expired token', token: () => signed(trial, { iat: now - 7200, exp: now - 60 }), status: 401 },
    { what: 'a token for another client', token: () => signed(trial, { client_id: 'another' }), status: 401 },
    { what: 'a token of another user pool', token: () => ofAnotherPool(trial), status: 401 },
    // The authorizer lets it pass, and the functions do not.
    { what: 'an identity token', token: () => identityToken(trial), status: 403 },
    { what: 'a token without a role', token: () => signed(trial, { 'cognito:groups': ['readers'] }), status: 403 },
  ];
}

function parts({ cast }: Trial): { claims: JWTPayload; kid: string } {
  return { claims: decodeJwt(cast.editor.token), kid: decodeProtectedHeader(cast.editor.token).kid ?? '' };
}

/** As Cognito would sign it: the editor's token with other claims. */
async function signed(trial: Trial, changes: JWTPayload): Promise<string> {
  const { claims, kid } = parts(trial);
  const key = await importPKCS8(await trial.emulator.signingKey(trial.stage.outputs.UserPoolId ?? ''), 'RS256');
  return await new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
}

async function forged(trial: Trial): Promise<string> {
  const { claims, kid } = parts(trial);
  const { privateKey } = await generateKeyPair('RS256');
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
}

function tampered({ cast }: Trial): string {
  const [header, , signature] = cast.contributor.token.split('.');
  const claims = { ...decodeJwt(cast.contributor.token), 'cognito:groups': ['admin'] };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

function unsigned(trial: Trial): string {
  const [, claims] = new UnsecuredJWT(parts(trial).claims).encode().split('.');
  const header = { alg: 'none', kid: parts(trial).kid };
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}.`;
}

async function identityToken({ aws, stage, cast: { editor } }: Trial): Promise<string> {
  const answer = await aws.cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: stage.outputs.UserPoolId,
      ClientId: stage.outputs.UserPoolClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: editor.name, PASSWORD: editor.password },
    }),
  );
  return answer.AuthenticationResult?.IdToken ?? '';
}

/** Of a user who is editor there. */
async function ofAnotherPool({ aws: { cognito }, cast: { editor } }: Trial): Promise<string> {
  const pool = { UserPoolId: (await cognito.send(new CreateUserPoolCommand({ PoolName: 'another' }))).UserPool?.Id };
  const user = { ...pool, Username: editor.name };
  const made = await cognito.send(
    new CreateUserPoolClientCommand({
      ...pool,
      ClientName: 'another',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  await cognito.send(new CreateGroupCommand({ ...pool, GroupName: 'editor' }));
  await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: editor.password, Permanent: true }));
  await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: 'editor' }));
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      ...pool,
      ClientId: made.UserPoolClient?.ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: editor.name, PASSWORD: editor.password },
    }),
  );
  assert.ok(AuthenticationResult?.AccessToken, 'The other pool gave no token.');
  return AuthenticationResult.AccessToken;
}
