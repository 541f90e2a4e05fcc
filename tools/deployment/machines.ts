import assert from 'node:assert/strict';
import { DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { EditorialArticle } from '../../contract/schemas/editorial-article.ts';
import { articles, ifMatch } from './desk.ts';
import type { Trial } from './trial.ts';

/** What the test's copy of the project names in its stage. */
export const machine = { name: 'wire-ingest', role: 'contributor' } as const;

/** A machine signs in with its client's credentials, and may do what its role may. */
export async function machines(trial: Trial): Promise<void> {
  const { report, stage } = trial;
  const { MachineClients, TokenUrl } = stage.outputs;
  if (!MachineClients || !TokenUrl) return report.say('machine clients are left out');
  await report.check('a machine gets a token for its credentials, writes a draft, and may not publish it', async () => {
    const token = await tokenOf(trial, JSON.parse(MachineClients)[machine.name], new URL(TokenUrl));
    const body = { headline: 'Sent by a machine', section: 'world' };
    const created = await stage.editorial<EditorialArticle>(articles, { token, body });
    assert.deepEqual([created.status, created.json.createdBy?.username], [201, machine.name], created.text);
    const path = `${articles}/${created.json.id}/publish`;
    const refused = await stage.editorial(path, { method: 'POST', token, headers: ifMatch(created.json) });
    assert.equal(refused.status, 403);
  });
}

/** From the emulator: the token endpoint's own address leads to AWS. */
async function tokenOf({ aws, stage, emulator }: Trial, clientId: string, { pathname }: URL): Promise<string> {
  const named = { UserPoolId: stage.outputs.UserPoolId, ClientId: clientId };
  const { UserPoolClient } = await aws.cognito.send(new DescribeUserPoolClientCommand(named));
  const credentials = Buffer.from(`${clientId}:${UserPoolClient?.ClientSecret}`).toString('base64');
  const answer = await fetch(`${emulator.url}${pathname}`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  assert.ok(token, `The token endpoint answered ${answer.status}.`);
  return token;
}
