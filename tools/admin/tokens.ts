import {
  AdminInitiateAuthCommand,
  type AdminInitiateAuthResponse,
  AdminRespondToAuthChallengeCommand,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { AdminError } from './admin-error.ts';
import { askNewPassword, type Questions } from './questions.ts';
import type { UserPool } from './users.ts';

export type Credentials = { name: string; password: string };

/**
 * The access token of a person. Where the pool asks for more than the password, so do the questions.
 * @throws AdminError when Cognito asks for something that nobody can answer here.
 */
export async function signIn(
  { cognito, userPoolId, clientId }: UserPool & { clientId: string },
  { name, password }: Credentials,
  questions: Questions,
): Promise<string> {
  const client = { UserPoolId: userPoolId, ClientId: clientId };
  let answer: AdminInitiateAuthResponse = await cognito.send(
    new AdminInitiateAuthCommand({
      ...client,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: name, PASSWORD: password },
    }),
  );
  while (answer.ChallengeName !== undefined) {
    // Somebody who signs in with an e-mail address has to give their name from here on.
    const realName = answer.ChallengeParameters?.USER_ID_FOR_SRP ?? name;
    answer = await cognito.send(
      new AdminRespondToAuthChallengeCommand({
        ...client,
        ChallengeName: answer.ChallengeName,
        ChallengeResponses: { USERNAME: realName, ...(await respond(answer.ChallengeName, name, questions)) },
        Session: answer.Session,
      }),
    );
  }
  const token = answer.AuthenticationResult?.AccessToken;
  if (token === undefined) throw new AdminError('Cognito let the user in without giving a token. Run this again.');
  return token;
}

async function respond(challenge: string, name: string, questions: Questions): Promise<Record<string, string>> {
  switch (challenge) {
    case 'NEW_PASSWORD_REQUIRED':
      return { NEW_PASSWORD: await askNewPassword(questions, name) };
    case 'SOFTWARE_TOKEN_MFA':
      return { SOFTWARE_TOKEN_MFA_CODE: await questions.ask({ what: 'code of the authenticator app', shown: true }) };
    default:
      throw new AdminError(
        `Cognito asks ${name} for ${challenge}, which this command cannot answer: the stack sets up passwords and ` +
          'authenticator apps only. Somebody has changed the user pool by hand.',
      );
  }
}

/** Where a machine client gets its token, and as whom. */
export type MachineClient = { name: string; clientId: string; tokenUrl: string };

/** The access token of a machine client, with every scope that it may have. */
export async function machineToken({ cognito, userPoolId }: UserPool, client: MachineClient): Promise<string> {
  const { UserPoolClient } = await cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: client.clientId }),
  );
  const secret = UserPoolClient?.ClientSecret;
  if (!secret) throw new AdminError(`The client ${client.name} has no secret, so it is not for machines.`);
  const response = await post(client, secret);
  const reply = (await response.json().catch(() => ({}))) as { access_token?: string; error?: string };
  if (response.ok && reply.access_token) return reply.access_token;
  throw new AdminError(
    `${client.tokenUrl} refused the client ${client.name} with ${response.status} ${reply.error ?? ''}`.trimEnd() +
      ': it must allow client credentials and have a scope. Deploy again if somebody changed it by hand.',
  );
}

async function post({ clientId, tokenUrl }: MachineClient, secret: string): Promise<Response> {
  try {
    return await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      // Without a scope Cognito gives all that the client may have.
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      // A redirect would carry the secret somewhere else.
      redirect: 'error',
    });
  } catch (error) {
    const { cause } = error as { cause?: Error };
    throw new AdminError(`${tokenUrl} can't be reached: ${cause?.message ?? (error as Error).message}.`);
  }
}
