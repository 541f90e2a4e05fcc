import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { admin } from './admin-command.ts';
import { FakeAws } from './admin-fake-aws.ts';

const password = 'Correct-Horse-7';
const fresh = 'Fresh-Horse-778';
const tokenOfAna = ['token', '--name', 'ana', '--password-stdin'];

let aws: FakeAws;
beforeEach(async () => {
  aws = await FakeAws.start();
});
afterEach(() => aws.stop());

describe('token', () => {
  test('prints the access token and nothing else', async () => {
    aws.addUser('ana', { password });
    expect(await admin(tokenOfAna, { aws, input: `${password}\n` })).toEqual({
      code: 0,
      stdout: 'token-of-ana\n',
      stderr: '',
    });
    expect(aws.asked).toEqual(['AdminInitiateAuth']);
  });

  test('sets a new password where Cognito requires one, and asks for the code of an app', async () => {
    aws.addUser('ana', { password, status: 'FORCE_CHANGE_PASSWORD', code: '123456' });
    const { stdout } = await admin(tokenOfAna, { aws, input: `${password}\r\n${fresh}\r\n123456\r\n` });
    expect(stdout).toBe('token-of-ana\n');
    const challenges = aws.calls.filter(({ operation }) => operation === 'AdminRespondToAuthChallenge');
    expect(challenges.map(({ input }) => input)).toMatchObject([
      {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME: 'ana', NEW_PASSWORD: fresh },
        Session: 'session-of-ana',
      },
      {
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        ChallengeResponses: { USERNAME: 'ana', SOFTWARE_TOKEN_MFA_CODE: '123456' },
      },
    ]);
  });

  test.each([
    [
      'a wrong password',
      'ana',
      'Wrong-Horse-777',
      'The password of ana is wrong. If it is lost, npm run -s admin -- set-password --name ana',
    ],
    [
      'an unknown name',
      'nobody',
      'Wrong-Horse-777',
      'There is no user nobody in Dateline-dev. npm run -s admin -- list-users',
    ],
    ['no answer to a challenge', 'dora', password, 'Standard input has no line for the code of the authenticator app.'],
    ['a wrong code', 'dora', `${password}\n654321`, 'The code is wrong or too old.'],
    ['nothing piped in', 'ana', '', 'Standard input has no line for the password of ana.'],
  ])('says what to do about %s', async (_, name, input, advice) => {
    aws.addUser('ana', { password });
    aws.addUser('dora', { password, code: '123456' });
    const { code, stdout, stderr } = await admin(['token', '--name', name, '--password-stdin'], { aws, input });
    expect(stderr).toContain(advice);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('says that the password is wrong when it may not look whether the user is known', async () => {
    aws.failures.set('AdminGetUser', { name: 'AccessDeniedException', message: 'No.' });
    const { stderr } = await admin(tokenOfAna, { aws, input: password });
    expect(stderr).toContain('The password of ana is wrong.');
  });

  test('sends whoever pipes nothing, and sits at no terminal, to --password-stdin', async () => {
    const { code, stderr } = await admin(['token', '--name', 'ana'], { aws });
    expect(stderr).toBe('Standard input is not a terminal: pipe the password in, and pass --password-stdin.\n');
    expect(code).toBe(1);
  });
});

describe('machine-token', () => {
  const ofWire = ['machine-token', '--name', 'wire-ingest'];
  const addMachines = () => {
    const outputs = { MachineClients: '{"wire-ingest":"wire"}', TokenUrl: `${aws.url}/oauth2/token` };
    Object.assign(aws.stacks.get('Dateline-dev')?.outputs ?? {}, outputs);
  };

  test('fetches the secret, exchanges it for a token and prints that alone', async () => {
    addMachines();
    expect(await admin(ofWire, { aws })).toEqual({ code: 0, stdout: 'machine-token\n', stderr: '' });
    expect(aws.inputOf('DescribeUserPoolClient')).toEqual({ UserPoolId: 'eu-west-1_pool', ClientId: 'wire' });
    expect(aws.inputOf('POST /oauth2/token')).toEqual({
      authorization: `Basic ${btoa('wire:s3')}`,
      body: 'grant_type=client_credentials',
    });
  });

  test('says which machine clients there are', async () => {
    expect((await admin(ofWire, { aws })).stderr).toContain(
      'Dateline-dev has no machine clients. Name one under machines',
    );
    addMachines();
    expect((await admin(['machine-token', '--name', 'toString'], { aws })).stderr).toBe(
      'Dateline-dev has no machine client toString. It has: wire-ingest.\n',
    );
  });

  test('says that the token endpoint refuses, and not the secret', async () => {
    addMachines();
    aws.failures.set('POST /oauth2/token', { name: 'invalid_grant', message: '' });
    const { code, stderr } = await admin(ofWire, { aws });
    expect(stderr).toContain('/oauth2/token refused the client wire-ingest with 400 invalid_grant');
    expect(stderr).not.toContain('s3');
    expect(code).toBe(1);
  });
});
