import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { Role } from '../contract/roles.ts';
import type { TextClaims } from './gateway-event.ts';
import { StartError } from './start-error.ts';

export type Person = { role: Role; name: string };

export type IssuedToken = {
  token: string;
  /** ISO 8601. */
  expiresAt: string;
};

/** Stands in for the Cognito user pool: signs access tokens with its claims, and checks them as the JWT authorizer does. */
export type Identity = {
  /** `lifetimeSeconds` may be negative: such a token has expired already. */
  issueToken(person: Person, lifetimeSeconds?: number): Promise<IssuedToken>;
  /** The token's claims as the authorizer hands them on, or undefined for a token that it refuses. */
  verifyToken(token: string): Promise<TextClaims | undefined>;
  /** The public key, as `/.well-known/jwks.json` serves it. */
  keySet(): Promise<{ keys: JWK[] }>;
};

export const issuer = 'https://identity.dateline.local';
export const clientId = 'dateline-local';
/** Long enough for a working day; Cognito's default of one hour is a nuisance in a terminal. */
const defaultLifetimeSeconds = 12 * 3600;
const algorithm = 'ES256';
/** Makes a name's `sub` the same on every machine and after every start. */
const subjectNamespace = '8f0f2a54-3c5b-5d0e-9b61-6a8c5f1e7d42';

type Keys = { sign: CryptoKey; verify: CryptoKey; public: JWK };

/** `keyPath` is where the key is kept, made when first needed; without one it lasts as long as this process. */
export function createIdentity({ keyPath }: { keyPath?: string } = {}): Identity {
  let keys: Promise<Keys> | undefined;
  const ready = (): Promise<Keys> => {
    keys ??= loadKeys(keyPath).catch((error: unknown) => {
      // Not kept: once the file is mended, the next request finds it so.
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return {
    async issueToken(person, lifetimeSeconds = defaultLifetimeSeconds) {
      const { SignJWT } = await import('jose');
      const { sign, public: published } = await ready();
      const issuedAt = Math.floor(Date.now() / 1000);
      const expires = issuedAt + lifetimeSeconds;
      const claims = await accessTokenClaims(person, issuedAt, expires);
      const header = { alg: algorithm, ...(published.kid !== undefined && { kid: published.kid }) };
      const token = await new SignJWT(claims).setProtectedHeader(header).sign(sign);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    async verifyToken(token) {
      const { jwtVerify } = await import('jose');
      const { verify } = await ready();
      const options = { issuer, algorithms: [algorithm], requiredClaims: ['exp'] };
      const verified = await jwtVerify(token, verify, options).catch(() => undefined);
      return verified && isForUs(verified.payload) ? textClaims(verified.payload) : undefined;
    },
    async keySet() {
      return { keys: [(await ready()).public] };
    },
  };
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html */
async function accessTokenClaims({ role, name }: Person, issuedAt: number, expires: number): Promise<JWTPayload> {
  const { v5 } = await import('uuid');
  return {
    sub: v5(name, subjectNamespace),
    'cognito:groups': [role],
    iss: issuer,
    client_id: clientId,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: issuedAt,
    exp: expires,
    iat: issuedAt,
    jti: randomUUID(),
    username: name,
  };
}

/** The authorizer takes `aud`, or `client_id` when there is none. */
function isForUs({ aud, client_id }: JWTPayload): boolean {
  return [aud ?? client_id].flat().includes(clientId);
}

/** HTTP APIs hand claims on as text: the array `["editor", "contributor"]` as `[editor contributor]`. */
function textClaims(payload: JWTPayload): TextClaims {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function loadKeys(keyPath: string | undefined): Promise<Keys> {
  if (keyPath === undefined) return await importKeys(await newKey());
  const kept = await readFile(keyPath, 'utf8').catch(() => undefined);
  if (kept === undefined) {
    const made = await newKey();
    await keepKey(keyPath, made);
    return await importKeys(made);
  }
  try {
    return await importKeys(JSON.parse(kept) as JWK);
  } catch (cause) {
    throw new StartError(`The key in ${keyPath} is damaged: delete it, and get new tokens.`, { cause });
  }
}

async function newKey(): Promise<JWK> {
  const { exportJWK, generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return await exportJWK(privateKey);
}

async function importKeys(secret: JWK): Promise<Keys> {
  const { calculateJwkThumbprint, importJWK } = await import('jose');
  const { d: _secretPart, ...open } = secret;
  const [sign, verify] = await Promise.all([importJWK(secret, algorithm), importJWK(open, algorithm)]);
  const kid = await calculateJwkThumbprint(open);
  return { sign: sign as CryptoKey, verify: verify as CryptoKey, public: { ...open, kid, use: 'sig', alg: algorithm } };
}

async function keepKey(keyPath: string, secret: JWK): Promise<void> {
  const draft = `${keyPath}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(secret)}\n`, { mode: 0o600 });
  await rename(draft, keyPath);
}
